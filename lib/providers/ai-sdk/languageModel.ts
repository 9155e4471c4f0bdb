import type { AnswerMode } from '../../completions/AnswerMode.js';
import type { CompletionModel, GivenAnswer, Question } from '../../completions/CompletionModel.js';
import { writePastTurns } from '../../completions/writePastTurns.js';
import { ACCEPTED, givenTurns } from '../../completions/givenTurns.js';
import type { FromCompletionConfig } from '../../completions/fromCompletion.js';
import { withOptions } from '../../completions/RequestOptions.js';
import type { SchemaDialect } from '../../completions/SchemaDialect.js';
import { schemaPrompt } from '../../completions/schemaPrompt.js';
import { textDeltas } from '../../deltas/textDeltas.js';
import { callModel, expectLanguageModel, readStreamParts } from './fromLanguageModel.js';
import type {
  AnyLanguageModel,
  LanguageModelMessage,
  LanguageModelOptions,
  LanguageModelResult,
} from './AnyLanguageModel.js';
import { namePart } from './namePart.js';
import { toPromptTools, toPromptTurns } from './PromptTurn.js';
import { rejectDroppedShape } from './rejectDroppedShape.js';
import { tellPrompt, type PromptMessage } from './tellPrompt.js';
import { checkArguments } from '../checkArguments.js';
import { expectOptions } from '../../foundation/expectArgument.js';

/** The options of a call, without those for the question and the shape of the answer. */
export type LanguageModelParams<L extends AnyLanguageModel> = Omit<
  LanguageModelOptions<L>,
  'prompt' | 'responseFormat' | 'abortSignal' | 'includeRawChunks'
>;

export interface LanguageModelConfig extends FromCompletionConfig {
  /**
   * How the model is held to the shape of the answer: `json-schema` by default; `json-object` where the model says of
   * itself that it does not take a schema.
   */
  readonly mode?: AnswerMode;
  /**
   * The subset of JSON Schema that the model takes, in the modes that send one. By default as its provider is known.
   */
  readonly dialect?: SchemaDialect;
}

