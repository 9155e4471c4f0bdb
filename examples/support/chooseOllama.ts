import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { answerTo, toTokens } from './answers.js';
import type { OllamaMessage } from 'rx-structured/ollama';

export interface ChosenOllama {
  readonly host: string;
  readonly model: string;
  /** Stops the server, if one was started. */
  readonly close: () => void;
}

/** The Ollama that the environment names; without OLLAMA_HOST, a server in this process that speaks its protocol. */
export async function chooseOllama(): Promise<ChosenOllama> {
  const { OLLAMA_HOST: host, OLLAMA_MODEL: model = 'llama3.2' } = process.env;
  if (host) return { host: /^https?:/.test(host) ? host : `http://${host}`, model, close: () => undefined };

  const server = createServer((incoming, response) => {
    void json(incoming).then(async (body) => {
      const { messages } = body as { messages: readonly OllamaMessage[] };
      const question = messages.find(({ role }) => role === 'user')?.content ?? '';
      const tokens = toTokens(answerTo(question, 1) ?? '{}');
      const write = (fields: object): boolean => response.write(`${JSON.stringify({ model, ...fields })}\n`);
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      for (const content of tokens) {
        await setTimeout(60);
        write({ message: { role: 'assistant', content }, done: false });
      }
      const counts = { prompt_eval_count: 26, eval_count: tokens.length };
      write({ message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop', ...counts });
      response.end();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  console.error('asking an embedded server in the place of Ollama: OLLAMA_HOST is not set');
  const { port } = server.address() as AddressInfo;
  return { host: `http://127.0.0.1:${port}`, model, close: () => void server.close() };
}
