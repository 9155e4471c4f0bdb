import { defer } from 'rxjs';
import { checkArguments } from '../checkArguments.js';
import type { AnswerMode } from '../../completions/AnswerMode.js';
import type { CompletionModel, Question } from '../../completions/CompletionModel.js';
import { joinTurns } from '../../completions/joinTurns.js';
import { writePastTurns } from '../../completions/writePastTurns.js';
import { fromCompletion, type FromCompletionConfig } from '../../completions/fromCompletion.js';
import { withTurnParts } from '../../completions/withTurnParts.js';
import { withOptions } from '../../completions/RequestOptions.js';
import { ACCEPTED, givenTurns } from '../../completions/givenTurns.js';
import { schemaPrompt } from '../../completions/schemaPrompt.js';
import { textDeltas } from '../../deltas/textDeltas.js';
import { ResponseReader } from '../ResponseReader.js';
import { createOllamaReader } from './createOllamaReader.js';
import { requestOllama } from './requestOllama.js';
import { OllamaTurn, toOllamaTools, toOllamaTurns } from './toOllamaTurns.js';
import { tellOllama, type OllamaMessage } from './tellOllama.js';
import { expectOptions } from '../../foundation/expectArgument.js';

/** A tool of your own, beside the answer's. */
export interface OllamaTool {
  readonly type: 'function';
  readonly function: {
    readonly name: string;
    readonly description?: string;
    readonly parameters?: Readonly<Record<string, unknown>>;
  };
}

/** The parameters of a request, as Ollama has them, and where it is sent. */
export interface OllamaChatParams {
  readonly model: string;
  /** As OLLAMA_HOST has it, also with a name and a password. Default `'http://127.0.0.1:11434'`. */
  readonly host?: string;
  /** `temperature`, `num_ctx`, `num_predict` … */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Whether the model thinks before it answers, or how much. By default as the model does by itself. */
  readonly think?: boolean | 'low' | 'medium' | 'high';
  /** How long the model stays in memory: `'5m'`, or seconds. */
  readonly keep_alive?: string | number;
  readonly tools?: readonly OllamaTool[];
  /** Such as `authorization`, for a server behind a gate. */
  readonly headers?: Readonly<Record<string, string>>;
  /** In the place of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface OllamaChatConfig extends FromCompletionConfig {
  /** How the model is held to the shape of the answer: `json-schema` by default. */
  readonly mode?: AnswerMode;
}

/** Small models take the first system message only. */
function withSystem(messages: readonly OllamaMessage[], prompt: string): OllamaMessage[] {
  const [first, ...rest] = messages;
  return first?.role === 'system'
    ? [{ ...first, content: `${first.content}\n\n${prompt}` }, ...rest]
    : [{ role: 'system', content: prompt }, ...messages];
}

function writeConversation({ answer, ...question }: Question<OllamaMessage>, mode: AnswerMode): OllamaMessage[] {
  const messages = tellOllama(question.messages);
  const { name } = answer;
  const prompt =
    mode === 'json-schema' || question.isAnswerLater === true
      ? undefined
      : mode === 'tool'
        ? // A call cannot be forced.
          `Give your answer by calling the tool ${name}, and in no other way.`
        : schemaPrompt(answer);
  return joinTurns(
    prompt === undefined ? messages : withSystem(messages, prompt),
    writePastTurns<OllamaMessage>(question, {
      step: toOllamaTurns,
      assistant: (content) => ({ role: 'assistant', content }),
      user: (content) => ({ role: 'user', content }),
      ...(mode === 'tool' && {
        tool: ({ id, input, error }) => [
          { role: 'assistant', content: '', tool_calls: [{ id, function: { name, arguments: input } }] },
          { role: 'tool', tool_name: name, content: error },
        ],
      }),
    }),
    (text) => ({ type: 'text', text }),
  );
}

