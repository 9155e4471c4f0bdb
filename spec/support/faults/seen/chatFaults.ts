import OpenAI from 'openai';
import type { CompletionModel } from '../../../../lib/completions/CompletionModel.js';
import { openaiChat } from '../../../../lib/providers/openai/openaiChat.js';
import { sse, type Answer, type Exchange } from '../../modelServer.js';
import type { UserMessage } from '../../providers.js';
import type { Fault } from '../Fault.js';
import { data, DELTAS, DONE, JSON_ANSWER, RIGHT, schema, text, type Asking } from './events.js';

const openai = (url: string): OpenAI => new OpenAI({ apiKey: 'none', baseURL: `${url}/v1`, maxRetries: 0 });

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

/** What servers that speak the chat completions API have been seen to do. */
export const chatFaults: readonly Fault[] = [
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
  chatFault(
    'an id of its own for every delta of a call',
    chat(
      call(args(0, '', 'a', 'answer')),
      ...DELTAS.map((delta, at) => call(args(0, delta, `a${at}`))),
      chunk({}, 'tool_calls'),
    ),
    RIGHT,
    { mode: 'tool' },
  ),
  chatFault(
    'a call in the old form beside the new one',
    chat(
      ...DELTAS.map((delta, at) =>
        chunk({
          tool_calls: [args(0, delta, 'a', at === 0 ? 'answer' : undefined)],
          function_call: { name: 'answer', arguments: delta },
        }),
      ),
      chunk({}, 'tool_calls'),
    ),
    RIGHT,
    { mode: 'tool' },
  ),
  chatFault(
    'events of the completions API',
    chat(...DELTAS.map((text) => ({ choices: [{ index: 0, text }] }))),
    /^ProviderError: None of the events \(3\) .* the keys "choices"\. Is baseURL right/,
  ),
  chatFault(
    'an error in a form of its own',
    chat({ detail: 'No such model' }),
    /^ProviderError: No such model\. None of the events \(1\) .* "detail"/,
  ),
  chatFault(
    'lines of JSON',
    text(DELTAS.map((delta) => `${JSON.stringify(content(delta))}\n`).join(''), 'application/x-ndjson'),
    /^ProviderError: No event came: the response is of another form, \d+ characters/,
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
