/**
 * A whole chat completion over HTTP, as each library gives it: a report in deltas of 4 characters, from a server that is a
 * process of its own, to a partial per delta. `npm run request`.
 */
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { isRight } from 'fp-ts/lib/Either.js';
import { contest, printScores, printSetting, type Contestant, type Run } from './contest.js';
import { deltasOf } from './records.js';
import { ReportCodec, reportOf, ReportSchema, ReportSchema3, reportSkillet } from './report.js';

const model = 'm';
const messages = [{ role: 'user' as const, content: 'Report on the orders.' }];

/** The client, sent to where a report of that many characters is served. */
async function clientOf(base: string, size: number) {
  const { default: OpenAI } = await import('openai');
  return new OpenAI({ apiKey: 'none', baseURL: `${base}/${size}/v1` });
}

async function ours(codec: typeof ReportCodec | typeof ReportSchema, base: string, size: number): Promise<Run> {
  const { structuredCompletion } = await import('../lib/answers/structuredCompletion.js');
  const { openaiChat } = await import('../lib/providers/openai/openaiChat.js');
  // The types of another copy of the SDK: the library's specs have one of their own.
  const client = (await clientOf(base, size)) as unknown as Parameters<typeof openaiChat>[0];
  const chat = openaiChat(client, { model });
  return (show) =>
    new Promise((resolve, reject) => {
      structuredCompletion(chat, { codec, messages }).subscribe({
        next: (answer) => {
          if (!isRight(answer)) reject(new Error(answer.left.message));
          else if (answer.right._tag === 'Complete') resolve(answer.right.value);
          else show(answer.right.value);
        },
        error: reject,
      });
    });
}

