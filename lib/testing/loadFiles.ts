import { expectArgument } from '../foundation/expectArgument.js';

/** The functions of `node:fs` that are used here. */
interface Files {
  appendFileSync(file: string | URL, text: string): void;
  readFileSync(file: string | URL, encoding: 'utf8'): string;
}

/** Node's file system; not imported, because this entry is used in browsers as well. From Node 20.16 on. */
export function loadFiles(): Files {
  const { process } = globalThis as {
    readonly process?: { readonly getBuiltinModule?: (name: string) => unknown };
  };
  const found = process?.getBuiltinModule?.('node:fs') as Files | undefined;
  if (found === undefined) throw new Error('recorded and replayed need the file system of Node, from 20.16 on.');
  return found;
}

/** @throws TypeError where a name of a file was expected. */
export function expectFile(caller: string, file: unknown): void {
  expectArgument(caller, typeof file === 'string' || file instanceof URL, 'the path or the URL of a file', file);
}
