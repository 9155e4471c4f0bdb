import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI as createOpenAI4 } from '@ai-sdk/openai';
import { createOpenAI as createOpenAI2 } from '@ai-sdk/openai-2';
import { createOpenAI as createOpenAI3 } from '@ai-sdk/openai-3';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { createOllama } from 'ollama-ai-provider-v2';
import type { AnyLanguageModel } from '../../lib/providers/ai-sdk/AnyLanguageModel.js';
import { chatWire, messagesWire, type Script } from './wire.js';

/** How a provider's server says this, and how it says in the middle of an answer that it failed. */
export interface Protocol {
  readonly wire: (script: Script) => string[];
  readonly failure: string;
  /** Whether this body of a request asks for a schema by the provider's own structured outputs. */
  readonly sendsSchema: (body: string) => boolean;
}

type Fetch = typeof globalThis.fetch;

export interface AiSdkPackage {
  /** As the documentation's table has it. */
  readonly name: string;
  /** Through another `fetch` than the global one, if there is one. */
  readonly model: (url: string, fetch?: Fetch) => AnyLanguageModel;
  readonly protocol: Protocol;
}

const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;
const named = (data: { readonly type: string; readonly [field: string]: unknown }): string =>
  `event: ${data.type}\n${event(data)}`;
const overloaded = { type: 'overloaded_error', message: 'Overloaded' };

/** The tokens of all kinds that the API counts. */
const chat: Protocol = {
  wire: (script) =>
    chatWire(script, 'UserInfo').map((each) =>
      each.replace(
        '"total_tokens":15',
        '"total_tokens":15,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":2}',
      ),
    ),
  failure: event({ error: overloaded }),
  sendsSchema: (body) => body.includes('"json_schema"'),
};

/** As the real API has it: the AI SDK's packages check every field. */
function responsesWire({ text = [], args, refusal, finish }: Script): string[] {
  let sequence_number = 0;
  const next = (data: { readonly type: string; readonly [field: string]: unknown }): string =>
    named({ sequence_number: sequence_number++, ...data });
  const response = { id: 'resp_1', object: 'response', created_at: 1, model: 'responses-1', output: [] };
  const usage = {
    input_tokens: 10,
    input_tokens_details: { cached_tokens: 4 },
    output_tokens: 5,
    output_tokens_details: { reasoning_tokens: 2 },
    total_tokens: 15,
  };
  const place = { item_id: 'msg_1', output_index: 0, content_index: 0 };
  const message = { type: 'message', id: 'msg_1', role: 'assistant', status: 'in_progress', content: [] };
  const call = { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'UserInfo', arguments: '' };
  const done = (item: object): string[] =>
    finish === undefined ? [] : [next({ type: 'response.output_item.done', output_index: 0, item })];
  const added = (item: object): string => next({ type: 'response.output_item.added', output_index: 0, item });
  const whole = (content: object): object => ({ ...message, status: 'completed', content: [content] });

  const created = next({ type: 'response.created', response: { ...response, status: 'in_progress' } });
  const said =
    text.length === 0
      ? []
      : [
          added(message),
          ...text.map((delta) => next({ type: 'response.output_text.delta', ...place, delta, logprobs: [] })),
          ...done(whole({ type: 'output_text', text: text.join(''), annotations: [] })),
        ];
  const called =
    args === undefined
      ? []
      : [
          added(call),
          ...args.map((delta) =>
            next({ type: 'response.function_call_arguments.delta', item_id: 'fc_1', output_index: 0, delta }),
          ),
          ...done({ ...call, arguments: args.join(''), status: 'completed' }),
        ];
  const declined =
    refusal === undefined
      ? []
      : [
          added(message),
          next({ type: 'response.refusal.delta', ...place, delta: refusal }),
          next({ type: 'response.refusal.done', ...place, refusal }),
          ...done(whole({ type: 'refusal', refusal })),
        ];
  const incomplete_details = { reason: 'max_output_tokens' };
  const ended =
    finish === undefined
      ? []
      : finish === 'stop'
        ? [next({ type: 'response.completed', response: { ...response, status: 'completed', usage } })]
        : [next({ type: 'response.incomplete', response: { ...response, incomplete_details, usage } })];
  return [created, ...said, ...called, ...declined, ...ended];
}

const responses: Protocol = {
  wire: responsesWire,
  failure: named({ type: 'error', sequence_number: 9, code: 'server_error', message: 'Overloaded', param: null }),
  sendsSchema: (body) => body.includes('"json_schema"'),
};

const messages: Protocol = {
  wire: (script) =>
    messagesWire(script, 'UserInfo').map((each) =>
      each.replace('"input_tokens":10', '"input_tokens":6,"cache_read_input_tokens":4'),
    ),
  failure: named({ type: 'error', error: overloaded }),
  sendsSchema: (body) => body.includes('"output_config"'),
};

