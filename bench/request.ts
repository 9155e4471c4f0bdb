/**
 * The CPU of a whole request: the SDK's own bare loop, against the typed and validated answer at every delta. Each
 * contestant has a process of its own: `npm run request`.
 */
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import * as t from 'io-ts';
import OpenAI from 'openai';
import { lastValueFrom } from 'rxjs';
import { structuredCompletion } from '../lib/answers/structuredCompletion.js';
import { openaiChat } from '../lib/providers/openai/openaiChat.js';

const Report = t.type({ rows: t.array(t.type({ name: t.string, text: t.string })) }, 'report');
const rows = Array.from({ length: 200 }, (_, at) => ({ name: `row ${at}`, text: 'lorem ipsum '.repeat(6) }));
const deltas = JSON.stringify({ rows }).match(/.{1,4}/g) ?? [];

const contestants: Readonly<Record<string, (client: OpenAI) => Promise<unknown>>> = {
  'SDK loop': async (client) => {
    let text = '';
    const stream = await client.chat.completions.create({ model: 'm', messages: [], stream: true });
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    return text.length;
  },
  'rx-structured': (client) =>
    lastValueFrom(structuredCompletion(openaiChat(client, { model: 'm' }), { codec: Report, messages: [] })),
};

/** Serves the answer from a process of its own, so that its CPU is not the client's. */
function serve(): void {
  const chunk = (delta: object, reason: string | null = null): string =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;
  const events = [...deltas.map((content) => chunk({ content })), chunk({}, 'stop'), 'data: [DONE]\n\n'];
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    // About as many events in a packet as a fast server sends.
    for (let at = 0; at < events.length; at += 8) response.write(events.slice(at, at + 8).join(''));
    response.end();
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

/** Median CPU milliseconds of a request. */
async function measure(name: string, port: string): Promise<number> {
  const client = new OpenAI({ apiKey: 'none', baseURL: `http://127.0.0.1:${port}/v1` });
  const times: number[] = [];
  for (let run = 0; run < 40; run += 1) {
    const before = process.cpuUsage();
    await contestants[name]?.(client);
    const { user, system } = process.cpuUsage(before);
    if (run >= 10) times.push((user + system) / 1000);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;
}

const file = fileURLToPath(import.meta.url);
const [role, name = '', port = ''] = process.argv.slice(2);
if (role === 'serve') serve();
else if (role === 'measure') console.log(await measure(name, port));
else {
  const { fork } = await import('node:child_process');
  const server = fork(file, ['serve'], { execArgv: process.execArgv });
  const at = await new Promise<number>((resolve) => server.once('message', (message) => resolve(message as number)));
  const results = Object.keys(contestants).map((each) => {
    const out = execFileSync(process.execPath, [...process.execArgv, file, 'measure', each, String(at)]);
    return [each, Number(out)] as const;
  });
  server.kill();
  const bare = results[0]?.[1] ?? NaN;
  for (const [each, cpu] of results) console.log(`${each}  ${cpu.toFixed(1)} ms  ${(cpu / bare).toFixed(2)} ×`);
}
