import type { OperatorFunction } from 'rxjs';
import type { CompletionEvent } from '../completions/CompletionEvent.js';
import { createAnswerDeltas } from './createAnswerDeltas.js';

export interface TextDeltasConfig {
  /**
   * Where the answer is: `'name'`, in the arguments of the first call of that tool; `true`, of the first call of any;
   * `false`, in the content. By default, in whichever begins first: blank content does not count.
   */
  readonly tool?: string | boolean;
  /**
   * The name the answer was asked for under, for models: a completion that holds calls of other tools instead of the
   * answer is an error then, and one that holds no call where one was asked for has its answer in the content.
   */
  readonly answer?: string;
  /**
   * The model has other tools besides, so that content which does not begin as JSON may be the preface of a call: it
   * waits for the end. Default: `false`.
   */
  readonly preface?: boolean;
}

/**
 * Picks the text of the structured answer out of a completion.
 *
 * Like `map` and `filter`, with a judgement at the end: a cut answer does not complete.
 *
 * ```text
 *  events  --a--r--b--u--f-|      a, b: text or tool deltas   r: reasoning   u: usage   f: finish
 *          textDeltas()
 *  deltas  --a-----b-------|
 * ```
 *
 * 1. One event in, at most one delta out, in the same frame; empty deltas are left out.
 * 2. By default the answer is the content, or the first tool call's arguments if a call begins first.
 * 3. `tool` chooses: a tool by name, wherever it is called, the first one called, or the content only.
 * 4. It completes only if the model finished. How it ended is judged when the source completes, so that events which
 *    follow the finish, such as usage, still reach operators upstream.
 * 5. An answer that begins anew after some of it was read is an interrupted one; one whose connection breaks, too.
 * 6. Commentary on the way to the answer, where the provider marks it, is left out.
 *
 * A tool that was never called makes an empty text: the model's answer is wrong then, and the stages after say so.
 *
 * @example
 * import { from } from 'rxjs';
 * import { textDeltas, type CompletionEvent } from 'rx-structured';
 *
 * const events: CompletionEvent[] = [
 *   { type: 'text-delta', text: '{"age":' },
 *   { type: 'text-delta', text: '30}' },
 *   { type: 'finish', reason: 'stop', raw: 'stop' },
 * ];
 * from(events)
 *   .pipe(textDeltas())
 *   .subscribe((delta) => {
 *     console.log(delta);
 *   });
 * // Logs:
 * // {"age":
 * // 30}
 *
 * @throws {@link RefusalError} on the error channel, when the model declined.
 * @throws {@link IncompleteCompletionError} on the error channel, when the answer was cut off.
 * @throws {@link ToolCallsError} on the error channel, for other calls instead of the `answer`.
 * @see {@link fromCompletion} for the stage before
 * @see {@link toJsonTokens} for the stage after
 * @see {@link toolCalls} for every call of an answer
 * @param config Where the answer is.
 * @returns An operator function that emits the answer's text as it is written.
 * @since 0.1.0
 */
export function textDeltas(config: TextDeltasConfig = {}): OperatorFunction<CompletionEvent, string> {
  return (source) => createAnswerDeltas(source, config);
}
