import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request, as the server has seen it. */
export interface Arrival {
  readonly method: string;
  /** The address of its place, and the rest of its path. */
  readonly root: string;
  readonly path: string;
  readonly lastEventId: string | undefined;
  /** When it is over: whether the answer had been sent to its end. */
  readonly closed: Promise<'answered' | 'aborted'>;
}

/** The server's behaviour for a request, the n-th from 0 at its place. */
export type Behaviour = (response: ServerResponse, arrival: Arrival, nth: number) => void | Promise<void>;

/** A part of the server, with an address and a behaviour of its own. */
export interface Place {
  readonly url: string;
  readonly arrivals: readonly Arrival[];
  readonly close: () => void;
}

/** One server for many faults at a time. */
export class FaultServer {
  readonly #server: Server;
  readonly #places = new Map<string, { readonly behave: Behaviour; readonly arrivals: Arrival[] }>();
  #made = 0;

  constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#server.keepAliveTimeout = 60_000;
  }

  static async start(): Promise<FaultServer> {
    const server = new FaultServer();
    server.#server.listen(0, '127.0.0.1', 1024);
    await once(server.#server, 'listening');
    return server;
  }

  open(behave: Behaviour): Place {
    const name = String(++this.#made);
    const arrivals: Arrival[] = [];
    this.#places.set(name, { behave, arrivals });
    const { port } = this.#server.address() as AddressInfo;
    return {
      url: `http://127.0.0.1:${port}/${name}`,
      arrivals,
      close: () => {
        this.#places.delete(name);
      },
    };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, name = '', path = ''] = /^\/(\d+)(.*)$/.exec(request.url ?? '') ?? [];
    const place = this.#places.get(name);
    if (place === undefined) {
      response.destroy();
      return;
    }
    const closed = once(response, 'close').then(() => (response.writableFinished ? 'answered' : 'aborted'));
    request.resume();
    if (!request.complete) await once(request, 'end');
    const lastEventId = request.headers['last-event-id']?.toString();
    const arrival = { method: request.method ?? '', root: `/${name}`, path, lastEventId, closed };
    place.arrivals.push(arrival);
    await place.behave(response, arrival, place.arrivals.length - 1);
  }
}
