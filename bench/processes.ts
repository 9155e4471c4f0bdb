import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Bundles a benchmark as the package is bundled. tsx would have every function get its name by a call, which takes time
 * and memory that the published files do not take.
 *
 * @returns The bundle's file.
 */
export async function bundle(url: string): Promise<string> {
  const outfile = fileURLToPath(new URL(`node_modules/.cache/${url.slice(url.lastIndexOf('/') + 1)}.mjs`, url));
  const entryPoints = [fileURLToPath(url)];
  await build({ entryPoints, outfile, bundle: true, packages: 'external', format: 'esm', target: 'es2022' });
  return outfile;
}

/**
 * Runs a benchmark in a process of its own: what ran before in a process changes how fast the next thing is.
 *
 * @returns A function that runs it with arguments, and reads the number that it prints.
 */
export async function processesOf(url: string): Promise<(...args: readonly string[]) => number> {
  const outfile = await bundle(url);
  return (...args) => {
    const stdio = ['ignore', 'pipe', 'inherit'] as const;
    return Number(execFileSync(process.execPath, ['--expose-gc', outfile, ...args], { stdio: [...stdio] }));
  };
}
