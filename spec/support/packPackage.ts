import { execFile } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const root = join(import.meta.dirname, '../..');

/** Builds and packs the package as it would be published; gives the tarball's path. */
export async function packPackage(folder: string): Promise<string> {
  await run('npm', ['run', 'build'], { cwd: root });
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
  });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  return join(folder, filename);
}

/** Lays out what `npm install` would: the tarball unpacked, its peers beside it. No registry is asked. */
export async function installTarball(
  tarball: string,
  folder: string,
  peers: Readonly<Record<string, string>>,
): Promise<string> {
  const installed = join(folder, 'node_modules/rx-structured');
  await mkdir(installed, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  for (const [name, target] of Object.entries(peers)) {
    const link = join(folder, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(target, link);
  }
  return installed;
}
