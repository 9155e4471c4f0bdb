import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import type { AnswerMode } from '../../lib/completions/AnswerMode.js';
import type { CompletionModel } from '../../lib/completions/CompletionModel.js';
import { anthropicMessages } from '../../lib/providers/anthropic/anthropicMessages.js';
import { ollamaChat } from '../../lib/providers/ollama/ollamaChat.js';
import { openaiChat } from '../../lib/providers/openai/openaiChat.js';
import { openaiResponses } from '../../lib/providers/openai/openaiResponses.js';
import { sse, type Answer } from './modelServer.js';

const event = (data: object, name?: string): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`;

export interface Call {
  readonly id: string;
  readonly order: string;
}

/** An API, as its server speaks and its client asks. */
export interface Api {
  readonly name: string;
  readonly model: (url: string, mode?: AnswerMode) => CompletionModel<{ role: 'user'; content: string }>;
  /** A response that thinks, and calls `lookUp`. */
  readonly calling: (calls: readonly Call[]) => Answer;
  readonly answering: Answer;
  /** The turns that tell what was called, and what came of it. */
  readonly turns: (calls: readonly (Call & { readonly told: string; readonly isError?: boolean })[]) => unknown;
  readonly conversation: (body: Readonly<Record<string, unknown>>) => readonly unknown[];
  readonly tools: (body: Readonly<Record<string, unknown>>) => readonly unknown[];
}

const named = (data: { readonly type: string; readonly [field: string]: unknown }): string => event(data, data.type);
const chunk = (delta: object, finish_reason: string | null = null): string =>
  event({ id: 'c1', model: 'm', choices: [{ index: 0, delta, finish_reason }] });
const error = (told: string, isError = false): string => (isError ? `Error: ${told}` : told);
const answer = '{"reply":"Both are on their way."}';
const objectIn = (text: string): object => {
  try {
    return JSON.parse(text) as object;
  } catch {
    return {};
  }
};

export const chat: Api = {
  name: 'openaiChat',
  model: (url, mode = 'json-schema') =>
    openaiChat(new OpenAI({ apiKey: 'none', baseURL: `${url}/v1`, maxRetries: 0 }), { model: 'm' }, { mode }),
  calling: (calls) =>
    sse(
      chunk({ role: 'assistant', content: null, reasoning_content: 'I must ' }),
      chunk({ reasoning_content: 'look.' }),
      ...calls.flatMap(({ id, order }, index) => [
        chunk({ tool_calls: [{ index, id, type: 'function', function: { name: 'lookUp', arguments: '' } }] }),
        chunk({ tool_calls: [{ index, function: { arguments: '{"order":' } }] }),
        chunk({ tool_calls: [{ index, function: { arguments: `${order}}` } }] }),
      ]),
      chunk({}, 'tool_calls'),
      'data: [DONE]\n\n',
    ),
  answering: sse(chunk({ content: answer }), chunk({}, 'stop'), 'data: [DONE]\n\n'),
  turns: (calls) => [
    {
      role: 'assistant',
      content: null,
      reasoning_content: 'I must look.',
      tool_calls: calls.map(({ id, order }) => ({
        id,
        type: 'function',
        function: { name: 'lookUp', arguments: JSON.stringify(objectIn(`{"order":${order}}`)) },
      })),
    },
    ...calls.map(({ id, told, isError }) => ({ role: 'tool', tool_call_id: id, content: error(told, isError) })),
  ],
  conversation: ({ messages: turns }) => turns as unknown[],
  tools: ({ tools = [] }) => (tools as { function: { name: string } }[]).map(({ function: { name } }) => name),
};

export const responses: Api = {
  name: 'openaiResponses',
  model: (url, mode = 'json-schema') =>
    openaiResponses(new OpenAI({ apiKey: 'none', baseURL: `${url}/v1`, maxRetries: 0 }), { model: 'm' }, { mode }),
  calling: (calls) => {
    const response = { id: 'r1', model: 'm' };
    return sse(
      named({ type: 'response.created', response: { ...response, status: 'in_progress' } }),
      named({ type: 'response.output_item.done', output_index: 0, item: reasoning }),
      ...calls.flatMap(({ id, order }, nth) => {
        const item = { id: `fc_${id}`, type: 'function_call', call_id: id, name: 'lookUp' };
        const at = { output_index: nth + 1 };
        return [
          named({ type: 'response.output_item.added', ...at, item: { ...item, arguments: '' } }),
          named({ type: 'response.function_call_arguments.delta', ...at, delta: `{"order":${order}}` }),
          named({ type: 'response.output_item.done', ...at, item: { ...item, arguments: `{"order":${order}}` } }),
        ];
      }),
      named({ type: 'response.completed', response: { ...response, status: 'completed' } }),
    );
  },
  answering: sse(
    named({ type: 'response.created', response: { id: 'r2', model: 'm', status: 'in_progress' } }),
    named({ type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: answer }),
    named({ type: 'response.completed', response: { id: 'r2', model: 'm', status: 'completed' } }),
  ),
  turns: (calls) => [
    reasoning,
    ...calls.map(({ id, order }) => ({
      id: `fc_${id}`,
      type: 'function_call',
      call_id: id,
      name: 'lookUp',
      arguments: `{"order":${order}}`,
    })),
    ...calls.map(({ id, told, isError }) => ({
      type: 'function_call_output',
      call_id: id,
      output: error(told, isError),
    })),
  ],
  conversation: ({ input }) => input as unknown[],
  tools: ({ tools = [] }) => (tools as { name: string }[]).map(({ name }) => name),
};
const reasoning = { id: 'rs_1', type: 'reasoning', summary: [{ type: 'summary_text', text: 'I must look.' }] };

const thinking = { type: 'thinking', thinking: 'I must look.', signature: 'c2ln' };

export const anthropic: Api = {
  name: 'anthropicMessages',
  model: (url, mode = 'json-schema') => {
    const client = new Anthropic({ apiKey: 'none', baseURL: url, maxRetries: 0 });
    if (mode === 'json-object') throw new Error('no such mode');
    return anthropicMessages(client, { model: 'm', max_tokens: 9 }, { mode });
  },
  calling: (calls) => {
    const block = (index: number, content_block: object, ...deltas: readonly object[]): string[] => [
      named({ type: 'content_block_start', index, content_block }),
      ...deltas.map((delta) => named({ type: 'content_block_delta', index, delta })),
      named({ type: 'content_block_stop', index }),
    ];
    return sse(
      named({ type: 'message_start', message: { id: 'm1', model: 'm', usage: {} } }),
      ...block(
        0,
        { type: 'thinking', thinking: '', signature: '' },
        { type: 'thinking_delta', thinking: 'I must ' },
        { type: 'thinking_delta', thinking: 'look.' },
        { type: 'signature_delta', signature: 'c2ln' },
      ),
      ...block(1, { type: 'redacted_thinking', data: 'eHh4' }),
      ...calls.flatMap(({ id, order }, nth) =>
        block(
          nth + 2,
          { type: 'tool_use', id, name: 'lookUp', input: {} },
          { type: 'input_json_delta', partial_json: '{"order":' },
          { type: 'input_json_delta', partial_json: `${order}}` },
        ),
      ),
      named({ type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 1 } }),
      named({ type: 'message_stop' }),
    );
  },
  answering: sse(
    named({ type: 'message_start', message: { id: 'm2', model: 'm', usage: {} } }),
    named({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
    named({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: answer } }),
    named({ type: 'content_block_stop', index: 0 }),
    named({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 1 } }),
    named({ type: 'message_stop' }),
  ),
  turns: (calls) => [
    {
      role: 'assistant',
      content: [
        thinking,
        { type: 'redacted_thinking', data: 'eHh4' },
        ...calls.map(({ id, order }) => ({
          type: 'tool_use',
          id,
          name: 'lookUp',
          input: objectIn(`{"order":${order}}`),
        })),
      ],
    },
    {
      role: 'user',
      content: calls.map(({ id, told, isError }) => ({
        type: 'tool_result',
        tool_use_id: id,
        content: told,
        ...(isError === true && { is_error: true }),
      })),
    },
  ],
  conversation: ({ messages: turns }) => turns as unknown[],
  tools: ({ tools = [] }) => (tools as { name: string }[]).map(({ name }) => name),
};

const line = (data: object): string => `${JSON.stringify(data)}\n`;

export const ollama: Api = {
  name: 'ollamaChat',
  model: (url, mode = 'json-schema') => ollamaChat({ host: url, model: 'm' }, { mode }),
  calling: (calls) =>
    sse(
      line({ model: 'm', message: { role: 'assistant', content: '', thinking: 'I must ' }, done: false }),
      line({
        model: 'm',
        message: {
          role: 'assistant',
          content: '',
          thinking: 'look.',
          tool_calls: calls.map(({ id, order }) => ({
            id,
            function: { name: 'lookUp', arguments: objectIn(`{"order":${order}}`) },
          })),
        },
        done: false,
      }),
      line({ model: 'm', message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop' }),
    ),
  answering: sse(
    line({ model: 'm', message: { role: 'assistant', content: answer }, done: false }),
    line({ model: 'm', message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop' }),
  ),
  turns: (calls) => [
    {
      role: 'assistant',
      content: '',
      thinking: 'I must look.',
      tool_calls: calls.map(({ id, order }) => ({
        id,
        function: { name: 'lookUp', arguments: objectIn(`{"order":${order}}`) },
      })),
    },
    ...calls.map(({ told, isError }) => ({ role: 'tool', tool_name: 'lookUp', content: error(told, isError) })),
  ],
  conversation: ({ messages: turns }) => turns as unknown[],
  tools: ({ tools = [] }) => (tools as { function: { name: string } }[]).map(({ function: { name } }) => name),
};
