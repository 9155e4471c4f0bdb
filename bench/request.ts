/**
 * A whole request over HTTP, as each library gives it: a report in deltas of 4 characters, from a server that is a
 * process of its own, to a partial per delta. A chat completion with all libraries, a response of OpenAI and a message of
 * Anthropic beside the bare loops of their clients. `npm run request`.
 */
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { isRight } from 'fp-ts/lib/Either.js';
import { contest, printScores, printSetting, type Contestant, type Run } from './contest.js';
import type { CompletionModel } from '../lib/completions/CompletionModel.js';
import { deltasOf } from './records.js';
import { ReportCodec, reportOf, ReportSchema, ReportSchema3, reportSkillet } from './report.js';

const model = 'm';
const messages = [{ role: 'user' as const, content: 'Report on the orders.' }];

const BARE = "the SDK's bare loop and JSON.parse at the end";

/** The client, sent to where a report of that many characters is served. */
async function clientOf(base: string, size: number) {
  const { default: OpenAI } = await import('openai');
  return new OpenAI({ apiKey: 'none', baseURL: `${base}/${size}/v1` });
}

async function anthropicOf(base: string, size: number) {
  const { default: Anthropic } = await import('@anthropic-ai/sdk');
  return new Anthropic({ apiKey: 'none', baseURL: `${base}/${size}` });
}

/** The models over clients: the types are those of the library's own copies of the SDKs. */
const models = {
  chat: async (base: string, size: number) => {
    const { openaiChat } = await import('../lib/providers/openai/openaiChat.js');
    return openaiChat((await clientOf(base, size)) as unknown as Parameters<typeof openaiChat>[0], { model });
  },
  responses: async (base: string, size: number) => {
    const { openaiResponses } = await import('../lib/providers/openai/openaiResponses.js');
    return openaiResponses((await clientOf(base, size)) as unknown as Parameters<typeof openaiResponses>[0], { model });
  },
  messages: async (base: string, size: number) => {
    const { anthropicMessages } = await import('../lib/providers/anthropic/anthropicMessages.js');
    const client = (await anthropicOf(base, size)) as unknown as Parameters<typeof anthropicMessages>[0];
    return anthropicMessages(client, { model, max_tokens: 64_000 });
  },
};

type Api = keyof typeof models;

async function ours(
  api: Api,
  codec: typeof ReportCodec | typeof ReportSchema,
  base: string,
  size: number,
): Promise<Run> {
  const { structuredCompletion } = await import('../lib/answers/structuredCompletion.js');
  const asked: CompletionModel<(typeof messages)[number]> = await models[api](base, size);
  return (show) =>
    new Promise((resolve, reject) => {
      structuredCompletion(asked, { codec, messages }).subscribe({
        next: (answer) => {
          if (!isRight(answer)) reject(new Error(answer.left.message));
          else if (answer.right._tag === 'Complete') resolve(answer.right.value);
          else show(answer.right.value);
        },
        error: reject,
      });
    });
}

const oursOf = (api: Api): readonly Contestant[] => [
  {
    name: 'rx-structured, io-ts, validated at every delta',
    prepare: (size, base) => ours(api, ReportCodec, base, size),
  },
  {
    name: 'rx-structured, zod, validated at every delta',
    prepare: (size, base) => ours(api, ReportSchema, base, size),
  },
];

