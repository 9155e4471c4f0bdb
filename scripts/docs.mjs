// Builds the documentation's site into site/dist. Its tools have a package of their own, which is installed when it has
// changed, so that `npm install` stays small. `--base /path/` is where the site will stand; `--serve` shows it at
// 127.0.0.1 afterwards.
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, run } from './run.mjs';
import { serveFolder } from './serveFolder.mjs';

const site = join(root, 'site');
const lock = join(site, 'package-lock.json');
const installed = join(site, 'node_modules/.installed-lock.json');
const { values } = parseArgs({ options: { base: { type: 'string', default: '/' }, serve: { type: 'boolean' } } });
const base = `/${values.base}/`.replace(/\/{2,}/g, '/');

const text = (file) => readFile(file, 'utf8').catch(() => undefined);

if ((await text(lock)) !== (await text(installed))) {
  if (!(await run('npm', ['ci', '--prefix', site, '--no-audit', '--no-fund', '--loglevel', 'error']))) process.exit(1);
  await copyFile(lock, installed);
}
if (!(await run('tsx', ['site/build.mjs'], { env: { DOCS_BASE: base, DO_NOT_TRACK: '1' } }))) process.exit(1);
console.log(`the site is in site/dist, for ${base}`);
if (values.serve) {
  const { url } = await serveFolder(join(site, 'dist'), { base, port: 4749 });
  console.log(`and at ${url} until Ctrl-C`);
}
