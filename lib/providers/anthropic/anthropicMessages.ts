import type { Anthropic } from '@anthropic-ai/sdk';
import { defer } from 'rxjs';
import { checkArguments } from '../checkArguments.js';
import type { AnswerMode } from '../../completions/AnswerMode.js';
import type { CompletionModel, Question } from '../../completions/CompletionModel.js';
import { joinTurns } from '../../completions/joinTurns.js';
import { writePastTurns } from '../../completions/writePastTurns.js';
import { ACCEPTED, givenTurns } from '../../completions/givenTurns.js';
import { withOptions } from '../../completions/RequestOptions.js';
import { anthropicKeys } from '../../completions/SchemaDialect.js';
import { schemaPrompt } from '../../completions/schemaPrompt.js';
import { textDeltas } from '../../deltas/textDeltas.js';
import { fromMessage, type MessageConfig, type MessageBody, type MessagesClient } from './fromMessage.js';
import { tellAnthropic } from './tellAnthropic.js';
import { toCalledTools, toMessageTools, toMessageTurns } from './toMessageTurns.js';
import { expectOptions } from '../../foundation/expectArgument.js';

type Message = Anthropic.MessageParam;

/** The API has no JSON mode without a schema. */
export type AnthropicMode = Exclude<AnswerMode, 'json-object'>;

/** Every parameter of a request, without those for the question. `output_config.format` is overruled. */
export type AnthropicMessagesParams = Omit<MessageBody, 'messages'>;

export interface AnthropicMessagesConfig extends MessageConfig {
  /**
   * How the model is held to the shape of the answer: `json-schema` by default, which takes a model of 4.5 or later.
   */
  readonly mode?: AnthropicMode;
  /**
   * In `text` mode: the server sends the model's reasoning as content, and only the tag that ends it (`</think>`). The
   * answer begins after the thought then, and its text is never taken for the answer. Default `false`.
   */
  readonly afterThought?: boolean;
}

function isThinking({ thinking }: AnthropicMessagesParams): boolean {
  return thinking !== undefined && thinking.type !== 'disabled';
}

/** A model that thinks cannot be forced to call a tool. Parameters that say so are believed. */
function isForced({ tool_choice, ...params }: AnthropicMessagesParams): boolean {
  if (tool_choice !== undefined) return tool_choice.type === 'tool' || tool_choice.type === 'any';
  return !isThinking(params);
}

type System = NonNullable<MessageBody['system']>;

/** One system prompt of several: words stay words until there are blocks among them. */
function joinSystems(systems: readonly System[]): System {
  if (systems.every((system) => typeof system === 'string')) return systems.join('\n\n');
  return systems.flatMap((system) => (typeof system === 'string' ? [{ type: 'text' as const, text: system }] : system));
}

function withSystem(system: AnthropicMessagesParams['system'], prompt: string): System {
  if (typeof system === 'string') return `${system}\n\n${prompt}`;
  return [...(system ?? []), { type: 'text', text: prompt }];
}

function writeMessages(
  { answer, ...question }: Question<Message>,
  told: readonly Message[],
  toolTurns: boolean,
): Message[] {
  return joinTurns(
    told,
    writePastTurns<Message>(question, {
      step: toMessageTurns,
      assistant: (content) => ({ role: 'assistant', content }),
      user: (content) => ({ role: 'user', content }),
      ...(toolTurns && {
        tool: ({ id, input, error }) => [
          { role: 'assistant', content: [{ type: 'tool_use', id, name: answer.name, input }] },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, is_error: true, content: error }] },
        ],
      }),
    }),
    (text) => ({ type: 'text', text }),
  );
}

function askForShape(
  { answer, tools: called = [], isAnswerLater }: Question<Message>,
  mode: AnthropicMode,
  params: AnthropicMessagesParams,
): Partial<MessageBody> {
  const { name, schema } = answer;
  const { system, tool_choice, output_config } = params;
  const tools = [...(params.tools ?? []), ...toMessageTools(called)];
  const both = tools.length > 0 && { tools };
  if (isAnswerLater === true) return { ...both };
  switch (mode) {
    case 'json-schema':
      return { ...both, output_config: { ...output_config, format: { type: 'json_schema', schema } } };
    case 'tool': {
      const all = [...tools, ...toMessageTools([answer])];
      // Tools that are called before the answer may be called side by side.
      const disable = called.length === 0 && { disable_parallel_tool_use: true };
      // A model that cannot be forced to call a tool can be told to.
      return isForced(params)
        ? {
            tools: all,
            tool_choice: tool_choice ?? (called.length > 0 ? { type: 'any' } : { type: 'tool', name, ...disable }),
          }
        : {
            tools: all,
            tool_choice: tool_choice ?? { type: 'auto', ...disable },
            system: withSystem(system, `Give your answer by calling the tool ${name}, and in no other way.`),
          };
    }
    case 'text':
      return { ...both, system: withSystem(system, schemaPrompt(answer)) };
  }
}

