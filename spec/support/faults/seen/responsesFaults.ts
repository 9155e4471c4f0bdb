import { createOpenAI } from '@ai-sdk/openai';
import OpenAI from 'openai';
import type { CompletionModel } from '../../../../lib/completions/CompletionModel.js';
import { languageModel } from '../../../../lib/providers/ai-sdk/languageModel.js';
import { openaiResponses } from '../../../../lib/providers/openai/openaiResponses.js';
import { sse, type Answer } from '../../modelServer.js';
import type { UserMessage } from '../../providers.js';
import type { Fault } from '../Fault.js';
import { data, DELTAS, JSON_ANSWER, named, RIGHT, schema, text, type Asking } from './events.js';

const openai = (url: string): OpenAI => new OpenAI({ apiKey: 'none', baseURL: `${url}/v1`, maxRetries: 0 });

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

const response = { id: 'r', model: 'm' };
const message = (id: string, body: string, phase: string): object => ({
  id,
  type: 'message',
  phase,
  content: [{ type: 'output_text', text: body }],
});
const delta = (item_id: string, output_index: number, part: string): string =>
  named({
    type: 'response.output_text.delta',
    item_id,
    output_index,
    content_index: 0,
    delta: part,
    sequence_number: 1,
    logprobs: [],
  });
const state = (status: string, more: object = {}): object => ({
  response: { ...response, object: 'response', created_at: 1, status, output: [], ...more },
});
const created = named({ type: 'response.created', sequence_number: 0, ...state('in_progress') });
const failed = named({
  type: 'response.failed',
  sequence_number: 2,
  ...state('failed', { error: { code: 'server_error', message: 'Boom' } }),
});
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

/** The same for the responses API. */
export const responsesFaults: readonly Fault[] = [
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
    'events of chat completions',
    sse(...DELTAS.map((content) => data({ id: 'c', choices: [{ index: 0, delta: { content } }] }))),
    /^ProviderError: None of the events \(3\) .* the keys "id", "choices"\. Is baseURL right/,
  ),
  responsesFault('a failure in the middle', sse(created, delta('m', 0, '{"name":'), failed), 'ProviderError: Boom'),
  responsesFault('a failure in the middle', sse(created, delta('m', 0, '{"name":'), failed), 'ProviderError: Boom', {
    api: "the AI SDK's responses",
    model: (url) => languageModel(createOpenAI({ apiKey: 'none', baseURL: `${url}/v1` }).responses('m')) as never,
  }),
  responsesFault(
    'a status that cuts',
    sse(
      delta('m', 0, '{"name":'),
      named({ type: 'response.cancelled', response: { ...response, status: 'cancelled' } }),
    ),
    /^IncompleteCompletionError interrupted /,
  ),
];
