import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import { format } from 'node:util';
import { compileFunction } from 'node:vm';
import ts from 'typescript';

type Run = (require: (specifier: string) => unknown, exports: object, console: Pick<Console, 'log'>) => Promise<void>;

/** How long a snippet has for its last line, and how long it is watched for a line too many, in milliseconds. */
const patience = 5000;
const afterwards = 20;

/**
 * Runs a snippet and gives what it logs: soon after that is as long as expected, or when patience ends.
 *
 * It runs in this process, as the body of an async function, so that its imports are the very modules under test.
 */
export async function runSnippet(code: string, expectedLength: number): Promise<string> {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });

  let logged = '';
  const log = (...values: readonly unknown[]): void => {
    logged += `${format(...values)}\n`;
  };
  const run = compileFunction(`return (async () => {\n${outputText}\n})();`, ['require', 'exports', 'console']) as Run;
  await run(createRequire(import.meta.url), {}, { log });

  const deadline = Date.now() + patience;
  while (logged.trimEnd().length < expectedLength && Date.now() < deadline) await wait(1);
  await wait(afterwards);
  return logged.trimEnd();
}
