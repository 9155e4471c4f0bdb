// Builds dist/ from the entries that package.json exports: ESM and CommonJS by esbuild, declarations by tsc.
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const require = createRequire(import.meta.url);
const { exports, dependencies, peerDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const { paths } = JSON.parse(await readFile(join(root, 'tsconfig.json'), 'utf8')).compilerOptions;

/** `{ index: 'lib/index.ts', openai: 'lib/providers/openai/index.ts', … }` */
const entries = Object.fromEntries(
  Object.keys(exports)
    .filter((subpath) => subpath !== './package.json')
    .map((subpath) => [subpath.slice(2) || 'index', paths[join('rx-structured', subpath)][0]]),
);

const shared = {
  outdir: dist,
  absWorkingDir: root,
  platform: 'neutral',
  target: 'es2022',
  sourcemap: true,
  sourcesContent: false,
};

async function buildEsm() {
  const { metafile } = await build({
    ...shared,
    entryPoints: entries,
    format: 'esm',
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    mainFields: ['main'],
    // jsonparse alone is bundled: it is CommonJS, about which Angular would warn.
    external: Object.keys({ ...dependencies, ...peerDependencies }).flatMap((name) => [name, `${name}/*`]),
    metafile: true,
  });
  return Object.keys(metafile.outputs).filter((file) => file.endsWith('.js'));
}

/**
 * Chunk by chunk, not a second bundle for each entry: a class that two entries share would otherwise be two classes,
 * and `instanceof` would depend on where it was imported from.
 */
function buildCjs(esmFiles) {
  return build({
    ...shared,
    entryPoints: esmFiles,
    outbase: dist,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    bundle: true,
    plugins: [
      {
        name: 'one file each',
        setup({ onResolve }) {
          onResolve({ filter: /./ }, ({ kind, path }) =>
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
  const types = join(dist, 'types');
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    declarationMap: true,
    rootDir: join(root, 'lib'),
    outDir: types,
    types: [],
  };
  const config = join(dist, 'tsconfig.json');
  const files = Object.values(entries).map((file) => join(root, file));
  await writeFile(
    config,
    JSON.stringify({ extends: '../tsconfig.json', compilerOptions, files, include: ['../lib/**/*.d.ts'] }),
  );
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '--project', config], {
    stdio: ['ignore', 2, 2],
  });
  await rm(config);

  for (const name of await readdir(types, { recursive: true })) {
    if (!name.endsWith('.d.ts')) continue;
    const declarations = await readFile(join(types, name), 'utf8');
    await writeFile(
      join(types, name.replace(/\.d\.ts$/, '.d.cts')),
      declarations
        .replace(/(\b(?:from|import)\b\s*\(?\s*['"]\.{1,2}\/[^'"]*)\.js(?=['"])/g, '$1.cjs')
        .replace(/\/\/# sourceMappingURL=.*\n?$/, ''),
    );
  }
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist);
await Promise.all([buildEsm().then(buildCjs), buildDeclarations()]);
await copyFile(join(root, 'node_modules/jsonparse/LICENSE'), join(dist, 'LICENSE-jsonparse.txt'));
