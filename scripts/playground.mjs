// Builds the playground into a folder of three files that need no server, dist-playground/ by default, and opens it on
// 127.0.0.1. `--build DIR` only builds.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { bundleScript } from './bundlePage.mjs';

const root = join(import.meta.dirname, '..');

/** `home` is where its title leads to, if anywhere. */
export async function buildPlayground(folder, { home } = {}) {
  const read = (file) => readFile(join(root, file), 'utf8');
  const [html, script, ...styles] = await Promise.all([
    read('playground/index.html'),
    bundleScript(join(root, 'playground/main.ts')),
    read('lib/inspector/picture/picture.css'),
    read('playground/playground.css'),
  ]);
  await mkdir(folder, { recursive: true });
  const title = '<h1>rx-structured playground</h1>';
  if (!html.includes(title)) throw new Error(`the playground has no ${title}`);
  const linked = home === undefined ? title : `<h1><a href="${home}">rx-structured</a> playground</h1>`;
  await writeFile(join(folder, 'index.html'), html.replace(title, linked));
  await writeFile(join(folder, 'playground.js'), script);
  await writeFile(join(folder, 'playground.css'), styles.join('\n'));
}

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Serves the folder on 127.0.0.1, for whoever cannot open files as modules: browsers allow that over http only. */
export async function servePlayground(folder, port) {
  const server = createServer((request, response) => {
    const name = { '/': 'index.html', '/playground.js': 'playground.js', '/playground.css': 'playground.css' }[
      request.url?.split('?')[0] ?? '/'
    ];
    if (name === undefined) {
      response.writeHead(404).end();
      return;
    }
    readFile(join(folder, name)).then(
      (content) => response.writeHead(200, { 'content-type': `${types[extname(name)]}; charset=utf-8` }).end(content),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

if (import.meta.filename === process.argv[1]) {
  const [, , option, target] = process.argv;
  const folder = target ?? join(root, 'node_modules/.cache/playground');
  await buildPlayground(folder);
  if (option === '--build') process.exit();
  const { url } = await servePlayground(folder, 4748).catch(() => servePlayground(folder, 0));
  console.log(`the playground is at ${url} until Ctrl-C`);
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform] ?? 'xdg-open';
  // Where there is no screen, the address is enough.
  if (process.stdout.isTTY) spawn(opener, [url], { stdio: 'ignore' }).on('error', () => undefined);
}
