import type { OpenAI } from 'openai';
import { defer } from 'rxjs';
import type { AnswerSchema, CompletionModel, Question } from '../../completions/CompletionModel.js';
import { withOptions } from '../../completions/RequestOptions.js';
import { textDeltas } from '../../deltas/textDeltas.js';
import { checkArguments } from '../checkArguments.js';
import type { AnswerMode } from '../../completions/AnswerMode.js';
import { joinSystem, joinTurns } from '../../completions/joinTurns.js';
import { writePastTurns } from '../../completions/writePastTurns.js';
import { ACCEPTED, givenTurns } from '../../completions/givenTurns.js';
import { schemaPrompt } from '../../completions/schemaPrompt.js';
import {
  fromChatCompletion,
  type ChatCompletionConfig,
  type ChatCompletionBody,
  type ChatCompletionClient,
} from './fromChatCompletion.js';
import { tellChat } from './tellChat.js';
import { toChatTools, toChatTurns } from './toChatTurns.js';
import { expectOptions } from '../../foundation/expectArgument.js';

type Message = OpenAI.ChatCompletionMessageParam;

/** Every parameter of a request, without those for the question and the shape of the answer. */
export type OpenaiChatParams = Omit<ChatCompletionBody, 'messages' | 'response_format'>;

export interface OpenaiChatConfig extends ChatCompletionConfig {
  /** How the model is held to the shape of the answer: `json-schema` by default. */
  readonly mode?: AnswerMode;
  /**
   * In `text` mode: the server sends the model's reasoning as content, and only the tag that ends it (`</think>`). The
   * answer begins after the thought then, and its text is never taken for the answer. Default `false`.
   */
  readonly afterThought?: boolean;
  /**
   * Whether the modes `json-schema` and `tool` ask for strict mode. Default `true`. With `false` the schema is written
   * in all of JSON Schema, so that records and unknown values can be asked for, and the server decides how closely it
   * holds the model to it.
   */
  readonly strict?: boolean;
}

const toPart = (text: string): object => ({ type: 'text', text });

function withSchemaPrompt(messages: readonly Message[], answer: AnswerSchema): Message[] {
  const prompt = schemaPrompt(answer);
  return joinSystem<Message>(messages, prompt, toPart, { role: 'system', content: prompt });
}

function writeConversation({ answer, ...question }: Question<Message>, mode: AnswerMode): Message[] {
  const messages = tellChat(question.messages);
  const isPrompted = (mode === 'json-object' || mode === 'text') && question.isAnswerLater !== true;
  return joinTurns(
    isPrompted ? withSchemaPrompt(messages, answer) : messages,
    writePastTurns<Message>(question, {
      step: toChatTurns,
      assistant: (content) => ({ role: 'assistant', content }),
      user: (content) => ({ role: 'user', content }),
      ...(mode === 'tool' && {
        tool: ({ id, json, error }) => [
          {
            role: 'assistant',
            tool_calls: [{ id, type: 'function', function: { name: answer.name, arguments: json } }],
          },
          { role: 'tool', tool_call_id: id, content: error },
        ],
      }),
    }),
    toPart,
  );
}

function askForShape(
  { answer, tools: called = [], isAnswerLater }: Question<Message>,
  mode: AnswerMode,
  strict: boolean,
  params: OpenaiChatParams,
): Partial<ChatCompletionBody> {
  const isNative = mode === 'json-schema' || mode === 'tool';
  const tools = [...(params.tools ?? []), ...toChatTools(called, isNative && strict)];
  const both = tools.length > 0 && { tools };
  if (isAnswerLater === true) return { ...both };
  switch (mode) {
    case 'json-schema': {
      const { name, description, schema } = answer;
      const described = { name, ...(description !== undefined && { description }) };
      return { ...both, response_format: { type: 'json_schema', json_schema: { ...described, schema, strict } } };
    }
    case 'tool': {
      const forced = called.length > 0 ? 'required' : { type: 'function' as const, function: { name: answer.name } };
      // Some models cannot be forced. Parameters that say so are believed.
      return { tools: [...tools, ...toChatTools([answer], strict)], tool_choice: params.tool_choice ?? forced };
    }
    case 'json-object':
      return { ...both, response_format: { type: 'json_object' } };
    case 'text':
      return { ...both };
  }
}

const modes: readonly AnswerMode[] = ['json-schema', 'tool', 'json-object', 'text'];

/**
 * A model behind OpenAI's chat completions API, or behind any server that speaks it, to ask for structured answers.
 *
 * Modes: `json-schema` (strict structured outputs, the default), `tool` (one strict function, forced unless the
 * parameters have a `tool_choice`), `json-object` and `text` (the schema in the prompt). With `strict: false` the first
 * two take any schema.
 *
 * @example
 * import OpenAI from 'openai';
 * import * as t from 'io-ts';
 * import { structuredCompletion } from 'rx-structured';
 * import { openaiChat } from 'rx-structured/openai';
 *
 * structuredCompletion(openaiChat(new OpenAI(), { model: 'gpt-4o-mini' }), {
 *   codec: t.type({ name: t.string, age: t.number }),
 *   messages: [{ role: 'user', content: 'Extract user info: John is 30 years old.' }],
 * }).subscribe((event) => {
 *   console.log(event);
 * });
 *
 * @see {@link fromChatCompletion} for the events of any request
 * @param client An OpenAI client, of any major from 4 on.
 * @param params The parameters of the request, all but the messages: `model` and whatever else the API has.
 * @param config How to hold the model to the shape of the answer.
 * @throws TypeError where the client, the parameters or the mode are something else.
 * @returns A model for {@link structuredCompletion} and {@link structuredElements}.
 * @since 0.1.0
 */
export function openaiChat(
  client: ChatCompletionClient,
  params: OpenaiChatParams,
  config: OpenaiChatConfig = {},
): CompletionModel<Message, Message> {
  expectOptions('openaiChat', config);
  const mode = config.mode ?? 'json-schema';
  checkArguments('openaiChat', { client, method: 'chat.completions.create', params, mode, modes });
  const preface = mode !== 'text' && (params.tools ?? []).length > 0;
  const { strict = true } = config;
  const native = mode === 'json-schema' || mode === 'tool';

  return {
    model: params.model,
    mode,
    params: { ...params, strict },
    dialect: native && strict ? 'openai' : 'open',
    heedsIdleTimeout: true,
    jsonInText: mode === 'text',
    afterThought: mode === 'text' && config.afterThought === true,
    jsonInFence: mode === 'json-object',
    toMessages: (given) =>
      givenTurns<Message>(given, {
        assistant: (content) => ({ role: 'assistant', content }),
        step: toChatTurns,
        tool: ({ id, json }) => [
          {
            role: 'assistant',
            tool_calls: [{ id, type: 'function', function: { name: given.answer.name, arguments: json } }],
          },
          { role: 'tool', tool_call_id: id, content: ACCEPTED },
        ],
      }),
    toText: ({ name }) => textDeltas({ tool: mode === 'tool' && name, answer: name, preface }),
    ask: (question) =>
      defer(() =>
        fromChatCompletion(
          client,
          { ...params, messages: writeConversation(question, mode), ...askForShape(question, mode, strict, params) },
          {
            turnParts: question.tools !== undefined,
            idleTimeout: question.idleTimeout ?? config.idleTimeout,
            requestOptions: withOptions(config.requestOptions, question.requestOptions),
          },
        ),
      ),
  };
}
