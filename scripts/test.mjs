// The full gate. First the specs of the core, on both cores of a small machine; then those that measure, build or compile,
// which would be in each other's way, and beside them the linters. The latter specs check the types as well, with the one
// program that compiles the snippets of the documentation.
import { listSpecs } from './coreSpecs.mjs';
import { run } from './run.mjs';

const { core, others } = await listSpecs();
const isCoreGood = await run('mocha', ['--parallel', '--jobs', '2', ...core]);
const [isRestGood, isClean] = await Promise.all([
  run('mocha', others),
  run('npm', ['run', '--silent', 'lint'], { quiet: true }),
]);
if (!isClean) console.error('\nlint: failed, see above');
process.exitCode = isCoreGood && isRestGood && isClean ? 0 : 1;
