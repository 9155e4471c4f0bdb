import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Bundles a benchmark as the package is bundled, and runs it in a process of its own: what ran before in a process
 * changes how fast the next thing is. tsx would give every function a name of its own, which is memory as well.
 *
 * @returns A function that runs it with arguments, and reads the number that it prints.
 */
export async function processesOf(url: string): Promise<(...args: readonly string[]) => number> {
  const outfile = fileURLToPath(new URL(`node_modules/.cache/${url.slice(url.lastIndexOf('/') + 1)}.mjs`, url));
  const entryPoints = [fileURLToPath(url)];
  await build({ entryPoints, outfile, bundle: true, packages: 'external', format: 'esm', target: 'es2022' });
  return (...args) => {
    const stdio = ['ignore', 'pipe', 'inherit'] as const;
    return Number(execFileSync(process.execPath, ['--expose-gc', outfile, ...args], { stdio: [...stdio] }));
  };
}