const chat: readonly Contestant[] = [
  {
    name: BARE,
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
  ...oursOf('chat'),
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

const responses: readonly Contestant[] = [
  {
    name: BARE,
    prepare: async (size, base) => {
      const client = await clientOf(base, size);
      return async () => {
        let text = '';
        const stream = await client.responses.create({ model, input: messages, stream: true });
        for await (const event of stream) if (event.type === 'response.output_text.delta') text += event.delta;
        return JSON.parse(text) as unknown;
      };
    },
  },
  ...oursOf('responses'),
];

const ofAnthropic: readonly Contestant[] = [
  {
    name: BARE,
    prepare: async (size, base) => {
      const client = await anthropicOf(base, size);
      return async () => {
        let text = '';
        const stream = await client.messages.create({ model, max_tokens: 64_000, messages, stream: true });
        for await (const event of stream)
          if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') text += event.delta.text;
        return JSON.parse(text) as unknown;
      };
    },
  },
  ...oursOf('messages'),
];

const tables: Readonly<Record<string, readonly Contestant[]>> = {
  'A whole chat completion over HTTP: a report of 20 KB in deltas of 4 characters': chat,
  'The same as a response of OpenAI': responses,
  'The same as a message of Anthropic': ofAnthropic,
};

const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const named = (value: { readonly type: string; readonly [field: string]: unknown }): string =>
  `event: ${value.type}\n${data(value)}`;

/** The events of an answer, by the end of the path that it is asked for at. */
const wires: Readonly<Record<string, (deltas: readonly string[]) => readonly string[]>> = {
  completions: (deltas) => {
    const chunk = (delta: object, reason: string | null = null): string =>
      data({
        id: 'c',
        object: 'chat.completion.chunk',
        created: 1,
        model,
        choices: [{ index: 0, delta, finish_reason: reason }],
      });
    const content = deltas.map((delta) => chunk({ content: delta }));
    return [chunk({ role: 'assistant', content: '' }), ...content, chunk({}, 'stop'), 'data: [DONE]\n\n'];
  },
  responses: (deltas) => {
    const item = { id: 'm', type: 'message', role: 'assistant', status: 'in_progress', content: [] };
    const at = { item_id: 'm', output_index: 0, content_index: 0 };
    const part = { type: 'output_text', text: '', annotations: [], logprobs: [] };
    const whole = { ...part, text: deltas.join('') };
    const done = { ...item, status: 'completed', content: [whole] };
    const response = { id: 'r', object: 'response', created_at: 1, model, status: 'in_progress', output: [] };
    const usage = { input_tokens: 1, output_tokens: deltas.length, total_tokens: deltas.length + 1 };
    return [
      { type: 'response.created', response },
      { type: 'response.output_item.added', output_index: 0, item },
      { type: 'response.content_part.added', ...at, part },
      ...deltas.map((delta) => ({ type: 'response.output_text.delta', ...at, delta, logprobs: [] })),
      { type: 'response.output_text.done', ...at, text: whole.text, logprobs: [] },
      { type: 'response.content_part.done', ...at, part: whole },
      { type: 'response.output_item.done', output_index: 0, item: done },
      { type: 'response.completed', response: { ...response, status: 'completed', output: [done], usage } },
    ].map((event, sequence_number) => named({ ...event, sequence_number }));
  },
  messages: (deltas) =>
    [
      {
        type: 'message_start',
        message: {
          id: 'm',
          type: 'message',
          role: 'assistant',
          model,
          content: [],
          stop_reason: null,
          usage: { input_tokens: 1, output_tokens: 1 },
        },
      },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      ...deltas.map((text) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })),
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: deltas.length } },
      { type: 'message_stop' },
    ].map(named),
};

/** Serves reports of any size: the path begins with it, and ends with the API. */
function serve(): void {
  const made = new Map<string, readonly string[]>();
  const server = createServer((request, response) => {
    const [, size = '', ...path] = request.url?.split('/') ?? [];
    const api = path.at(-1)?.split('?')[0] ?? '';
    const events = made.get(`${api} ${size}`) ?? wires[api]?.(deltasOf(JSON.stringify(reportOf(Number(size))))) ?? [];
    made.set(`${api} ${size}`, events);
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    // About as many events in a packet as a fast server sends.
    for (let at = 0; at < events.length; at += 8) response.write(events.slice(at, at + 8).join(''));
    response.end();
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

const sizes = [20_000, 40_000];
const contestants = Object.values(tables).flat();
const [role] = process.argv.slice(2);
if (role === 'serve') serve();
else if (role === 'measure') await contest(import.meta.url, contestants, sizes, reportOf);
else {
  const server = fork(fileURLToPath(import.meta.url), ['serve'], { execArgv: process.execArgv });
  const port = await new Promise<number>((resolve) => server.once('message', (message) => resolve(message as number)));
  const scores = await contest(import.meta.url, contestants, sizes, reportOf, `http://127.0.0.1:${port}`);
  server.kill();
  let printed = 0;
  for (const [title, { length }] of Object.entries(tables)) {
    const ofTable = scores?.map((ofSize) => ofSize.slice(printed, printed + length));
    printed += length;
    if (ofTable === undefined) continue;
    printSetting(title);
    printScores(ofTable, sizes);
  }
}
