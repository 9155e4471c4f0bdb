/**
 * What a page pays: the published files, bundled and minified by esbuild, in KB of gzip, without rxjs, io-ts and zod. And
 * what each part of the library has of it. `npm run build` in the folder above, then `npm run size` here.
 */
import { build, type Plugin } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { loadPage } from '../lib/inspector/loadPage.js';
import { printSetting, printTable } from './contest.js';

const root = join(import.meta.dirname, '..');

const operators = 'toJsonTokens, accumulatePartial, decodeWith, retryOnValidationError';
const pages: Readonly<Record<string, string>> = {
  toJsonTokens: `export { toJsonTokens } from 'rx-structured';`,
  'toJsonTokens, accumulatePartial': `export { accumulatePartial, toJsonTokens } from 'rx-structured';`,
  textDeltas: `export { textDeltas } from 'rx-structured';`,
  [operators]: `export { ${operators} } from 'rx-structured';`,
  fromSse: `export { fromSse } from 'rx-structured/sse';`,
  'the four operators and fromSse': `export { ${operators} } from 'rx-structured'; export { fromSse } from 'rx-structured/sse';`,
  'structuredCompletion and openaiChat': `export { structuredCompletion } from 'rx-structured'; export { openaiChat } from 'rx-structured/openai';`,
};

const peers: Readonly<Record<string, string>> = {
  'partial-json': `export { parse } from 'partial-json';`,
  jsonriver: `export { parse } from 'jsonriver';`,
  '@streamparser/json': `export { JSONParser } from '@streamparser/json';`,
  '@hashbrownai/core, fryHashbrown': `export { fryHashbrown, s } from '@hashbrownai/core';`,
  'openai, its own client': `import OpenAI from 'openai'; export { OpenAI };`,
  'ai, Output and streamText': `export { Output, streamText } from 'ai';`,
  '@instructor-ai/instructor, without openai': `import Instructor from '@instructor-ai/instructor'; export { Instructor };`,
};

const external = ['rxjs', 'io-ts', 'zod', 'zod/v3', 'zod/v4'];

async function bundle(
  contents: string,
  resolveDir: string,
  others: readonly string[],
  plugins: Plugin[] = [],
): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    minify: true,
    write: false,
    logLevel: 'silent',
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external: [...external, ...others],
    // The published files, not the sources that the paths of our tsconfig lead to.
    tsconfigRaw: {},
    plugins,
  });
  return outputFiles[0]?.text ?? '';
}

const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(1);
const zipped = (text: string): number => gzipSync(text).length;

async function sizes(named: Readonly<Record<string, string>>, resolveDir: string): Promise<string[][]> {
  const rows = Object.entries(named).map(async ([name, contents]) => {
    const others = name.endsWith('without openai') ? ['openai'] : [];
    try {
      const text = await bundle(contents, resolveDir, others);
      return [name, kilobytes(zipped(text)), kilobytes(text.length)];
    } catch {
      return [name, 'not for browsers', ''];
    }
  });
  return Promise.all(rows);
}

/** Parts of lib/ that a page with the four operators and `fromSse` has, by the folder or the file names they are in. */
const parts: Readonly<Record<string, RegExp>> = {
  'schemas of zod and its like: values, verdicts, messages':
    /standardSchema\/(?:from|toCodec|Standard|toErrors|Complaint|ask|read|mark|Pending)/,
  'schemas: nulls that mean absent': /standardSchema\/(?:Asked|validateAsked|Fits|Meant|without)/,
  'schemas: looked into while they are written, judged early':
    /standardSchema\/|decoder\/plan(?:Judged|Structure)|jsonSchema\//,
  'the decoder: unions, intersections, shared cursors':
    /decoder\/(?:plan(?:Union|Intersection|Choice)|ShownMerger|Node|MembersCursor)|TagValues|CodecsWithin/,
  'the decoder: excess keys': /decoder\/planExcess/,
  'the decoder: the rest': /codecs\/(?:decoder|ioTs|annotations)/,
  'messages about wrong values': /codecs\/report/,
  'the tokenizer': /tokens|jsonparse/,
  'partial documents': /partials/,
  'fromSse, without the parser of events': /sse\/|answers\//,
  'eventsource-parser': /eventsource-parser/,
};

/** What the bundle would lose, were a part not in it: smaller than the part by itself, since gzip shares words. */
async function weigh(): Promise<string[][]> {
  const marked: Plugin = {
    name: 'marks where the code of each file begins',
    setup(builder) {
      builder.onResolve({ filter: /^\.{1,2}\/.*\.js$/ }, ({ path, resolveDir, importer }) =>
        importer.includes('/lib/') || importer === '<stdin>'
          ? { path: join(resolveDir, path.replace(/\.js$/, '.ts')), sideEffects: true }
          : undefined,
      );
      builder.onLoad({ filter: /rx-structured.*|lib\/.*\.ts$|eventsource-parser.*|jsonparse.*/ }, async ({ path }) => ({
        contents: `;__part(${JSON.stringify(path)});\n${await readFile(path, 'utf8')}`,
        loader: path.endsWith('.ts') ? 'ts' : 'js',
      }));
    },
  };
  const contents = pages['the four operators and fromSse']!.replaceAll(
    "'rx-structured/sse'",
    "'./lib/sse/fromSse.js'",
  ).replace(/export \{ (.*?) \} from 'rx-structured';/, (_, names: string) =>
    names
      .split(', ')
      .map((name) => `export { ${name} } from './lib/${folderOf(name)}/${name}.js';`)
      .join('\n'),
  );
  const text = await bundle(contents, root, ['jsonparse'], [marked]);
  const pieces = text.split(/__part\("([^"]*)"\)[;,]?/).slice(1);
  const files = Array.from({ length: pieces.length / 2 }, (_, at) => ({
    path: pieces[at * 2] ?? '',
    code: pieces[at * 2 + 1] ?? '',
  }));
  const partOf = ({ path }: { path: string }): string | undefined =>
    Object.entries(parts).find(([, where]) => where.test(path))?.[0];
  const whole = zipped(files.map(({ code }) => code).join(''));
  return [...Object.keys(parts), undefined].map((part) => {
    const others = files.filter((file) => partOf(file) !== part);
    return [
      part ?? 'errors, subscriptions and the rest',
      kilobytes(whole - zipped(others.map(({ code }) => code).join(''))),
    ];
  });
}

function folderOf(name: string): string {
  if (name === 'toJsonTokens') return 'tokens';
  if (name === 'accumulatePartial') return 'partials';
  return name === 'decodeWith' ? 'decoded' : 'retry';
}

printSetting('What a page pays, in KB');
printTable(['exports', 'gzip', 'minified'], await sizes(pages, root));
const page = Object.values(await loadPage()).join('\n');
printTable(
  ['a page of its own', 'gzip', 'minified'],
  [["the inspector's, with rxjs and all else in it", kilobytes(zipped(page)), kilobytes(page.length)]],
);
printTable(['peers', 'gzip', 'minified'], await sizes(peers, import.meta.dirname));
printTable(['a part of the four operators and fromSse', 'gzip that a page would not have without it'], await weigh());
