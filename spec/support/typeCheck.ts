import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

const options = ['--noEmit', '--pretty', 'false', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022'];

/**
 * The compiler's errors in the consumer's files in a folder, and in the declarations they get from the package. Those
 * are checked too; what other packages' declarations get wrong is their affair.
 */
export async function typeCheck(
  tsc: string,
  folder: string,
  files: readonly string[],
  modules: readonly string[] = ['--module', 'nodenext'],
): Promise<readonly string[]> {
  const child = spawn(process.execPath, [tsc, ...options, ...modules, ...files], { cwd: folder });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (child.exitCode !== 0 && !stdout.includes('error TS'))
    return [`tsc ended with ${String(child.exitCode)}: ${stdout}${stderr}`];
  const ours = [...files, 'node_modules/rx-structured/', 'error TS'];
  return stdout.split('\n').filter((line) => ours.some((start) => line.startsWith(start)));
}