function askForShape(
  { answer, tools: called = [], isAnswerLater }: Question<OllamaMessage>,
  mode: AnswerMode,
  own: readonly OllamaTool[],
): object {
  const isTool = mode === 'tool' && isAnswerLater !== true;
  const tools = [...own, ...toOllamaTools(isTool ? [...called, answer] : called)];
  const both = tools.length > 0 && { tools };
  if (isAnswerLater === true || mode === 'tool' || mode === 'text') return { ...both };
  return { ...both, format: mode === 'json-schema' ? answer.schema : 'json' };
}

const modes: readonly AnswerMode[] = ['json-schema', 'tool', 'json-object', 'text'];

/**
 * A model behind Ollama's own API, to ask for structured answers; through `fetch`, so no SDK is needed.
 *
 * Modes: `json-schema` (the grammar lets the model write nothing else, the default), `tool` (one tool, which the model
 * is told to call, but cannot be forced to), `json-object` and `text` (the schema in the prompt). All of JSON Schema is
 * asked for, whatever the mode.
 *
 * 1. An HTTP error is a {@link ProviderError} with `status` and `body`; so is an error within the answer, without a
 *    `status`. Errors of `fetch` pass unchanged.
 * 2. Reasoning is `reasoning-delta`, and never part of the answer.
 * 3. Unsubscribing aborts the request, and with it the model's work.
 *
 * @example
 * import * as t from 'io-ts';
 * import { structuredCompletion } from 'rx-structured';
 * import { ollamaChat } from 'rx-structured/ollama';
 *
 * structuredCompletion(ollamaChat({ model: 'llama3.2', options: { temperature: 0 } }), {
 *   codec: t.type({ name: t.string, age: t.number }),
 *   messages: [{ role: 'user', content: 'Extract user info: John is 30 years old.' }],
 * }).subscribe((event) => {
 *   console.log(event);
 * });
 *
 * @see {@link structuredCompletion} for how it is asked
 * @param params The parameters of the request, all but the messages; where it is sent.
 * @param config How to hold the model to the shape of the answer, and how long to wait for a chunk.
 * @throws TypeError where the parameters or the mode are something else.
 * @returns A model for {@link structuredCompletion} and {@link structuredElements}.
 * @since 0.1.0
 */
export function ollamaChat(
  params: OllamaChatParams,
  config: OllamaChatConfig = {},
): CompletionModel<OllamaMessage, OllamaMessage> {
  expectOptions('ollamaChat', config);
  const mode = config.mode ?? 'json-schema';
  checkArguments('ollamaChat', { params, mode, modes });
  const { host, fetch, headers, tools = [], ...rest } = params;
  const preface = mode !== 'text' && tools.length > 0;

  return {
    model: params.model,
    mode,
    params: { ...rest, tools },
    dialect: 'open',
    // The grammar that holds the model to a schema lets it call nothing.
    ...((mode === 'json-schema' || mode === 'json-object') && { answer: 'last-step' as const }),
    heedsIdleTimeout: true,
    jsonInText: mode === 'text',
    toText: ({ name }) => textDeltas({ tool: mode === 'tool' && name, answer: name, preface }),
    toMessages: (given) =>
      givenTurns<OllamaMessage>(given, {
        step: toOllamaTurns,
        assistant: (content) => ({ role: 'assistant', content }),
        tool: ({ id, input }) => [
          {
            role: 'assistant',
            content: '',
            tool_calls: [{ id, function: { name: given.answer.name, arguments: input } }],
          },
          { role: 'tool', tool_name: given.answer.name, content: ACCEPTED },
        ],
      }),
    ask: (question) =>
      defer(() => {
        const body = {
          ...rest,
          messages: writeConversation(question, mode),
          ...askForShape(question, mode, tools),
          stream: true,
        };
        const options = withOptions({ headers }, question.requestOptions);
        const reader = new ResponseReader(
          question.tools === undefined ? createOllamaReader() : withTurnParts(createOllamaReader(), new OllamaTurn()),
        );
        return fromCompletion(
          async (signal) => {
            const response = await requestOllama({ host, fetch, headers: options?.headers, body, signal });
            reader.tell(response.headers);
            return response.chunks;
          },
          (chunk) => reader.read(chunk),
          { idleTimeout: question.idleTimeout ?? config.idleTimeout },
        );
      }),
  };
}
