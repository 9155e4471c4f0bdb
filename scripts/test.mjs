// The full gate. First the specs of the core, on both cores of a small machine; then those that measure, build or compile,
// which would be in each other's way, and beside them the linters. The latter specs check the types as well, with the one
// program that compiles the snippets of the documentation.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { coreSpec, costSpec } from './coreSpecs.mjs';
import { root, run } from './run.mjs';

const files = (await readdir(join(root, 'spec'), { recursive: true }))
  .map((file) => `spec/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('-spec.ts'));
const isCore = (file) => coreSpec.test(file) && !costSpec.test(file);

const core = await run('mocha', ['--parallel', '--jobs', '2', ...files.filter(isCore)]);
const [rest, lint] = await Promise.all([
  run(
    'mocha',
    files.filter((file) => !isCore(file)),
  ),
  run('npm', ['run', '--silent', 'lint'], { quiet: true }),
]);
if (!lint) console.error('\nlint: failed, see above');
process.exitCode = core && rest && lint ? 0 : 1;
