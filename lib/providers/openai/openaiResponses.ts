import type { OpenAI } from 'openai';
import { defer } from 'rxjs';
import { checkArguments } from '../checkArguments.js';
import type { AnswerMode } from '../../completions/AnswerMode.js';
import type { CompletionModel, Question } from '../../completions/CompletionModel.js';
import { joinSystem, joinTurns } from '../../completions/joinTurns.js';
import { writePastTurns } from '../../completions/writePastTurns.js';
import { ACCEPTED, givenTurns } from '../../completions/givenTurns.js';
import { withOptions } from '../../completions/RequestOptions.js';
import { schemaPrompt } from '../../completions/schemaPrompt.js';
import { textDeltas } from '../../deltas/textDeltas.js';
import { fromResponse, type ResponseConfig, type ResponseBody, type ResponsesClient } from './fromResponse.js';
import { tellResponses } from './tellResponses.js';
import { toResponseTools, toResponseTurns } from './toResponseTurns.js';
import { expectOptions } from '../../foundation/expectArgument.js';

type Item = OpenAI.Responses.ResponseInputItem;

/** Every parameter of a request, without those for the question. `text.format` is the answer's shape, and overruled. */
export type OpenaiResponsesParams = Omit<ResponseBody, 'input'>;

export interface OpenaiResponsesConfig extends ResponseConfig {
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

const toPart = (text: string): object => ({ type: 'input_text', text });

function writeInput({ answer, ...question }: Question<Item>, mode: AnswerMode, isStored: boolean): Item[] {
  // Not in `instructions`: the API takes a request for a JSON object only if the input itself mentions JSON.
  const prompted = (mode === 'json-object' || mode === 'text') && question.isAnswerLater !== true;
  const prompt = schemaPrompt(answer);
  const told = tellResponses(question.messages);
  return joinTurns(
    prompted ? joinSystem<Item>(told, prompt, toPart, { role: 'developer', content: prompt }) : told,
    writePastTurns<Item>(question, {
      step: (step) => toResponseTurns(step, isStored),
      assistant: (content) => ({ role: 'assistant', content }),
      user: (content) => ({ role: 'user', content }),
      ...(mode === 'tool' && {
        tool: ({ id, json, error }) => [
          { type: 'function_call', call_id: id, name: answer.name, arguments: json },
          { type: 'function_call_output', call_id: id, output: error },
        ],
      }),
    }),
    toPart,
  );
}

function askForShape(
  { answer, tools: called = [], isAnswerLater }: Question<Item>,
  mode: AnswerMode,
  strict: boolean,
  { text, tool_choice, ...params }: OpenaiResponsesParams,
): Partial<ResponseBody> {
  const isNative = mode === 'json-schema' || mode === 'tool';
  const tools = [...(params.tools ?? []), ...toResponseTools(called, isNative && strict)];
  const both = tools.length > 0 && { tools };
  if (isAnswerLater === true) return { ...both };
  switch (mode) {
    case 'json-schema': {
      const { name, description, schema } = answer;
      const described = { name, ...(description !== undefined && { description }) };
      return { ...both, text: { ...text, format: { type: 'json_schema', ...described, schema, strict } } };
    }
    case 'tool': {
      const forced = called.length > 0 ? 'required' : { type: 'function' as const, name: answer.name };
      // Some models cannot be forced. Parameters that say so are believed.
      return { tools: [...tools, ...toResponseTools([answer], strict)], tool_choice: tool_choice ?? forced };
    }
    case 'json-object':
      return { ...both, text: { ...text, format: { type: 'json_object' } } };
    case 'text':
      return { ...both };
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
  expectOptions('openaiResponses', config);
  const { mode = 'json-schema', strict = true } = config;
  checkArguments('openaiResponses', { client, method: 'responses.create', params, mode, modes });
  const preface = mode !== 'text' && (params.tools ?? []).length > 0;
  const isStored = params.store !== false;
  const native = mode === 'json-schema' || mode === 'tool';

  return {
    ...(params.model !== undefined && { model: params.model }),
    mode,
    params: { ...params, strict },
    dialect: native && strict ? 'openai' : 'open',
    heedsIdleTimeout: true,
    jsonInText: mode === 'text',
    afterThought: mode === 'text' && config.afterThought === true,
    jsonInFence: mode === 'json-object',
    toMessages: (given) =>
      givenTurns<Item>(given, {
        step: (step) => toResponseTurns(step, isStored),
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
          { ...params, input: writeInput(question, mode, isStored), ...askForShape(question, mode, strict, params) },
          {
            turnParts: question.tools !== undefined,
            idleTimeout: question.idleTimeout ?? config.idleTimeout,
            requestOptions: withOptions(config.requestOptions, question.requestOptions),
          },
        ),
      ),
  };
}
