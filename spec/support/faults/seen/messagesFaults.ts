import Anthropic from '@anthropic-ai/sdk';
import type { CompletionModel } from '../../../../lib/completions/CompletionModel.js';
import { anthropicMessages } from '../../../../lib/providers/anthropic/anthropicMessages.js';
import { sse, type Answer } from '../../modelServer.js';
import type { UserMessage } from '../../providers.js';
import type { Fault } from '../Fault.js';
import { JSON_ANSWER, named, RIGHT, schema, text, type Asking } from './events.js';

const anthropic = (url: string): Anthropic => new Anthropic({ apiKey: 'none', baseURL: url, maxRetries: 0 });

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

/** The same for the messages API. */
export const messagesFaults: readonly Fault[] = [
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
