import { setTimeout as wait } from 'node:timers/promises';
import { format } from 'node:util';
import { compileFunction } from 'node:vm';
import ts from 'typescript';

type Run = (require: (specifier: string) => unknown, exports: object, console: Pick<Console, 'log'>) => Promise<void>;

/** How long a snippet has for its last line, and how long it is watched for lines too many. */
const patience = 5000;
const afterwards = 20;

/**
 * Runs a snippet and gives the lines it logs: as soon as there are as many as expected, or when patience ends.
 *
 * It runs in this process, as the body of an async function, so that its imports are the very modules under test.
 */
export async function runSnippet(code: string, expectedLines: number): Promise<readonly string[]> {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const modules = new Map<string, unknown>();
  for (const [, specifier = ''] of outputText.matchAll(/\brequire\("([^"]+)"\)/g))
    modules.set(specifier, await import(specifier));

  const lines: string[] = [];
  const log = (...values: readonly unknown[]): void => void lines.push(...format(...values).split('\n'));
  const run = compileFunction(`return (async () => {\n${outputText}\n})();`, ['require', 'exports', 'console']) as Run;
  await run((specifier) => modules.get(specifier), {}, { log });

  const deadline = Date.now() + patience;
  while (lines.length < expectedLines && Date.now() < deadline) await wait(1);
  await wait(afterwards);
  return lines;
}
