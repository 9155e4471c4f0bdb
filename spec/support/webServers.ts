import { serve } from '@hono/node-server';
import express from 'express';
import { fastify } from 'fastify';
import { Hono } from 'hono';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { writeResponse } from '../../lib/sse/index.js';

/**
 * The response of a server, given the id of the last event that the client has seen, and the method of its request
 * where the server has to say it.
 */
export type Respond = (lastEventId: string | undefined, method?: string) => Response;

export interface WebServer {
  readonly url: string;
  close(): Promise<void>;
}

async function listening(server: Server): Promise<WebServer> {
  if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return {
    url: `http://127.0.0.1:${address.port}/answer`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The same route, as each server has it. */
export const webServers: Readonly<Record<string, (respond: Respond) => Promise<WebServer>>> = {
  node: (respond) =>
    listening(
      createServer((request, response) => {
        writeResponse(respond(request.headers['last-event-id']?.toString()), response);
      }),
    ),

  express: (respond) => {
    const app = express();
    app.all('/answer', (request, response) => {
      writeResponse(respond(request.get('last-event-id')), response);
    });
    return listening(createServer(app));
  },

  fastify: async (respond) => {
    const app = fastify({ forceCloseConnections: true });
    app.all('/answer', (request, reply) =>
      reply.send(respond(request.headers['last-event-id']?.toString(), request.method)),
    );
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    return { url: `${url}/answer`, close: () => app.close() };
  },

  hono: async (respond) => {
    const app = new Hono();
    app.all('/answer', (context) => respond(context.req.header('last-event-id')));
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    await once(server, 'listening');
    return listening(server as Server);
  },
};
