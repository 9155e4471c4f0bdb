import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import type { AnswerMode } from '../../../lib/completions/AnswerMode.js';
import type { CompletionModel } from '../../../lib/completions/CompletionModel.js';
import { anthropicMessages } from '../../../lib/providers/anthropic/anthropicMessages.js';
import { openaiChat } from '../../../lib/providers/openai/openaiChat.js';
import { openaiResponses } from '../../../lib/providers/openai/openaiResponses.js';
import { cut, sse, stall, type Answer, type Exchange } from '../modelServer.js';
import { providers, type UserMessage } from '../providers.js';
import type { Fault } from './Fault.js';

const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const named = (value: { readonly type: string; readonly [field: string]: unknown }): string =>
  `event: ${value.type}\n${data(value)}`;
const DONE = 'data: [DONE]\n\n';
const JSON_ANSWER = '{"name":"Ann","age":30}';
const RIGHT = `Complete ${JSON_ANSWER}`;
const DELTAS = ['{"name":"A', 'nn","age"', ':30}'];

const openai = (url: string): OpenAI => new OpenAI({ apiKey: 'none', baseURL: `${url}/v1`, maxRetries: 0 });
const anthropic = (url: string): Anthropic => new Anthropic({ apiKey: 'none', baseURL: url, maxRetries: 0 });

interface Asking {
  readonly mode?: AnswerMode;
  readonly tools?: boolean;
  readonly n?: number;
  readonly afterThought?: boolean;
  readonly streamOptions?: null;
}

const schema = { type: 'object' as const, properties: {} };

const chatModel =
  ({ mode = 'json-schema', tools = false, n, afterThought = false, streamOptions }: Asking = {}) =>
  (url: string): CompletionModel<UserMessage> =>
    openaiChat(
      openai(url),
      {
        model: 'm',
        ...(n !== undefined && { n }),
        ...(streamOptions === null && { stream_options: null }),
        ...(tools && { tools: [{ type: 'function', function: { name: 'search', parameters: schema } }] }),
      },
      { mode, afterThought },
    );

const responsesModel =
  ({ mode = 'json-schema', tools = false }: Asking = {}) =>
  (url: string): CompletionModel<UserMessage> =>
    openaiResponses(
      openai(url),
      {
        model: 'm',
        ...(tools && { tools: [{ type: 'function', name: 'search', parameters: schema, strict: false }] }),
      },
      { mode },
    );

const messagesModel =
  ({ mode = 'json-schema', tools = false }: Asking = {}) =>
  (url: string): CompletionModel<UserMessage> =>
    anthropicMessages(
      anthropic(url),
      {
        model: 'm',
        max_tokens: 2048,
        ...(tools && {
          tools: [{ name: 'search', input_schema: schema }],
          thinking: { type: 'enabled' as const, budget_tokens: 1024 },
        }),
      },
      { mode: mode === 'json-object' ? 'text' : mode },
    );

/** A chunk of a chat completion. */
const chunk = (delta: object, finish_reason: string | null = null, index = 0): object => ({
  id: 'c',
  model: 'm',
  choices: [{ index, delta, finish_reason }],
});
const content = (text: string, finish: string | null = null, index = 0): object =>
  chunk({ content: text }, finish, index);
const call = (fields: object): object => chunk({ tool_calls: [fields] });
const chat = (...chunks: readonly object[]): Answer => sse(...chunks.map(data), DONE);

const chatFault = (
  kind: string,
  answer: Answer | readonly Answer[],
  comes: string | RegExp,
  more: Asking & Partial<Fault> = {},
): Fault => {
  const { mode, tools, n, afterThought, streamOptions, ...fault } = more;
  const asking = { mode, tools, n, afterThought, streamOptions } as Asking;
  return {
    kind,
    api: 'chat',
    model: chatModel(asking),
    answers: typeof answer === 'function' ? [answer] : answer,
    comes,
    ...fault,
  };
};

const entries = (...texts: readonly string[]): object => ({
  choices: texts.map((text) => ({ index: 0, delta: { content: text }, finish_reason: null })),
});

const args = (index: number | undefined, text: string, id?: string, name?: string): object => ({
  ...(index !== undefined && { index }),
  ...(id !== undefined && { id }),
  function: { ...(name !== undefined && { name }), arguments: text },
});

