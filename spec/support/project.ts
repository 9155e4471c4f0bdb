import { dirname, join, relative, sep } from 'node:path';
import ts from 'typescript';
import { readSnippets } from './snippets.js';

const root = join(import.meta.dirname, '../..');

/** Everything the documentation shows. */
export const snippets = readSnippets();

/** Where a snippet would be if it were a file: beside the specs, whose compiler options and packages it has. */
export function pathOfSnippet(index: number): string {
  return join(root, 'spec', `snippet-${index}.ts`);
}

/**
 * The project as the compiler sees it, the snippets of the documentation included. Made once for all specs of a run.
 */
export function compileProject(): ts.Program {
  program ??= createProgram();
  return program;
}

let program: ts.Program | undefined;

function createProgram(): ts.Program {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options, fileNames } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  // A snippet without an import is a module as well.
  const texts = new Map(snippets.map(({ code }, index) => [pathOfSnippet(index), `${code}\nexport {};\n`]));
  const declarations = { ...options, noEmit: false, declaration: true, emitDeclarationOnly: true };
  const host = ts.createCompilerHost(declarations);
  host.fileExists = (path) => texts.has(path) || ts.sys.fileExists(path);
  host.readFile = (path) => texts.get(path) ?? ts.sys.readFile(path);
  return ts.createProgram([...fileNames, ...texts.keys()], declarations, host);
}

/** The compiler's errors in a file. */
export function diagnosticsOf(file: ts.SourceFile): readonly ts.Diagnostic[] {
  const project = compileProject();
  return [...project.getSyntacticDiagnostics(file), ...project.getSemanticDiagnostics(file)];
}

/** A diagnostic as a line, with the file's path from the root of the project. */
export function explain(diagnostic: ts.Diagnostic): string {
  const { file, start = 0, messageText } = diagnostic;
  const text = ts.flattenDiagnosticMessageText(messageText, '\n');
  if (file === undefined) return text;
  const line = file.getLineAndCharacterOfPosition(start).line + 1;
  return `${relative(root, file.fileName)}:${line}: ${text}`;
}

/** The declarations of a file in `lib/`, as they are published. */
export function declarationsOf(path: string): ts.SourceFile {
  const known = declarations.get(path);
  if (known !== undefined) return known;
  const project = compileProject();
  let text = '';
  const write: ts.WriteFileCallback = (name, content) => {
    if (name.endsWith('.d.ts')) text = content;
  };
  project.emit(project.getSourceFile(path), write, undefined, true);
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  declarations.set(path, file);
  return file;
}

const declarations = new Map<string, ts.SourceFile>();

/** The file that a relative import of another names. */
export function resolveImport(from: string, specifier: string): string {
  return join(dirname(from), specifier).split(sep).join('/').replace(/\.js$/, '.ts');
}