const contestants: readonly Contestant[] = [
  {
    name: "openai, the SDK's bare loop and JSON.parse at the end",
    prepare: async (size, base) => {
      const client = await clientOf(base, size);
      return async () => {
        let text = '';
        const stream = await client.chat.completions.create({ model, messages, stream: true });
        for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
        return JSON.parse(text) as unknown;
      };
    },
  },
  { name: 'rx-structured, io-ts, validated at every delta', prepare: (size, base) => ours(ReportCodec, base, size) },
  { name: 'rx-structured, zod, validated at every delta', prepare: (size, base) => ours(ReportSchema, base, size) },
  {
    name: 'openai .stream(), content.delta',
    prepare: async (size, base) => {
      const client = await clientOf(base, size);
      const { zodResponseFormat } = await import('openai/helpers/zod');
      return async (show) => {
        const stream = client.chat.completions.stream({
          model,
          messages,
          response_format: zodResponseFormat(ReportSchema, 'report'),
        });
        stream.on('content.delta', ({ parsed }) => {
          if (parsed !== undefined && parsed !== null) show(parsed);
        });
        const { choices } = await stream.finalChatCompletion();
        return choices[0]?.message.parsed;
      };
    },
  },
  {
    name: 'ai, Output.object, partialOutputStream',
    prepare: async (size, base) => {
      const { Output, streamText } = await import('ai');
      const { createOpenAI } = await import('@ai-sdk/openai');
      const provider = createOpenAI({ apiKey: 'none', baseURL: `${base}/${size}/v1` });
      return async (show) => {
        const { partialOutputStream, output } = streamText({
          model: provider.chat(model),
          output: Output.object({ schema: ReportSchema }),
          prompt: 'Report on the orders.',
        });
        for await (const partial of partialOutputStream) show(partial);
        return await output;
      };
    },
  },
  {
    // withStructuredOutput().stream() gives the whole value only.
    name: '@langchain/openai and JsonOutputParser, not validated',
    prepare: async (size, base) => {
      const { ChatOpenAI } = await import('@langchain/openai');
      const { JsonOutputParser } = await import('@langchain/core/output_parsers');
      const chat = new ChatOpenAI({ model, apiKey: 'none', configuration: { baseURL: `${base}/${size}/v1` } });
      const chain = chat.pipe(new JsonOutputParser());
      return async (show) => {
        let last: unknown;
        for await (const partial of await chain.stream('Report on the orders.')) {
          last = partial;
          show(partial);
        }
        return last;
      };
    },
  },
  {
    name: '@instructor-ai/instructor, stream: true',
    // Beside the answer it tells what it thinks of it.
    ignores: ['_meta'],
    prepare: async (size, base) => {
      const { default: Instructor } = await import('@instructor-ai/instructor');
      // Its types are those of an older client.
      const client = (await clientOf(base, size)) as unknown as Parameters<typeof Instructor>[0]['client'];
      const instructor = Instructor({ client, mode: 'JSON' } as Parameters<typeof Instructor>[0]);
      return async (show) => {
        let last: unknown;
        const partials = await instructor.chat.completions.create({
          model,
          messages,
          stream: true,
          response_model: { schema: ReportSchema3 as never, name: 'report' },
        });
        for await (const partial of partials as AsyncIterable<unknown>) {
          last = partial;
          show(partial);
        }
        return last;
      };
    },
  },
  {
    name: '@hashbrownai/core, fryHashbrown',
    prepare: async (size, base) => {
      const { fryHashbrown } = await import('@hashbrownai/core');
      const client = await clientOf(base, size);
      const transport = {
        name: 'openai',
        // eslint-disable-next-line @typescript-eslint/require-await
        send: async () => ({
          frames: (async function* () {
            yield { type: 'generation-start' as const };
            const stream = await client.chat.completions.create({ model, messages, stream: true });
            for await (const chunk of stream) yield { type: 'generation-chunk' as const, chunk: chunk as never };
            yield { type: 'generation-finish' as const };
          })(),
        }),
      };
      return (show) =>
        new Promise((resolve, reject) => {
          const chat = fryHashbrown({ model, system: '', responseSchema: reportSkillet, transport, debounce: 0 });
          const stop = chat.sizzle();
          let last: unknown;
          chat.lastAssistantMessage.subscribe((message) => {
            if (message?.content === undefined || message.content === last) return;
            last = message.content;
            show(last);
          });
          chat.error.subscribe((error) => {
            if (error !== undefined) reject(error);
          });
          let begun = false;
          chat.isLoading.subscribe((isLoading) => {
            begun ||= isLoading;
            if (!begun || isLoading) return;
            stop();
            resolve(last);
          });
          chat.sendMessage({ role: 'user', content: 'Report on the orders.' });
        });
    },
  },
];

/** Serves reports of any size: the path begins with it. */
function serve(): void {
  const chunk = (delta: object, reason: string | null = null): string =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model, choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;
  const made = new Map<string, readonly string[]>();
  const server = createServer((request, response) => {
    const [, size = ''] = request.url?.split('/') ?? [];
    const events = made.get(size) ?? [
      chunk({ role: 'assistant', content: '' }),
      ...deltasOf(JSON.stringify(reportOf(Number(size)))).map((content) => chunk({ content })),
      chunk({}, 'stop'),
      'data: [DONE]\n\n',
    ];
    made.set(size, events);
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    // About as many events in a packet as a fast server sends.
    for (let at = 0; at < events.length; at += 8) response.write(events.slice(at, at + 8).join(''));
    response.end();
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

const sizes = [20_000, 40_000];
const [role] = process.argv.slice(2);
if (role === 'serve') serve();
else if (role === 'measure') await contest(import.meta.url, contestants, sizes, reportOf);
else {
  const server = fork(fileURLToPath(import.meta.url), ['serve'], { execArgv: process.execArgv });
  const port = await new Promise<number>((resolve) => server.once('message', (message) => resolve(message as number)));
  const scores = await contest(import.meta.url, contestants, sizes, reportOf, `http://127.0.0.1:${port}`);
  server.kill();
  if (scores !== undefined) {
    printSetting('A whole request over HTTP: a report of 20 KB in deltas of 4 characters');
    printScores(scores, sizes);
  }
}
