// Builds dist/. ES modules are bundled by entry. The main entry and all that it reaches is one file, which the other
// entries share: Node reads few files, for each costs more than what is in it, and each class is one whichever entry it
// is imported from. Nothing in them runs at import, so bundlers drop what is not used. CommonJS is the same files,
// translated. Declarations are made by tsc.
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { bundlePage, readLicences } from './bundlePage.mjs';
import { importOnce, ONCE } from './importOnce.mjs';
import { markPure } from './markPure.mjs';
import { constantsOf, foldConstants, pruneJsonparse } from './pruneJsonparse.mjs';

const root = join(import.meta.dirname, '..');
const lib = join(root, 'lib');
const dist = join(root, 'dist');
const require = createRequire(import.meta.url);

const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const { paths } = JSON.parse(await readFile(join(root, 'tsconfig.json'), 'utf8')).compilerOptions;

const entries = Object.keys(exports)
  .filter((subpath) => subpath !== './package.json')
  .map((subpath) => join(root, paths[join('rx-structured', subpath)][0]));

/** The one dependency that is copied, cut down to what is used of it, with its notice: it is CommonJS, about which Angular would warn. */
const jsonparse = await (async () => {
  const file = require.resolve('jsonparse');
  const licence = await readFile(join(dirname(file), 'LICENSE'), 'utf8');
  const notice = `/*! jsonparse ${require('jsonparse/package.json').version}, cut down to what is used of it\n\n${licence.trim()}\n*/\n`;
  const text = await readFile(file, 'utf8');
  return { notice, text: pruneJsonparse(text), constants: constantsOf(text) };
})();

/** Constants of a module that are numbers, characters say: in a bundle they are variables, which minifiers leave be. */
const numbersOf = (text) =>
  new Map(
    Array.from(text.matchAll(/^const ([A-Z][A-Z_]*) = (0x\w+|\d+);/gm), ([, name, number]) => [name, Number(number)]),
  );

/** The inspector's page, as text in a module: from its sources it is bundled anew. */
const loadPage = `const page = ${JSON.stringify(await bundlePage())};
export const loadPage = () => Promise.resolve(page);`;

const common = { bundle: true, platform: 'neutral', target: 'es2022' };

/** The file of the main entry, and the name by which the other entries are made to import it. */
const main = entries[0];
const MAIN = 'rx-structured/main';

async function buildEsm() {
  await build({
    ...common,
    entryPoints: entries,
    outbase: lib,
    outdir: dist,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    splitting: true,
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'inline',
    // A chunk holds what the same entries reach. All of them are to reach what the main entry reaches; that they take
    // nothing from it is how it should be.
    logOverride: { 'ignored-bare-import': 'silent' },
    plugins: [
      {
        name: 'packages stay imports, one for each of them, and nothing is kept for its own sake',
        setup(builder) {
          builder.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
            if (kind === 'entry-point') return undefined;
            if (path === MAIN) return { path: main };
            if (path.startsWith(ONCE)) return { path: path.slice(ONCE.length), namespace: 'once' };
            return path === 'jsonparse' ? { path, namespace: 'pruned' } : { path, external: true };
          });
          builder.onLoad({ filter: /./, namespace: 'once' }, ({ path }) => ({
            contents: `import * as all from ${JSON.stringify(path)}; export { all };`,
          }));
          // A call that is marked as pure, so that bundlers drop it with the tokenizer, and its notice with it.
          builder.onLoad({ filter: /./, namespace: 'pruned' }, () => ({
            contents: `export default /* @__PURE__ */ (() => {\n${jsonparse.notice}${jsonparse.text.replace('module.exports = Parser;', 'return Parser;')}\n})();`,
          }));
          builder.onLoad({ filter: /loadPage\.ts$/ }, () => ({ contents: loadPage }));
          builder.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
            let text = importOnce(markPure(await readFile(path, 'utf8')), ['rxjs', 'io-ts']);
            if (path.endsWith('tokens/Lexer.ts')) text = foldConstants(text, jsonparse.constants);
            else if (path.includes('/tokens/')) text = foldConstants(text, numbersOf(text));
            const isOther = entries.includes(path) && path !== main;
            return { contents: isOther ? `import '${MAIN}';${text}` : text, loader: 'ts' };
          });
        },
      },
    ],
  });
}

/** From the ES modules. */
async function buildCjs() {
  const files = (await readdir(dist, { recursive: true })).filter((file) => file.endsWith('.js'));
  await build({
    ...common,
    entryPoints: files.map((file) => join(dist, file)),
    outbase: dist,
    outdir: dist,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    legalComments: 'inline',
    plugins: [
      {
        name: 'every import stays an import',
        setup(builder) {
          builder.onResolve({ filter: /./ }, ({ kind, path }) =>
            kind === 'entry-point'
              ? undefined
              : { path: path.replace(/^(\.{1,2}\/.*)\.js$/, '$1.cjs'), external: true },
          );
        },
      },
    ],
  });
}

/** TypeScript decides by the extension whether a declaration speaks of an ES module or of a CommonJS one. */
async function buildDeclarations() {
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    declarationMap: true,
    rootDir: lib,
    outDir: dist,
    types: [],
  };
  const config = join(dist, 'tsconfig.json');
  const include = [join(lib, '**/*.d.ts')];
  await writeFile(config, JSON.stringify({ extends: '../tsconfig.json', compilerOptions, files: entries, include }));
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '--project', config], {
    stdio: ['ignore', 2, 2],
  });
  await rm(config);

  for (const name of await readdir(dist, { recursive: true })) {
    if (!name.endsWith('.d.ts')) continue;
    const declarations = await readFile(join(dist, name), 'utf8');
    await writeFile(
      join(dist, name.replace(/\.d\.ts$/, '.d.cts')),
      declarations
        .replace(/(\b(?:from|import)\b\s*\(?\s*['"]\.{1,2}\/[^'"]*)\.js(?=['"])/g, '$1.cjs')
        .replace(/\/\/# sourceMappingURL=.*\n?$/, ''),
    );
  }
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist);
await Promise.all([buildEsm().then(buildCjs), buildDeclarations()]);
await writeFile(join(dist, 'inspector/licences.txt'), await readLicences());
