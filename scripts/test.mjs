// The full gate: the linters, and beside them every spec. The specs check the types as well, with the one program that
// compiles the snippets of the documentation.
import { run } from './run.mjs';

const results = await Promise.all([
  run('mocha', ['spec/**/*-spec.ts']),
  run('npm', ['run', '--silent', 'lint'], { quiet: true }),
]);
if (!results[1]) console.error('\nlint: failed, see above');
process.exitCode = results.every(Boolean) ? 0 : 1;
