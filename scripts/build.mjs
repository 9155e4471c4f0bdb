// Builds dist/. ES modules are bundled by entry, with chunks for what entries share, so that Node reads a few files and
// each class is one whichever entry it is imported from; nothing in them runs at import, so bundlers drop what is not
// used. CommonJS mirrors lib/, a module for each of its modules. Declarations are made by tsc.
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { bundlePage } from './bundlePage.mjs';
import { markPure } from './markPure.mjs';
import { pruneJsonparse } from './pruneJsonparse.mjs';

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
  return { notice, text: pruneJsonparse(await readFile(file, 'utf8')) };
})();

/** The inspector's page, as text in a module: from its sources it is bundled anew. */
const loadPage = `const page = ${JSON.stringify(await bundlePage())};
export const loadPage = () => Promise.resolve(page);`;

const common = { bundle: true, platform: 'neutral', target: 'es2022' };

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
    plugins: [
      {
        name: 'packages stay imports, but for jsonparse, and nothing is kept for its own sake',
        setup(builder) {
          builder.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
            if (kind === 'entry-point') return undefined;
            return path === 'jsonparse' ? { path, namespace: 'pruned' } : { path, external: true };
          });
          builder.onLoad({ filter: /loadPage\.ts$/ }, () => ({ contents: loadPage }));
          builder.onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
            contents: markPure(await readFile(path, 'utf8')),
            loader: 'ts',
          }));
          // A call that is marked as pure, so that bundlers drop it with the tokenizer.
          builder.onLoad({ filter: /./, namespace: 'pruned' }, () => ({
            contents: `${jsonparse.notice}export default /* @__PURE__ */ (() => {\n${jsonparse.text.replace('module.exports = Parser;', 'return Parser;')}\n})();`,
          }));
        },
      },
    ],
  });
}

async function buildCjs() {
  const files = (await readdir(lib, { recursive: true })).filter(
    (file) => /(?<!\.d)\.ts$/.test(file) && !/^inspector.(page|picture)/.test(file),
  );
  const { outputFiles } = await build({
    ...common,
    entryPoints: files.map((file) => join(lib, file)),
    outbase: lib,
    outdir: dist,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    plugins: [
      {
        name: 'every import stays an import, the one of jsonparse becomes one of our copy',
        setup(builder) {
          builder.onLoad({ filter: /loadPage\.ts$/ }, () => ({ contents: loadPage }));
          builder.onResolve({ filter: /./ }, ({ importer, kind, path }) => {
            if (kind === 'entry-point') return undefined;
            if (path === 'jsonparse') path = `${relative(dirname(importer), lib)}/jsonparse.js`;
            return { path: path.replace(/^(\.{1,2}\/.*)\.js$/, '$1.cjs'), external: true };
          });
        },
      },
    ],
    write: false,
  });
  // Nothing is left of a module that holds only types, and nothing imports it.
  const isEmpty = ({ text }) => /^\s*(?:"use strict";\s*)?(?:\/\/#.*\s*)?$/.test(text);
  await Promise.all(
    outputFiles
      .filter((file) => !isEmpty(file))
      .map(async ({ path, contents }) => {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, contents);
      }),
  );
  await writeFile(join(dist, 'jsonparse.cjs'), jsonparse.notice + jsonparse.text);
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
await Promise.all([buildEsm(), buildCjs(), buildDeclarations()]);
