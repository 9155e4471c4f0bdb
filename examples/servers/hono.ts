// You will see a URL. Ask there for an object that grows: curl -N 'http://127.0.0.1:3000/user?text=John+is+30+years+old.'
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { toSseResponse } from 'rx-structured/sse';
import { extraction } from './extraction.js';

const app = new Hono();

app.get('/user', (context) => {
  const text = context.req.query('text');
  if (text === undefined) return context.json({ message: 'text is missing' }, 400);
  return toSseResponse(extraction(text), {
    lastEventId: context.req.header('last-event-id'),
    signal: context.req.raw.signal,
  });
});

serve({ fetch: app.fetch, port: Number(process.env['PORT'] ?? 3000), hostname: '127.0.0.1' }, ({ port }) => {
  console.log(`http://127.0.0.1:${port}`);
});
