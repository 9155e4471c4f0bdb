// Builds dist/, which mirrors lib/: a module for each of its modules, so that bundlers drop those that are not used, and
// each class is one whichever entry it is imported from. ES modules and CommonJS by esbuild, declarations by tsc.
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const lib = join(root, 'lib');
const dist = join(root, 'dist');
const require = createRequire(import.meta.url);

const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const { paths } = JSON.parse(await readFile(join(root, 'tsconfig.json'), 'utf8')).compilerOptions;

const entries = Object.keys(exports)
  .filter((subpath) => subpath !== './package.json')
  .map((subpath) => join(root, paths[join('rx-structured', subpath)][0]));

const extensions = { esm: '.js', cjs: '.cjs' };

/** Every import stays an import; the one of jsonparse becomes one of our copy. */
const keepImports = (format) => ({
  name: 'keep imports',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ importer, kind, path }) => {
      if (kind === 'entry-point') return undefined;
      if (path === 'jsonparse') path = `${relative(dirname(importer), lib)}/jsonparse.js`;
      return { path: path.replace(/^(\.{1,2}\/.*)\.js$/, `$1${extensions[format]}`), external: true };
    });
  },
});

async function buildModules(format) {
  const files = (await readdir(lib, { recursive: true })).filter((file) => /(?<!\.d)\.ts$/.test(file));
  const { outputFiles } = await build({
    entryPoints: files.map((file) => join(lib, file)),
    outbase: lib,
    outdir: dist,
    outExtension: { '.js': extensions[format] },
    format,
    bundle: true,
    platform: 'neutral',
    target: 'es2022',
    sourcemap: format === 'esm',
    sourcesContent: false,
    plugins: [keepImports(format)],
    write: false,
  });
  // Of a module that holds only types nothing is left, and nothing imports it.
  const isEmpty = ({ text }) => /^\s*(?:"use strict";\s*)?(?:\/\/#.*\s*)?$/.test(text);
  const empty = outputFiles.filter(isEmpty).map(({ path }) => path);
  await Promise.all(
    outputFiles
      .filter(({ path }) => !empty.includes(path.replace(/\.map$/, '')))
      .map(async ({ path, contents }) => {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, contents);
      }),
  );
}

/** The one dependency that is copied: it is CommonJS, about which Angular would warn. */
async function copyJsonparse() {
  const file = require.resolve('jsonparse');
  const licence = await readFile(join(dirname(file), 'LICENSE'), 'utf8');
  const notice = `/*! jsonparse ${require('jsonparse/package.json').version}\n\n${licence.trim()}\n*/\n`;
  await writeFile(join(dist, 'jsonparse.cjs'), notice + (await readFile(file, 'utf8')));
  await build({
    stdin: { contents: `export { default } from 'jsonparse';`, resolveDir: root },
    outfile: join(dist, 'jsonparse.js'),
    format: 'esm',
    bundle: true,
    platform: 'neutral',
    mainFields: ['main'],
    target: 'es2022',
    banner: { js: notice },
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
await Promise.all([buildModules('esm'), buildModules('cjs'), copyJsonparse(), buildDeclarations()]);
