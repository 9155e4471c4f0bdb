import type { OpenAI } from 'openai';
import { defer } from 'rxjs';
import { checkArguments } from '../checkArguments.js';
import type { AnswerMode } from '../../completions/AnswerMode.js';
import type { AnswerSchema, CompletionModel, Question } from '../../completions/CompletionModel.js';
import { failedTurns } from '../../completions/failedTurns.js';
import { ACCEPTED, givenTurns } from '../../completions/givenTurns.js';
import { withOptions } from '../../completions/RequestOptions.js';
import { schemaPrompt } from '../../completions/schemaPrompt.js';
import { textDeltas } from '../../deltas/textDeltas.js';
import { fromResponse, type ResponseConfig, type ResponseBody, type ResponsesClient } from './fromResponse.js';
import { tellResponses } from './tellResponses.js';

type Item = OpenAI.Responses.ResponseInputItem;

/** Every parameter of a request that does not say what is asked. `text.format` is the answer's shape, and overruled. */
export type OpenaiResponsesParams = Omit<ResponseBody, 'input'>;

export interface OpenaiResponsesConfig extends ResponseConfig {
  /** How the model is held to the shape of the answer: `json-schema` by default. */
  readonly mode?: AnswerMode;
  /**
   * Whether the modes `json-schema` and `tool` ask for strict mode. Default `true`. With `false` the schema is written in
   * all of JSON Schema, so that records and unknown values can be asked for, and the server decides how closely it
   * holds the model to it.
   */
  readonly strict?: boolean;
}

function input({ messages, answer, failures }: Question<Item>, mode: AnswerMode): Item[] {
  // Not in `instructions`: a request for a JSON object is refused unless the input itself mentions JSON.
  const prompted = mode === 'json-object' || mode === 'text';
  return [
    ...(prompted ? [{ role: 'developer' as const, content: schemaPrompt(answer) }] : []),
    ...tellResponses(messages),
    ...failedTurns<Item>(failures, {
      assistant: (content) => ({ role: 'assistant', content }),
      user: (content) => ({ role: 'user', content }),
      ...(mode === 'tool' && {
        tool: ({ id, json, error }) => [
          { type: 'function_call', call_id: id, name: answer.name, arguments: json },
          { type: 'function_call_output', call_id: id, output: error },
        ],
      }),
    }),
  ];
}

function shape(
  { name, description, schema }: AnswerSchema,
  mode: AnswerMode,
  strict: boolean,
  { text, tools = [], tool_choice }: OpenaiResponsesParams,
): Partial<ResponseBody> {
  const described = { name, ...(description !== undefined && { description }) };
  switch (mode) {
    case 'json-schema':
      return { text: { ...text, format: { type: 'json_schema', ...described, schema, strict } } };
    case 'tool':
      return {
        tools: [...tools, { type: 'function', ...described, parameters: schema, strict }],
        // Some models cannot be forced; who says so in the parameters is believed.
        tool_choice: tool_choice ?? { type: 'function', name },
      };
    case 'json-object':
      return { text: { ...text, format: { type: 'json_object' } } };
    case 'text':
      return {};
  }
}

const modes: readonly AnswerMode[] = ['json-schema', 'tool', 'json-object', 'text'];

/**
 * A model behind OpenAI's responses API, or behind any server that speaks it, to ask for structured answers.
 *
 * Modes: `json-schema` (strict structured outputs, the default), `tool` (one strict function, forced unless the
 * parameters have a `tool_choice`), `json-object` and `text` (the schema in the input). With `strict: false` the first
 * two take any schema. Messages are input items, as the API has them.
 *
 * @example
 * import OpenAI from 'openai';
 * import * as t from 'io-ts';
 * import { structuredCompletion } from 'rx-structured';
 * import { openaiResponses } from 'rx-structured/openai';
 *
 * structuredCompletion(openaiResponses(new OpenAI(), { model: 'gpt-4o-mini' }), {
 *   codec: t.type({ name: t.string, age: t.number }),
 *   messages: [{ role: 'user', content: 'Extract user info: John is 30 years old.' }],
 * }).subscribe((event) => {
 *   console.log(event);
 * });
 *
 * @see {@link fromResponse} for the events of any request
 * @param client An OpenAI client, from 4.87 on.
 * @param params The parameters of the request, all but the input: `model` and whatever else the API has.
 * @param config How to hold the model to the shape of the answer.
 * @throws TypeError where the client, the parameters or the mode are something else.
 * @returns A model for {@link structuredCompletion} and {@link structuredElements}.
 * @since 0.1.0
 */
export function openaiResponses(
  client: ResponsesClient,
  params: OpenaiResponsesParams,
  config: OpenaiResponsesConfig = {},
): CompletionModel<Item, Item> {
  const { mode = 'json-schema', strict = true } = config;
  checkArguments('openaiResponses', { client, method: 'responses.create', params, mode, modes });
  const preface = mode !== 'text' && (params.tools ?? []).length > 0;
  const native = mode === 'json-schema' || mode === 'tool';

  return {
    ...(params.model !== undefined && { model: params.model }),
    dialect: native && strict ? 'openai' : 'open',
    jsonInText: mode === 'text',
    toMessages: (given) =>
      givenTurns<Item>(given, {
        assistant: (content) => ({ role: 'assistant', content }),
        tool: ({ id, json }) => [
          { type: 'function_call', call_id: id, name: given.answer.name, arguments: json },
          { type: 'function_call_output', call_id: id, output: ACCEPTED },
        ],
      }),
    toText: ({ name }) => textDeltas({ tool: mode === 'tool' && name, answer: name, preface }),
    ask: (question) =>
      defer(() =>
        fromResponse(
          client,
          { ...params, input: input(question, mode), ...shape(question.answer, mode, strict, params) },
          {
            idleTimeout: question.idleTimeout ?? config.idleTimeout,
            requestOptions: withOptions(config.requestOptions, question.requestOptions),
          },
        ),
      ),
  };
}
