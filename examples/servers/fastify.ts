// You will see a URL. Ask there for an object that grows: curl -N 'http://127.0.0.1:3000/user?text=John+is+30+years+old.'
import { fastify } from 'fastify';
import { toSseResponse } from 'rx-structured/sse';
import { extraction } from './extraction.js';

const app = fastify();

const querystring = { type: 'object', required: ['text'], properties: { text: { type: 'string', maxLength: 1000 } } };

app.get<{ Querystring: { text: string } }>('/user', { schema: { querystring } }, (request, reply) =>
  reply.send(
    toSseResponse(extraction(request.query.text), { lastEventId: request.headers['last-event-id']?.toString() }),
  ),
);

console.log(await app.listen({ port: Number(process.env['PORT'] ?? 3000), host: '127.0.0.1' }));
