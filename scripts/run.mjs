// Runs the project's own tools, without npm in between.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** Runs a command line of tools in node_modules; gives whether it went well. */
export async function run(command, args, { env = {}, quiet = false } = {}) {
  const PATH = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const output = [];
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env, PATH },
    stdio: ['inherit', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    shell: process.platform === 'win32',
  });
  child.stdout?.on('data', (chunk) => output.push(chunk));
  child.stderr?.on('data', (chunk) => output.push(chunk));
  const [code] = await once(child, 'close');
  if (quiet && output.length > 0) process.stdout.write(Buffer.concat(output));
  return code === 0;
}
