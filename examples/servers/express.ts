// You will see a URL. Ask there for an object that grows: curl -N 'http://127.0.0.1:3000/user?text=John+is+30+years+old.'
import express from 'express';
import { toSseResponse, writeResponse } from 'rx-structured/sse';
import { extraction } from './extraction.js';

const app = express();

app.get('/user', (request, response) => {
  const { text } = request.query;
  if (typeof text !== 'string') {
    response.status(400).json({ message: 'text is missing' });
    return;
  }
  writeResponse(toSseResponse(extraction(text), { lastEventId: request.get('last-event-id') }), response);
});

const server = app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') console.log(`http://127.0.0.1:${address?.port ?? ''}`);
});