const text =
  (body: string, type: string): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': type });
    response.end(body);
  };

/** Finish words, and what must come of half an answer that ends with them. */
const words: readonly (readonly [string, string])[] = [
  ['abort', 'interrupted'],
  ['cancelled', 'interrupted'],
  ['timeout', 'interrupted'],
  ['pause_turn', 'paused'],
  ['content_filter: RECITATION', 'content-filter'],
  ['SAFETY', 'content-filter'],
  ['OTHER', 'other'],
  ['malformed_function_call', 'other'],
  ['length', 'length'],
  ['never_heard_of', 'other'],
];

const chatFaults: readonly Fault[] = [
  chatFault(
    'two entries for a choice',
    chat(
      entries('{"name":"Ann'),
      entries(' Marie', ' Smith'),
      entries('","age":'),
      entries('1', '00'),
      entries('}'),
      content('', 'stop'),
    ),
    'Complete {"name":"Ann Marie Smith","age":100}',
  ),
  chatFault(
    'an index that counts chunks',
    chat(...DELTAS.map((delta, at) => content(delta, null, at)), content('', 'stop', 3)),
    RIGHT,
  ),
  chatFault(
    'an index that is always 1',
    chat(...DELTAS.map((delta) => content(delta, null, 1)), content('', 'stop', 1)),
    RIGHT,
  ),
  chatFault(
    'several choices that were asked for',
    chat(
      content('x', null, 1),
      ...DELTAS.flatMap((delta) => [content(delta), content('y', null, 1)]),
      content('', 'stop', 1),
      content('', 'stop'),
    ),
    RIGHT,
    { n: 2 },
  ),
  chatFault(
    'a name that comes late',
    chat(
      ...DELTAS.map((delta) => ({ choices: [{ index: 0, delta: { content: delta } }] })),
      { id: 'late', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
      { id: 'late', model: 'later', choices: [], usage: { prompt_tokens: 1, completion_tokens: 1 } },
    ),
    RIGHT,
  ),
  chatFault(
    'a tool of the user beside the answer',
    chat(
      call(args(0, '{"name":"wrong","age":1}', 'a', 'search')),
      call(args(1, JSON_ANSWER, 'b', 'answer')),
      chunk({}, 'tool_calls'),
    ),
    RIGHT,
    { mode: 'tool', tools: true },
  ),
  chatFault(
    'a tool of the user instead of the answer',
    chat(content('I look it up.'), call(args(0, '{"q":1}', 'a', 'search')), chunk({}, 'tool_calls')),
    /^ToolCallsError: .*search/,
    { tools: true },
  ),
  chatFault(
    'the answer in the content, in tool mode',
    chat(...DELTAS.map((delta) => content(delta)), chunk({}, 'stop')),
    RIGHT,
    { mode: 'tool' },
  ),
  chatFault(
    'another name at the same index',
    chat(
      call(args(0, '{"q":1}', undefined, 'search')),
      call(args(0, JSON_ANSWER, undefined, 'answer')),
      chunk({}, 'tool_calls'),
    ),
    RIGHT,
    { mode: 'tool', tools: true },
  ),
  chatFault(
    'another id at the same index',
    chat(
      call(args(0, JSON_ANSWER, 'a', 'answer')),
      call(args(0, '{"name":"wrong","age":1}', 'b', 'answer')),
      chunk({}, 'tool_calls'),
    ),
    RIGHT,
    { mode: 'tool' },
  ),
  chatFault(
    'the same name again with whole arguments',
    chat(
      call(args(0, JSON_ANSWER, undefined, 'answer')),
      call(args(0, '{"name":"wrong","age":1}', undefined, 'answer')),
      chunk({}, 'tool_calls'),
    ),
    RIGHT,
    { mode: 'tool' },
  ),
  chatFault(
    'head and tail of a call at different indexes',
    chat(call(args(0, '', 'a', 'answer')), ...DELTAS.map((delta) => call(args(1, delta))), chunk({}, 'tool_calls')),
    RIGHT,
    { mode: 'tool' },
  ),
  chatFault(
    'no index, ids only',
    chat(
      call(args(undefined, '', 'a', 'search')),
      call(args(undefined, '{}', 'a')),
      call(args(undefined, '', 'b', 'answer')),
      ...DELTAS.map((delta) => call(args(undefined, delta, 'b'))),
      chunk({}, 'tool_calls'),
    ),
    RIGHT,
    { mode: 'tool', tools: true },
  ),
  ...words.map(([word, reason]) =>
    chatFault(
      `the finish word ${word}`,
      chat(content('{"name":"A'), content('', word)),
      new RegExp(`^IncompleteCompletionError ${reason} `),
    ),
  ),
  ...words.map(([word]) =>
    chatFault(`the finish word ${word} after a closed document`, chat(content(JSON_ANSWER), content('', word)), RIGHT),
  ),
  chatFault(
    'a stop after a length',
    chat(content('{"name":"A', 'length'), content('', 'stop')),
    /^IncompleteCompletionError length /,
  ),
  chatFault('a stop on every chunk', chat(...DELTAS.map((delta) => content(delta, 'stop'))), RIGHT),
  ...[
    '<Think>{"name":"no","age":0}</Think>',
    'Hm: <think>{"name":"no","age":0}</think>',
    '[THINK]{"name":"no","age":0}[/THINK]',
    '◁think▷{"name":"no","age":0}◁/think▷',
    '<|channel|>analysis<|message|>{"name":"no","age":0}<|end|><|start|>assistant<|channel|>final<|message|>',
  ].map((thought) =>
    chatFault(
      `reasoning in the text: ${thought.slice(0, 12)}`,
      chat(...(thought.match(/.{1,7}/gs) ?? []).map((delta) => content(delta)), content(JSON_ANSWER, 'stop')),
      RIGHT,
      { mode: 'text' },
    ),
  ),
  chatFault(
    'reasoning that was not opened',
    chat(content('{"name":"no","age":0}</think>'), content(JSON_ANSWER, 'stop')),
    /^Left .*reasoning/,
    { mode: 'text', requests: 2 },
  ),
  chatFault(
    'reasoning that was not opened, as is known',
    chat(content('{"name":"no","age":0}</think>'), content(JSON_ANSWER, 'stop')),
    RIGHT,
    { mode: 'text', afterThought: true },
  ),
  chatFault(
    'a fence in json-object mode',
    chat(content('```json\n'), content(JSON_ANSWER), content('\n```', 'stop')),
    RIGHT,
    { mode: 'json-object' },
  ),
  chatFault(
    'a fence in json-schema mode',
    chat(content('```json\n'), content(JSON_ANSWER), content('\n```', 'stop')),
    /^Left [^]*mode: 'text'/,
    {
      requests: 2,
      sent: ([, second]) =>
        JSON.stringify(second?.body).includes('only the JSON') ? undefined : 'the model is not told',
    },
  ),
  chatFault(
    'a null for a chunk',
    sse(
      'data: null\n\n',
      ...DELTAS.map((delta) => data(content(delta))),
      'data: 1\n\n',
      'data: {"choices":{}}\n\n',
      data(chunk({ tool_calls: [null] })),
      data(content('', 'stop')),
      DONE,
    ),
    RIGHT,
  ),
  chatFault(
    'a whole completion',
    text(
      JSON.stringify({
        id: 'c',
        object: 'chat.completion',
        choices: [{ index: 0, message: { role: 'assistant', content: JSON_ANSWER }, finish_reason: 'stop' }],
      }),
      'application/json',
    ),
    RIGHT,
  ),
  chatFault('a blank answer', [chat(content(' ', 'stop')), chat(content(JSON_ANSWER, 'stop'))], RIGHT, {
    requests: 2,
    sent: alternate,
  }),
  chatFault('a document that is cut in a number', chat(content('{"name":"A","age":3', 'stop')), /^Left offset 19: /, {
    requests: 2,
  }),
  chatFault('no stream_options', chat(content(JSON_ANSWER, 'stop')), RIGHT, {
    streamOptions: null,
    sent: ([first]) => (first && 'stream_options' in first.body ? 'the key is there' : undefined),
  }),
];

function alternate(exchanges: readonly Exchange[]): string | undefined {
  const messages = exchanges.at(-1)?.body['messages'] as readonly { readonly role: string }[];
  return messages.some(({ role }, at) => role === messages[at + 1]?.role) ? JSON.stringify(messages) : undefined;
}

const response = { id: 'r', model: 'm' };
const message = (id: string, body: string, phase: string): object => ({
  id,
  type: 'message',
  phase,
  content: [{ type: 'output_text', text: body }],
});
const delta = (item_id: string, output_index: number, part: string): string =>
  named({ type: 'response.output_text.delta', item_id, output_index, content_index: 0, delta: part });
const draft = '{"name":"draft","age":1}';

const responsesFault = (
  kind: string,
  answer: Answer,
  comes: string | RegExp,
  more: Asking & Partial<Fault> = {},
): Fault => {
  const { mode, tools, ...fault } = more;
  return {
    kind,
    api: 'responses',
    model: responsesModel({ mode, tools } as Asking),
    answers: [answer],
    comes,
    ...fault,
  };
};

const commentary = sse(
  named({ type: 'response.output_item.added', output_index: 0, item: message('m1', '', 'commentary') }),
  delta('m1', 0, draft),
  named({ type: 'response.output_item.done', output_index: 0, item: message('m1', draft, 'commentary') }),
  named({ type: 'response.output_item.added', output_index: 1, item: message('m2', '', 'final_answer') }),
  ...DELTAS.map((part) => delta('m2', 1, part)),
  named({
    type: 'response.completed',
    response: {
      ...response,
      status: 'completed',
      output: [message('m1', draft, 'commentary'), message('m2', JSON_ANSWER, 'final_answer')],
    },
  }),
);

const responsesFaults: readonly Fault[] = [
  responsesFault('commentary before the answer', commentary, RIGHT),
  responsesFault('commentary before the answer', commentary, RIGHT, { mode: 'text' }),
  responsesFault(
    'items numbered otherwise at the end',
    sse(
      ...DELTAS.map((part) => delta('m2', 2, part)),
      named({
        type: 'response.completed',
        response: { ...response, status: 'completed', output: [message('m2', JSON_ANSWER, 'final_answer')] },
      }),
    ),
    RIGHT,
  ),
  responsesFault(
    'a tool of the user instead of the answer',
    sse(
      named({
        type: 'response.output_item.done',
        output_index: 0,
        item: { type: 'function_call', id: 'f', call_id: 'f', name: 'search', arguments: '{}' },
      }),
      named({ type: 'response.completed', response: { ...response, status: 'completed', output: [] } }),
    ),
    /^ToolCallsError: .*search/,
    { tools: true },
  ),
  responsesFault(
    'a whole response',
    text(
      JSON.stringify({
        ...response,
        object: 'response',
        status: 'completed',
        output: [message('m', JSON_ANSWER, 'final_answer')],
      }),
      'application/json',
    ),
    RIGHT,
  ),
  responsesFault(
    'a status that cuts',
    sse(
      delta('m', 0, '{"name":'),
      named({ type: 'response.cancelled', response: { ...response, status: 'cancelled' } }),
    ),
    /^IncompleteCompletionError interrupted /,
  ),
];

const block = (index: number, content_block: object, ...deltas: readonly object[]): string[] => [
  named({ type: 'content_block_start', index, content_block }),
  ...deltas.map((each) => named({ type: 'content_block_delta', index, delta: each })),
  named({ type: 'content_block_stop', index }),
];
const begin = named({
  type: 'message_start',
  message: { id: 'a', model: 'm', usage: { input_tokens: 1, output_tokens: 1 } },
});
const finish = (stop_reason: string): string =>
  named({ type: 'message_delta', delta: { stop_reason }, usage: { output_tokens: 2 } });
const STOP = named({ type: 'message_stop' });
const tool = (index: number, name: string, json: string): string[] =>
  block(
    index,
    { type: 'tool_use', id: `t${index}`, name, input: {} },
    { type: 'input_json_delta', partial_json: json },
  );
const said = (index: number, body: string): string[] =>
  block(index, { type: 'text', text: '' }, { type: 'text_delta', text: body });

const messagesFault = (
  kind: string,
  answer: Answer,
  comes: string | RegExp,
  more: Asking & Partial<Fault> = {},
): Fault => {
  const { mode, tools, ...fault } = more;
  return { kind, api: 'messages', model: messagesModel({ mode, tools } as Asking), answers: [answer], comes, ...fault };
};

const messagesFaults: readonly Fault[] = [
  messagesFault(
    'a tool of the user beside the answer',
    sse(
      begin,
      ...said(0, 'I look it up.'),
      ...tool(1, 'search', '{"name":"wrong","age":1}'),
      ...tool(2, 'answer', JSON_ANSWER),
      finish('tool_use'),
      STOP,
    ),
    RIGHT,
    { mode: 'tool', tools: true },
  ),
  messagesFault(
    'a tool of the user instead of the answer',
    sse(begin, ...said(0, 'I look it up.'), ...tool(1, 'search', '{}'), finish('tool_use'), STOP),
    /^ToolCallsError: .*search/,
    { tools: true },
  ),
  messagesFault(
    'the answer in the content, in tool mode',
    sse(begin, ...said(0, JSON_ANSWER), finish('end_turn'), STOP),
    RIGHT,
    { mode: 'tool' },
  ),
  messagesFault(
    'a pause',
    sse(begin, ...said(0, '{"name":'), finish('pause_turn'), STOP),
    /^IncompleteCompletionError paused /,
  ),
  messagesFault(
    'a whole message',
    text(
      JSON.stringify({
        type: 'message',
        id: 'a',
        model: 'm',
        content: [{ type: 'text', text: JSON_ANSWER }],
        stop_reason: 'end_turn',
        usage: { input_tokens: 1, output_tokens: 1 },
      }),
      'application/json',
    ),
    RIGHT,
  ),
];

/** The faults that every API has to bear. */
const common: readonly Fault[] = providers.flatMap(({ name, wire, model }): readonly Fault[] => {
  const whole = wire({ text: DELTAS, finish: 'stop' });
  const fault = (kind: string, answer: Answer, comes: string | RegExp, more: Partial<Fault> = {}): Fault => ({
    kind,
    api: name,
    model: (url) => model(url),
    answers: [answer],
    comes,
    ...more,
  });
  const last = whole.at(-1) ?? '';
  return [
    fault(
      'a page',
      text('<!DOCTYPE html><title>Welcome</title>', 'text/html'),
      /^ProviderError: [^]*DOCTYPE[^]*baseURL/,
    ),
    fault('a page in an event stream', text('<html>', 'text/event-stream'), /^ProviderError: [^]*html[^]*baseURL/),
    fault(
      'an error with a good status',
      text('{"error":{"message":"No such model"}}', 'application/json'),
      /^ProviderError: No such model[^]*baseURL/,
    ),
    fault('an empty body', text('', 'application/json'), /^ProviderError: [^]*empty[^]*baseURL/),
    fault('a socket that stays open after the end', stall(...whole), RIGHT),
    fault('a reset after the end', cut(...whole), RIGHT),
    ...(name === 'openaiResponses'
      ? []
      : [
          fault('a socket that stays open after the finish reason', stall(...whole.slice(0, -1)), RIGHT),
          fault('an idle socket after the finish reason', stall(...whole.slice(0, -1)), RIGHT, { idleTimeout: 100 }),
        ]),
    fault('an end inside the last event', sse(...whole.slice(0, -1), last.slice(0, 9)), RIGHT),
    fault(
      'a reset in the middle',
      cut(...wire({ text: DELTAS.slice(0, 2) })),
      // The second by Node's own streams, of which `openai` 4 is made.
      /^IncompleteCompletionError interrupted ".+" <- (TypeError|Error)$/,
    ),
    fault(
      'an end in the middle',
      sse(...wire({ text: DELTAS.slice(0, 2) })),
      /^IncompleteCompletionError interrupted ".+" <- Error$/,
    ),
    fault(
      'an end inside an event',
      sse(...wire({ text: DELTAS.slice(0, 2) }), 'data: {"half'),
      /^IncompleteCompletionError interrupted ".+" <- SyntaxError$/,
    ),
    fault('an idle socket in the middle', stall(...wire({ text: DELTAS.slice(0, 2) })), /^IdleTimeoutError/, {
      idleTimeout: 100,
    }),
  ];
});

export const faults: readonly Fault[] = [...chatFaults, ...responsesFaults, ...messagesFaults, ...common];
