// You will see a URL. Ask there for an object that grows: curl -N 'http://127.0.0.1:3000/user?text=John+is+30+years+old.'
import { createServer } from 'node:http';
import { toSseResponse, writeResponse } from 'rx-structured/sse';
import { extraction } from './extraction.js';

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const lastEventId = request.headers['last-event-id']?.toString();
  writeResponse(toSseResponse(extraction(searchParams.get('text') ?? ''), { lastEventId }), response);
});

server.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') console.log(`http://127.0.0.1:${address?.port ?? ''}`);
});
