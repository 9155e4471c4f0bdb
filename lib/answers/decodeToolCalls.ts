import { defaultIfEmpty, map } from 'rxjs';
import { expectArgument, expectOptions } from '../foundation/expectArgument.js';
import type { Observable, OperatorFunction } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import type * as t from 'io-ts';
import type { ToolCall } from '../deltas/ToolCall.js';
import { toJsonTokens } from '../tokens/toJsonTokens.js';
import type { ToJsonTokensConfig } from '../tokens/toJsonTokens.js';
import { accumulatePartial } from '../partials/accumulatePartial.js';
import type { AccumulatePartialConfig } from '../partials/accumulatePartial.js';
import { decodeWith } from '../decoded/decodeWith.js';
import type { StandardSchema } from '../codecs/standardSchema/StandardSchema.js';
import { toCodec, type OutputOf } from '../codecs/standardSchema/toCodec.js';
import type { DecodeWithConfig } from '../decoded/decodeWith.js';
import type { Decoded } from '../decoded/Decoded.js';
import { createInvalidAnswer } from '../decoded/createInvalidAnswer.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';

/** How the arguments are read. */
export interface DecodeToolCallsConfig extends ToJsonTokensConfig, AccumulatePartialConfig, DecodeWithConfig {}

/** A call of a known tool, its arguments typed while the model writes them. */
export interface LiveToolCall<K extends string, A> extends Pick<ToolCall, 'id' | 'index'> {
  readonly name: K;
  /** Partials, then the complete value; or a Left, which concerns this call alone. Replays to late subscribers. */
  readonly decoded: Observable<Either<InvalidAnswer, Decoded<A>>>;
}

/** A call of one of these tools, told apart by `name`. */
export type LiveToolCallOf<C extends Readonly<Record<string, t.Mixed | StandardSchema>>> = {
  [K in keyof C & string]: LiveToolCall<K, OutputOf<C[K]>>;
}[keyof C & string];

/**
 * Types the tool calls of an answer, each live and on its own.
 *
 * Like `map`, from a name and a text to a tagged union.
 *
 * ```text
 *  calls      --s----x----a-|      s: search   x: a tool that is not there   a: answer
 *             decodeToolCalls({ search, answer })
 *  result     --S----L----A-|      S.decoded, A.decoded: partials as they are written   L: Left
 * ```
 *
 * 1. A call of a tool that is not there is a Left, and the calls after it go on.
 * 2. Wrong arguments are a Left in `decoded` of that call, and the other calls go on.
 * 3. A call without any arguments has the arguments `{}`: providers send an empty text for a tool that takes none.
 *
 * @example
 * import { from, mergeMap, map } from 'rxjs';
 * import * as E from 'fp-ts/lib/Either.js';
 * import * as t from 'io-ts';
 * import { decodeToolCalls, toolCalls, type CompletionEvent } from 'rx-structured';
 *
 * const events: CompletionEvent[] = [
 *   { type: 'tool-delta', index: 0, name: 'search', text: '{"query":"rain"}' },
 *   { type: 'tool-delta', index: 1, name: 'shout', text: '{}' },
 *   { type: 'finish', reason: 'tool-calls', raw: 'tool_calls' },
 * ];
 * from(events)
 *   .pipe(toolCalls(), decodeToolCalls({ search: t.type({ query: t.string }), weather: t.type({ city: t.string }) }))
 *   .subscribe((call) => {
 *     if (E.isLeft(call)) console.log(call.left.message);
 *     else if (call.right.name === 'search')
 *       call.right.decoded.subscribe((args) => {
 *         if (E.isRight(args) && args.right._tag === 'Complete') console.log('search', args.right.value.query);
 *       });
 *   });
 * // Logs:
 * // there is no tool "shout": expected one of "search", "weather"
 * // search rain
 *
 * @see {@link toolCalls} for the stage before
 * @param codecs Of the arguments, by the name of the tool.
 * @param config How the arguments are read, as for the operators they go through.
 * @returns An operator function that emits an Either per call.
 * @since 0.1.0
 */
export function decodeToolCalls<C extends Readonly<Record<string, t.Mixed | StandardSchema>>>(
  codecs: C,
  config: DecodeToolCallsConfig = {},
): OperatorFunction<ToolCall, Either<InvalidAnswer, LiveToolCallOf<C>>> {
  const isObject = typeof codecs === 'object' && (codecs as unknown) !== null;
  expectArgument('decodeToolCalls', isObject, 'the codecs of tools by their names, { weather: … }', codecs);
  expectOptions('decodeToolCalls', config);
  for (const codec of Object.values(codecs)) toCodec(codec);

  return map((call) => {
    const codec = Object.hasOwn(codecs, call.name) ? codecs[call.name] : undefined;
    if (codec === undefined) return { _tag: 'Left', left: rejectUnknownTool(call.name, Object.keys(codecs)) };

    const { arguments: text, ...rest } = call;
    const decoded = text.pipe(
      defaultIfEmpty('{}'),
      toJsonTokens(config),
      accumulatePartial(config),
      decodeWith(toCodec(codec), config),
    );
    return { _tag: 'Right', right: { ...rest, decoded } };
  });
}

function rejectUnknownTool(name: string, known: readonly string[]): InvalidAnswer {
  const names = known.map((tool) => JSON.stringify(tool)).join(', ');
  return createInvalidAnswer({
    _tag: 'InvalidValue',
    message: `there is no tool ${JSON.stringify(name)}: expected one of ${names}`,
    errors: [],
    path: [],
    text: '',
  });
}
