// Start it twice on one Redis (PORT=3001, PORT=3002) and open /answers/42 of both: one answer grows in two browsers.
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as t from 'io-ts';
import OpenAI from 'openai';
import { structuredCompletion } from 'rx-structured';
import { openaiChat } from 'rx-structured/openai';
import { answerEvents, toSseResponse } from 'rx-structured/sse';
import { sharedAnswers } from './sharedAnswers.js';

const { PORT = '3000', REDIS_URL = 'redis://127.0.0.1:6379', OPENAI_MODEL: model = 'gpt-4o-mini' } = process.env;

const Story = t.type({ title: t.string, paragraphs: t.array(t.string) });

const openai = new OpenAI();
const share = await sharedAnswers(REDIS_URL);

const tell = (id: string) =>
  answerEvents((watch) =>
    structuredCompletion(openaiChat(openai, { model }), {
      codec: Story,
      messages: [{ role: 'user', content: `Tell me story number ${id}.` }],
      idleTimeout: 20_000,
      watch,
    }),
  );

createServer((request, response) => {
  const [, id] = /^\/answers\/(\w+)$/.exec(request.url ?? '') ?? [];
  if (id === undefined) {
    response.writeHead(404).end();
    return;
  }
  const { body, status, headers } = toSseResponse(share(id, tell(id)), {
    lastEventId: request.headers['last-event-id']?.toString(),
    resumable: true,
  });
  response.writeHead(status, Object.fromEntries(headers));
  // A viewer who leaves ends this response, and not the answer.
  pipeline(body === null ? [] : Readable.fromWeb(body), response).catch(() => undefined);
}).listen(Number(PORT), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${PORT}/answers/42`);
});
