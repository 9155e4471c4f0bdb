import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/** Compiles the examples, with the library of `lib/`, in one go. Gives the folder, in which each is a `.mjs` file. */
export async function compileExamples(files: readonly string[]): Promise<string> {
  // Under the root, so that they find its packages.
  const folder = join(root, 'node_modules/.cache/rx-structured/examples');
  rmSync(folder, { recursive: true, force: true });
  await build({
    entryPoints: files.map((file) => join(root, 'examples', file)),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    tsconfig: join(root, 'tsconfig.json'),
    plugins: [
      {
        name: 'packages stay imports',
        setup(builder) {
          builder.onResolve({ filter: /^[^.]/ }, ({ path, kind }) =>
            kind === 'entry-point' || /^rx-structured($|\/)|^jsonparse$/.test(path)
              ? undefined
              : { path, external: true },
          );
        },
      },
    ],
  });
  return folder;
}
