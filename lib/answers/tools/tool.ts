import type { ObservableInput } from 'rxjs';
import { expectArgument, hasMethod } from '../../foundation/expectArgument.js';
import type * as t from 'io-ts';
import type { StandardSchema } from '../../codecs/standardSchema/StandardSchema.js';
import { toCodec, type CodecLike } from '../../codecs/standardSchema/toCodec.js';

/** The facts about a call, besides its input. */
export interface ToolContext {
  /** The provider's name for the call; a name of ours where the server gives none, or the same to two calls. */
  readonly id: string;
  /** Which request the call was written in, counted from 1. */
  readonly step: number;
}

/** A tool the model may call before it answers: made by {@link tool}. */
export interface Tool<I, O> {
  /** A sentence or two for the model: what the tool does, when to call it. */
  readonly description?: string;
  /** The type of the arguments. Anything but an object is asked for as `{ "value": … }` and unwrapped. */
  readonly input: CodecLike<I>;
  /** Does it. The last value is the result, the values before it are progress. Unsubscribing cancels it. */
  readonly run: (input: I, context: ToolContext) => ObservableInput<O>;
}

/** Tools by the name under which the model calls them: letters, digits, `_` and `-`, at most 64. */
export type Tools = Readonly<Record<string, AnyTool>>;

/** A tool of any type. */
export interface AnyTool {
  readonly description?: string;
  readonly input: t.Mixed | StandardSchema;
  readonly run: (input: never, context: ToolContext) => ObservableInput<unknown>;
}

/**
 * Describes a tool that the model may call before it answers.
 *
 * Like an operator's `project` function, with a codec for its argument: `run` returns anything that `from` takes,
 * so timeouts, retries, progress, approval by a person and cancelling are operators of rxjs.
 *
 * 1. `run` is called with input that its codec has decoded, once per call. Input that is wrong is told to the model.
 * 2. The last value is the result that the model is told: a string as it is, anything else as JSON. Values before the
 *    last are progress. A tool that emits nothing is told as "no result". A string that `run` returns is one value.
 * 3. An error of `run` is told to the model as the result of that call, and the model goes on. A {@link ToolAbortError}
 *    ends the whole stream instead.
 * 4. Unsubscribing from the answer unsubscribes from every run.
 *
 * @example
 * import * as t from 'io-ts';
 * import { structuredCompletion, tool } from 'rx-structured';
 * import { scriptedModel } from 'rx-structured/testing';
 *
 * const weather = tool({
 *   description: 'The weather in a city.',
 *   input: t.type({ city: t.string }),
 *   run: ({ city }) => Promise.resolve({ city, celsius: 21 }),
 * });
 *
 * const model = scriptedModel([
 *   [
 *     { type: 'tool-delta', index: 0, id: 'a', name: 'weather', text: '{"city":"Bonn"}' },
 *     { type: 'finish', reason: 'tool-calls', raw: 'tool_calls' },
 *   ],
 *   '{"picnic":true}',
 * ]);
 * structuredCompletion(model, {
 *   codec: t.type({ picnic: t.boolean }),
 *   messages: ['Is it a day for a picnic in Bonn?'],
 *   tools: { weather },
 * }).subscribe((either) => {
 *   if (either._tag === 'Left') console.log(either.left.message);
 *   else if (either.right._tag === 'Tool') console.log(either.right.name, either.right.state, either.right.input);
 *   else console.log(either.right._tag, either.right.value);
 * });
 * // Logs:
 * // weather writing { city: 'Bonn' }
 * // weather running { city: 'Bonn' }
 * // weather done { city: 'Bonn' }
 * // Partial { picnic: true }
 * // Complete { picnic: true }
 *
 * @see {@link structuredCompletion} whose `tools` it is for
 * @param definition The codec of the arguments, and the function that runs the tool.
 * @returns The tool, as it was given, with its types.
 * @since 0.1.0
 */
export function tool<I, O>(definition: Tool<I, O>): Tool<I, O> {
  const isTool = hasMethod(definition, 'run') && 'input' in definition;
  expectArgument('tool', isTool, '{ input, run }, a codec and a function', definition);
  toCodec(definition.input);
  return definition;
}