const modes: readonly AnthropicMode[] = ['json-schema', 'tool', 'text'];

/**
 * A model behind Anthropic's messages API, to ask for structured answers.
 *
 * Modes: `json-schema` (structured outputs, the default), `tool` (one tool, for models before 4.5, and for codecs that
 * structured outputs do not take, such as recursive ones) and `text` (the schema in the system prompt). In `tool` mode
 * the call is forced unless the model thinks, or the parameters have a `tool_choice`: a model that cannot be forced is
 * asked with `tool_choice: { type: 'auto' }`, and told in the system prompt to call the tool.
 *
 * @example
 * import Anthropic from '@anthropic-ai/sdk';
 * import * as t from 'io-ts';
 * import { structuredCompletion } from 'rx-structured';
 * import { anthropicMessages } from 'rx-structured/anthropic';
 *
 * structuredCompletion(anthropicMessages(new Anthropic(), { model: 'claude-haiku-4-5', max_tokens: 1024 }), {
 *   codec: t.type({ name: t.string, age: t.number }),
 *   messages: [{ role: 'user', content: 'Extract user info: John is 30 years old.' }],
 * }).subscribe((event) => {
 *   console.log(event);
 * });
 *
 * @see {@link fromMessage} for the events of any request
 * @param client An Anthropic client.
 * @param params The parameters of the request, all but the messages: `model`, `max_tokens` and whatever else there is.
 * @param config How to hold the model to the shape of the answer.
 * @throws TypeError where the client, the parameters or the mode are something else.
 * @returns A model for {@link structuredCompletion} and {@link structuredElements}.
 * @since 0.1.0
 */
export function anthropicMessages(
  client: MessagesClient,
  params: AnthropicMessagesParams,
  config: AnthropicMessagesConfig = {},
): CompletionModel<Message, Message> {
  expectOptions('anthropicMessages', config);
  const mode = config.mode ?? 'json-schema';
  checkArguments('anthropicMessages', { client, method: 'messages.create', params, mode, modes });
  const preface = mode !== 'text' && (params.tools ?? []).length > 0;
  // A call that is told of to a thinking model would need the thoughts before it, which are not kept.
  const toolTurns = mode === 'tool' && !isThinking(params) && isForced(params);

  return {
    model: params.model,
    mode,
    params,
    dialect: mode === 'json-schema' ? 'anthropic' : 'open',
    heedsIdleTimeout: true,
    ...(mode === 'tool' && { keys: anthropicKeys }),
    jsonInFence: false,
    jsonInText: mode === 'text',
    afterThought: mode === 'text' && config.afterThought === true,
    toMessages: (given) =>
      givenTurns<Message>(given, {
        step: toMessageTurns,
        assistant: (content) => ({ role: 'assistant', content }),
        ...(toolTurns && {
          tool: ({ id, input }) => [
            { role: 'assistant', content: [{ type: 'tool_use', id, name: given.answer.name, input }] },
            { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: ACCEPTED }] },
          ],
        }),
      }),
    toText: ({ name }) => textDeltas({ tool: mode === 'tool' && name, answer: name, preface }),
    ask: (question) =>
      defer(() => {
        const told = tellAnthropic(question.messages);
        const systems = [params.system ?? '', ...told.system].filter((system) => system.length > 0);
        const said = systems.length === 0 ? params : { ...params, system: joinSystems(systems) };
        const body = {
          ...said,
          messages: writeMessages(question, told.messages, toolTurns),
          ...askForShape(question, mode, said),
        };
        const called = body.tools === undefined ? toCalledTools(body.messages) : [];
        return fromMessage(
          client,
          called.length === 0 ? body : { ...body, tools: called, tool_choice: { type: 'none' } },
          {
            turnParts: question.tools !== undefined,
            idleTimeout: question.idleTimeout ?? config.idleTimeout,
            requestOptions: withOptions(config.requestOptions, question.requestOptions),
          },
        );
      }),
  };
}