/** The parameters as they are read here, whatever the version. */
interface KnownParams {
  readonly tools?: readonly unknown[];
  readonly toolChoice?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly providerOptions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The dialect, by the name of the provider's package, if its API takes a subset of JSON Schema only. */
function pickDialect(provider: string, mode: AnswerMode): SchemaDialect {
  if (mode !== 'json-schema' && mode !== 'tool') return 'open';
  if (isOpenAI(provider)) return 'openai';
  return mode === 'json-schema' && /anthropic/.test(provider) ? 'anthropic' : 'open';
}

function isOpenAI(provider: string): boolean {
  return /^(openai|azure)/.test(provider);
}

/** Models that take no schema say so in a field of their own; what wraps them may hide it. */
function takesSchema(model: AnyLanguageModel): boolean {
  return !('supportsStructuredOutputs' in model) || model.supportsStructuredOutputs !== false;
}

function withSystem(prompt: readonly PromptMessage[], words: string): PromptMessage[] {
  const [first, ...rest] = prompt;
  return first?.role === 'system' && typeof first.content === 'string'
    ? [{ ...first, content: `${first.content}\n\n${words}` }, ...rest]
    : [{ role: 'system', content: words }, ...prompt];
}

const toSaid = (role: string) => (text: string) => ({ role, content: [{ type: 'text' as const, text }] });

/** A call of the answer's tool, and what the tool said to it. */
function callTurns(toolName: string, toolCallId: string, input: object, output: object): PromptMessage[] {
  return [
    { role: 'assistant', content: [{ type: 'tool-call', toolCallId, toolName, input }] },
    { role: 'tool', content: [{ type: 'tool-result', toolCallId, toolName, output }] },
  ];
}

function writeGiven(given: GivenAnswer): PromptMessage[] {
  return givenTurns<PromptMessage>(given, {
    step: toPromptTurns,
    assistant: toSaid('assistant'),
    tool: ({ id, input }) => callTurns(given.answer.name, id, input, { type: 'text', value: ACCEPTED }),
  });
}

function writeTurns({ answer, ...question }: Question<unknown>, mode: AnswerMode): PromptMessage[] {
  return writePastTurns<PromptMessage>(question, {
    step: toPromptTurns,
    assistant: toSaid('assistant'),
    user: toSaid('user'),
    ...(mode === 'tool' && {
      tool: ({ id, input, error }) => callTurns(answer.name, id, input, { type: 'error-text', value: error }),
    }),
  });
}

function askForShape(
  { answer, tools: called = [], isAnswerLater }: Question<unknown>,
  mode: AnswerMode,
  strict: boolean,
  params: KnownParams,
) {
  const tools = [...(params.tools ?? []), ...toPromptTools(called, strict)];
  const both = tools.length > 0 && { tools };
  if (isAnswerLater === true) return { ...both };
  switch (mode) {
    case 'json-schema': {
      const { name, description, schema } = answer;
      const described = { name, ...(description !== undefined && { description }) };
      return { ...both, responseFormat: { type: 'json', ...described, schema } };
    }
    case 'tool': {
      const forced = called.length > 0 ? { type: 'required' } : { type: 'tool', toolName: answer.name };
      return { tools: [...tools, ...toPromptTools([answer], strict)], toolChoice: params.toolChoice ?? forced };
    }
    case 'json-object':
      return { ...both, responseFormat: { type: 'json' } };
    case 'text':
      return { ...both };
  }
}

/** Models that cannot be held to a schema in a request in which they may call tools. */
function isAnswerLast({ provider, modelId }: AnyLanguageModel, mode: AnswerMode): boolean {
  if (mode !== 'json-schema' && mode !== 'json-object') return false;
  // Gemini before 3 answers such a request with 400; Ollama's grammar lets the model call nothing.
  return (/^google/.test(provider) && /gemini-[12]\b/.test(modelId)) || provider.startsWith('ollama');
}

/** V2 asks OpenAI for strict mode only where that is an option of the call; later versions always do. */
function withStrictMode(model: AnyLanguageModel, params: KnownParams): KnownParams {
  if (model.specificationVersion !== 'v2' || !isOpenAI(model.provider)) return params;
  const { providerOptions } = params;
  return {
    ...params,
    providerOptions: { ...providerOptions, openai: { strictJsonSchema: true, ...providerOptions?.['openai'] } },
  };
}

const modes: readonly AnswerMode[] = ['json-schema', 'tool', 'json-object', 'text'];

/**
 * A model of the AI SDK, of any provider that has a package for it, to ask for structured answers.
 *
 * Modes: `json-schema` (the schema as the call's `responseFormat`, the default), `tool` (one tool, forced unless the
 * parameters have a `toolChoice`), `json-object` and `text` (the schema in the prompt).
 *
 * 1. No schema is dropped in silence: a model that says of itself that it takes none is asked in `json-object` mode,
 *    and a provider's warning that it dropped one is a `TypeError` on the error channel.
 * 2. Middleware of `wrapLanguageModel` keeps working.
 * 3. A file that the model does not take is a `TypeError` that names the part.
 *
 * @example
 * import { createOpenAI } from '@ai-sdk/openai';
 * import * as t from 'io-ts';
 * import { structuredCompletion } from 'rx-structured';
 * import { languageModel } from 'rx-structured/ai-sdk';
 *
 * structuredCompletion(languageModel(createOpenAI()('gpt-4o-mini'), { temperature: 0 }), {
 *   codec: t.type({ name: t.string, age: t.number }),
 *   messages: [{ role: 'user', content: 'Extract user info: John is 30 years old.' }],
 * }).subscribe((event) => {
 *   console.log(event);
 * });
 *
 * @see {@link fromLanguageModel} for the events of any call
 * @param model A model of the AI SDK's interface for providers, of version V2, V3 or V4.
 * @param params The options of the call, all but the prompt: temperature, headers, `providerOptions` …
 * @param config How to hold the model to the shape of the answer.
 * @returns A model for {@link structuredCompletion} and {@link structuredElements}.
 * @since 0.1.0
 */
export function languageModel<L extends AnyLanguageModel>(
  model: L,
  params?: LanguageModelParams<L>,
  config: LanguageModelConfig = {},
): CompletionModel<LanguageModelMessage<L>, LanguageModelMessage<L>> {
  expectLanguageModel('languageModel', model);
  expectOptions('languageModel', config);
  const mode = config.mode ?? (takesSchema(model) ? 'json-schema' : 'json-object');
  checkArguments('languageModel', { params: params ?? {}, mode, modes });
  const dialect = config.dialect ?? pickDialect(model.provider, mode);
  // Every version has these, whatever else there is.
  const known = withStrictMode(model, params ?? {});

  const call = async (question: Question<unknown>, signal: AbortSignal): Promise<LanguageModelResult> => {
    const prompt = await tellPrompt(model, question.messages);
    const prompted = (mode === 'json-object' || mode === 'text') && question.isAnswerLater !== true;
    const asked = prompted ? withSystem(prompt, schemaPrompt(question.answer)) : prompt;
    const { headers } = question.requestOptions ?? {};
    const options = {
      ...withOptions(known, headers && { headers }),
      ...askForShape(question, mode, dialect === 'openai' && model.specificationVersion !== 'v2', known),
      prompt: [...asked, ...writeTurns(question, mode)],
    };
    try {
      return await callModel(model, options, signal);
    } catch (error) {
      throw namePart(error, prompt);
    }
  };

  return {
    model: model.modelId,
    mode,
    params: { ...known, headers: undefined, provider: model.provider },
    dialect,
    ...(isAnswerLast(model, mode) && { answer: 'last-step' as const }),
    heedsIdleTimeout: true,
    jsonInText: mode === 'text',
    jsonInFence: mode === 'json-object',
    toText: ({ name }) =>
      textDeltas({
        tool: mode === 'tool' && name,
        answer: name,
        preface: mode !== 'text' && (known.tools ?? []).length > 0,
      }),
    // A turn is in the form of every version: that of this model among them.
    toMessages: (given) => writeGiven(given) as LanguageModelMessage<L>[],
    ask: (question) =>
      readStreamParts(
        (signal) => call(question, signal),
        { idleTimeout: question.idleTimeout ?? config.idleTimeout, turnParts: question.tools !== undefined },
        rejectDroppedShape(model, mode),
      ),
  };
}
