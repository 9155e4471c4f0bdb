// Serves a folder of a static site at 127.0.0.1, as any web server would.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

export async function serveFolder(folder, { base = '/', port = 0 } = {}) {
  const find = async (path) => {
    for (const name of path.endsWith('/') ? [`${path}index.html`] : [path, `${path}.html`, `${path}/index.html`]) {
      const file = normalize(join(folder, name));
      if (!file.startsWith(normalize(folder) + sep)) return undefined;
      const content = await readFile(file).catch(() => undefined);
      if (content !== undefined) return { content, type: types[extname(file)] ?? 'application/octet-stream' };
    }
    return undefined;
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const path = pathname.startsWith(base) ? decodeURIComponent(pathname.slice(base.length - 1)) : undefined;
    (path === undefined ? Promise.resolve(undefined) : find(path)).then(
      (found) =>
        response.writeHead(found ? 200 : 404, { 'content-type': found?.type ?? 'text/plain' }).end(found?.content),
      () => response.writeHead(400).end(),
    );
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