const gemini: Protocol = {
  wire: ({ text = [], args, refusal, finish }) => {
    const chunk = (parts: readonly object[], finishReason?: string): string =>
      event({
        responseId: 'g_1',
        modelVersion: 'gemini-1',
        candidates: [{ content: { role: 'model', parts }, ...(finishReason !== undefined && { finishReason }) }],
        usageMetadata: {
          promptTokenCount: 10,
          cachedContentTokenCount: 4,
          candidatesTokenCount: 3,
          thoughtsTokenCount: 2,
          totalTokenCount: 15,
        },
      });
    const reason = refusal !== undefined ? 'SAFETY' : finish === 'stop' ? 'STOP' : 'MAX_TOKENS';
    return [
      ...text.map((each) => chunk([{ text: each }])),
      ...(args ? [chunk([{ functionCall: { name: 'UserInfo', args: JSON.parse(args.join('')) as object } }])] : []),
      ...(finish === undefined ? [] : [chunk([], reason)]),
    ];
  },
  failure: event({ error: { code: 503, message: 'Overloaded', status: 'UNAVAILABLE' } }),
  sendsSchema: (body) => body.includes('"responseJsonSchema"'),
};

const ollama: Protocol = {
  wire: ({ text = [], args, finish }) => {
    const line = (message: object, fields: object = { done: false }): string =>
      `${JSON.stringify({ model: 'llama', created_at: '2026-01-01T00:00:00Z', message: { role: 'assistant', content: '', ...message }, ...fields })}\n`;
    const call = { function: { name: 'UserInfo', arguments: JSON.parse((args ?? ['{}']).join('')) as object } };
    return [
      ...text.map((content) => line({ content })),
      ...(args ? [line({ tool_calls: [call] })] : []),
      ...(finish ? [line({}, { done: true, done_reason: finish, prompt_eval_count: 10, eval_count: 5 })] : []),
    ];
  },
  failure: `${JSON.stringify({ error: 'Overloaded' })}\n`,
  sendsSchema: (body) => body.includes('"format":{'),
};

const apiKey = 'none';
const compatible = (baseURL: string, supportsStructuredOutputs: boolean, fetch?: Fetch) =>
  createOpenAICompatible({
    name: 'example',
    baseURL: `${baseURL}/v1`,
    supportsStructuredOutputs,
    includeUsage: true,
    ...(fetch && { fetch }),
  });

/** Real packages, each told where the server is. */
export const aiSdkPackages: readonly AiSdkPackage[] = [
  {
    name: '`@ai-sdk/openai` 2, chat',
    model: (url, fetch = globalThis.fetch) => createOpenAI2({ apiKey, baseURL: `${url}/v1`, fetch }).chat('gpt-4o'),
    protocol: chat,
  },
  {
    name: '`@ai-sdk/openai` 3, chat',
    model: (url, fetch = globalThis.fetch) => createOpenAI3({ apiKey, baseURL: `${url}/v1`, fetch }).chat('gpt-4o'),
    protocol: chat,
  },
  {
    name: '`@ai-sdk/openai` 4, chat',
    model: (url, fetch = globalThis.fetch) => createOpenAI4({ apiKey, baseURL: `${url}/v1`, fetch }).chat('gpt-4o'),
    protocol: chat,
  },
  {
    name: '`@ai-sdk/openai` 2, responses',
    model: (url, fetch = globalThis.fetch) =>
      createOpenAI2({ apiKey, baseURL: `${url}/v1`, fetch }).responses('gpt-4o'),
    protocol: responses,
  },
  {
    name: '`@ai-sdk/openai` 3, responses',
    model: (url, fetch = globalThis.fetch) =>
      createOpenAI3({ apiKey, baseURL: `${url}/v1`, fetch }).responses('gpt-4o'),
    protocol: responses,
  },
  {
    name: '`@ai-sdk/openai` 4, responses',
    model: (url, fetch = globalThis.fetch) =>
      createOpenAI4({ apiKey, baseURL: `${url}/v1`, fetch }).responses('gpt-4o'),
    protocol: responses,
  },
  {
    name: '`@ai-sdk/anthropic`',
    model: (url, fetch = globalThis.fetch) =>
      createAnthropic({ apiKey, baseURL: `${url}/v1`, fetch })('claude-haiku-4-5'),
    protocol: messages,
  },
  {
    name: '`@ai-sdk/google`',
    model: (url, fetch = globalThis.fetch) =>
      createGoogleGenerativeAI({ apiKey, baseURL: `${url}/v1`, fetch })('gemini-2.5-flash'),
    protocol: gemini,
  },
  {
    name: '`@ai-sdk/openai-compatible`',
    model: (url, fetch) => compatible(url, false, fetch)('m'),
    protocol: chat,
  },
  {
    name: '`@ai-sdk/openai-compatible`, with `supportsStructuredOutputs`',
    model: (url, fetch) => compatible(url, true, fetch)('m'),
    protocol: chat,
  },
  {
    name: '`ollama-ai-provider-v2`',
    model: (url, fetch = globalThis.fetch) => createOllama({ baseURL: `${url}/api`, fetch })('llama'),
    protocol: ollama,
  },
];
