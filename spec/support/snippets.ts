import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A piece of TypeScript that the documentation shows. */
export interface Snippet {
  /** File and line, for the title of a test. */
  readonly where: string;
  readonly code: string;
  /** The text after `// Logs:`; `undefined` where the snippet promises nothing. */
  readonly logs: string | undefined;
}

const root = join(import.meta.dirname, '../..');

/**
 * Everything the documentation shows: the ts blocks of the Markdown files, the examples of the doc comments in lib/.
 * Where it says that a scripted model stands in for a real one, the snippet with that one as well.
 */
export function readSnippets(): readonly Snippet[] {
  return readShown().flatMap((shown) => {
    const real = withRealModel(shown);
    return real === undefined ? [shown] : [shown, real];
  });
}

/** A scripted model, with the comment that names the real one. */
const standIn = /scriptedModel\(([^;]*)\);(?= \/\/ (?:stands in for )?openaiChat\()/;

function withRealModel({ where, code }: Snippet): Snippet | undefined {
  if (!standIn.test(code)) return undefined;
  // What the snippet shows of the questions is the script's own.
  const model =
    "Object.assign(realChat(new RealClient(), { model: 'a-model' }), { requests: scriptedModel([]).requests });";
  const imports = "import RealClient from 'openai';\nimport { openaiChat as realChat } from 'rx-structured/openai';\n";
  return {
    where: `${where}, with openaiChat`,
    code: `${code.replace(standIn, model)}\n${imports}`,
    logs: undefined,
  };
}

function readShown(): readonly Snippet[] {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) => join('docs', file));
  const lib = readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' }).map((file) => join('lib', file));
  return [
    ...['README.md', 'CONTRIBUTING.md', 'site/index.md', ...docs]
      .filter((file) => file.endsWith('.md'))
      .flatMap(markdownSnippets),
    ...lib.filter((file) => file.endsWith('.ts')).flatMap(commentSnippets),
  ];
}

function markdownSnippets(file: string): readonly Snippet[] {
  const text = readFileSync(join(root, file), 'utf8');
  return Array.from(text.matchAll(/^```ts(?: \[.*\])?\n([^]*?)^```$/gm), (match) =>
    snippet(`${file}:${lineOf(text, match.index) + 1}`, match[1] ?? ''),
  );
}

function commentSnippets(file: string): readonly Snippet[] {
  const text = readFileSync(join(root, file), 'utf8');
  return Array.from(text.matchAll(/^ *\* @example\n((?: *\*(?! @[a-z]|\/).*\n)*)/gm), (match) =>
    snippet(`${file}:${lineOf(text, match.index) + 1}`, (match[1] ?? '').replace(/^ *\* ?/gm, '')),
  );
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

function snippet(where: string, code: string): Snippet {
  const [, logs] = /^\/\/ Logs:\n((?:\/\/.*\n?)*)/m.exec(code) ?? [];
  return { where, code, logs: logs?.trimEnd().replace(/^\/\/ ?/gm, '') };
}
