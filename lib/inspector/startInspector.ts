/// <reference types="node" />
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { InspectorClient } from './InspectorClient.js';
import { InspectorLogs, type InspectorWatcher } from './InspectorLogs.js';
import { isAllowed } from './isAllowed.js';
import { loadPage, type InspectorPage } from './loadPage.js';

export interface InspectorConfig {
  /** Where it listens, on 127.0.0.1. Default 4747, or any free port where that one is taken; 0 is any free port. */
  readonly port?: number;
}

/** A page that shows completions while they are written. */
export interface Inspector {
  /** Where to look, on this machine only. */
  readonly url: string;
  /** A watcher for a completion, which is listed by that name. It is a function and an observer. */
  readonly watch: (name: string) => InspectorWatcher;
  /** Closes the page's connections and its port. Completions go on. */
  readonly close: () => Promise<void>;
}

const PORT = 4747;

const SAFE = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * Starts a page on this machine that shows completions while they are written: every delta, every partial, the verdict
 * at its very character, attempts and tools.
 *
 * Like Redux DevTools, for answers. For development, in Node.
 *
 * 1. It listens on 127.0.0.1 alone, and nothing leaves the machine. Requests of other hosts and origins get 403.
 * 2. It keeps the last 100 completions, in at most about 128 MB, and of each at most 50,000 entries and a million
 *    characters; where something is cut, the page says so.
 * 3. It never disturbs the completions that it watches: its own errors go to the console.
 * 4. Headers and raw objects of providers are not kept, and keys in error messages are cut out. The question to the
 *    model is not shown; its answers are.
 *
 * @example
 * import * as t from 'io-ts';
 * import { structuredCompletion } from 'rx-structured';
 * import { startInspector } from 'rx-structured/inspector';
 * import { scriptedModel } from 'rx-structured/testing';
 *
 * const inspector = await startInspector({ port: 0 });
 * const model = scriptedModel(['{"age":"thirty"}', '{"age":30}']);
 *
 * structuredCompletion(model, {
 *   codec: t.type({ age: t.number }),
 *   messages: ['How old is John?'],
 *   retries: 1,
 *   watch: inspector.watch('ages'),
 * }).subscribe();
 *
 * console.log(inspector.url.replace(/\d+\/$/, '…/'));
 * await inspector.close();
 * // Logs:
 * // http://127.0.0.1:…/
 *
 * @throws The server's own error, such as `EADDRINUSE`, where the port that was given is taken.
 * @see {@link structuredCompletion} whose `watch` it is for
 * @param config Where it listens.
 * @returns A promise of its address, of watchers by name, and of a way to close it.
 * @since 0.1.0
 */
export async function startInspector(config: InspectorConfig = {}): Promise<Inspector> {
  const page = await loadPage();
  const logs = new InspectorLogs();
  const clients = new Set<InspectorClient>();
  const server = createServer((request, response) => {
    answer(request, response, { page, logs, clients, port: readPort(server) });
  });
  await listen(server, config.port);

  return {
    url: `http://127.0.0.1:${readPort(server)}/`,
    watch: (name) => logs.watch(name),
    close: async () => {
      for (const client of clients) client.end();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number | undefined): Promise<void> {
  try {
    await once(server.listen(port ?? PORT, '127.0.0.1'), 'listening');
  } catch (error) {
    if (port !== undefined || (error as { code?: unknown }).code !== 'EADDRINUSE') throw error;
    await once(server.listen(0, '127.0.0.1'), 'listening');
  }
}

function readPort(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

interface Context {
  readonly page: InspectorPage;
  readonly logs: InspectorLogs;
  readonly clients: Set<InspectorClient>;
  readonly port: number;
}

function answer(request: IncomingMessage, response: ServerResponse, context: Context): void {
  const { page, logs, clients, port } = context;
  const send = (status: number, type: string, text: string): void => {
    response.writeHead(status, { ...SAFE, 'content-type': `${type}; charset=utf-8` });
    response.end(request.method === 'HEAD' ? undefined : text);
  };

  if (!isAllowed(request.headers, port)) {
    send(403, 'text/plain', 'The inspector answers its own page only.\n');
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    send(405, 'text/plain', 'There is nothing to be changed here.\n');
    return;
  }
  const [pathname = '', query] = (request.url ?? '/').split('?');
  const searchParams = new URLSearchParams(query);
  switch (pathname) {
    case '/':
      send(200, 'text/html', page.html);
      return;
    case '/page.js':
      send(200, 'text/javascript', page.script);
      return;
    case '/page.css':
      send(200, 'text/css', page.style);
      return;
    case '/events': {
      if (request.method === 'HEAD') {
        send(200, 'text/event-stream', '');
        return;
      }
      for (const [name, value] of Object.entries(SAFE)) response.setHeader(name, value);
      const received = Number(request.headers['last-event-id'] ?? 0);
      const client = new InspectorClient(
        logs,
        response,
        searchParams.get('completion') ?? undefined,
        received > 0 ? received : 0,
      );
      clients.add(client);
      response.once('close', () => clients.delete(client));
      client.begin();
      return;
    }
    default:
      send(404, 'text/plain', 'There is no such page.\n');
  }
}
