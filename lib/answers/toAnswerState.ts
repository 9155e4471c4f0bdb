import { catchError, concat, distinctUntilChanged, map, of, scan, startWith, type OperatorFunction } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import type { PartialOf } from '../codecs/annotations/PartialOf.js';
import type { CompletionInfo } from '../completions/CompletionInfo.js';
import type { DecodedComplete, DecodedPartial, RightOf, WholeOf } from '../decoded/Decoded.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import type { AnswerProgress, AnswerState } from './AnswerState.js';
import type { ToolEvent } from './tools/ToolEvent.js';
import type { Unavailable } from './Unavailable.js';

/** The values that an answer may emit as a `Right`. */
type Shown = DecodedPartial<unknown> | DecodedComplete<unknown> | ToolEvent;
type ToolsOf<E> = [Extract<RightOf<E>, ToolEvent>] extends [never] ? ToolEvent : Extract<RightOf<E>, ToolEvent>;
type InfoOf<E> =
  Extract<RightOf<E>, { readonly _tag: 'Complete' }> extends { readonly completion: infer C } ? C : CompletionInfo;

/** The state of an answer that emits these Eithers. */
type StateOf<E> = AnswerState<WholeOf<E>, ToolsOf<E>, InfoOf<E>>;

/**
 * Says at every moment all that there is to show of an answer: one state, for a template, a signal or a store.
 *
 * Like `scan` with a reducer that you would write anyway, `startWith` and `catchError` included.
 *
 * ```text
 *  answer   --P--P--L--P--C|        P partial   L Left   C complete
 *           toAnswerState()
 *  state    w-W--W--w--W--D|        w waiting   W writing   D done
 * ```
 *
 * 1. It begins with `waiting`, within the subscription, and its last state stays: it never errors.
 * 2. A Left that is followed by another attempt is `waiting` again: nothing of the old attempt is shown. The Left is
 *    the last one of `failures`, and `attempt` counts on.
 * 3. A Left as the last value is `invalid`; an error is `failed`, with the last partial.
 * 4. `tools` has the last event of each call that is being written or runs. A call says as well that what was written
 *    before it was no answer.
 *
 * @example
 * import * as t from 'io-ts';
 * import { structuredCompletion, toAnswerState } from 'rx-structured';
 * import { scriptedModel } from 'rx-structured/testing';
 *
 * const model = scriptedModel(['{"age":"thirty"}', '{"age":30}']);
 *
 * structuredCompletion(model, { codec: t.type({ age: t.number }), messages: ['How old is John?'], retries: 1 })
 *   .pipe(toAnswerState())
 *   .subscribe((state) => {
 *     console.log(state.attempt, state.phase, 'value' in state ? state.value : state.failures.length);
 *   });
 * // Logs:
 * // 1 waiting 0
 * // 2 waiting 1
 * // 2 writing { age: 30 }
 * // 2 done { age: 30 }
 *
 * @see {@link structuredCompletion} and `fromSse` for answers to show
 * @see {@link finalValue} for the whole value alone
 * @returns An operator function that emits a state at once, and another one whenever something changes.
 * @since 0.1.0
 */
export function toAnswerState<E extends Either<InvalidAnswer | Unavailable, Shown>>(): OperatorFunction<E, StateOf<E>> {
  type State = StateOf<E>;
  const waiting: State = { phase: 'waiting', attempt: 1, failures: [], tools: [] };
  return (source) =>
    concat(
      source.pipe(
        map((either) => (state: State) => takeEither(state, either)),
        catchError((error: unknown) => of((state: State) => takeError(state, error))),
      ),
      of((state: State) => takeEnd(state)),
    ).pipe(
      scan((state: State, step) => step(state), waiting),
      startWith(waiting),
      distinctUntilChanged(),
    );
}

function takeEither<A, T extends ToolEvent, C>(
  state: AnswerState<A, T, C>,
  either: Either<InvalidAnswer | Unavailable, Shown>,
): AnswerState<A, T, C> {
  const { attempt, failures, tools } = pickProgress(state);
  if (either._tag === 'Left') {
    const { left } = either;
    const after = { failures: [...failures, left], tools: [] };
    return left.retriesLeft > 0
      ? { phase: 'waiting', attempt: left.attempt + 1, ...after }
      : { phase: 'invalid', invalid: left, attempt: left.attempt, ...after };
  }
  // The casts: what the source emits has the types that the state is made of.
  const { right } = either;
  const progress = { attempt, failures, tools };
  if (right._tag === 'Tool') return { phase: 'waiting', ...progress, tools: updateTools(tools, right as T) };
  if (right._tag === 'Partial')
    return { phase: 'writing', value: right.value as PartialOf<A>, path: right.path, ...progress };
  const { value, completion } = right as DecodedComplete<A> & { readonly completion?: C };
  return { phase: 'done', value, ...(completion !== undefined && { completion }), attempt, failures, tools: [] };
}

function takeError<A, T, C>(state: AnswerState<A, T, C>, error: unknown): AnswerState<A, T, C> {
  const value = state.phase === 'writing' && { value: state.value };
  return { phase: 'failed', error, ...value, ...pickProgress(state), tools: [] };
}

/** The source has completed. Another attempt was announced, and did not come. */
function takeEnd<A, T, C>(state: AnswerState<A, T, C>): AnswerState<A, T, C> {
  const invalid = state.failures.at(-1);
  if (state.phase !== 'waiting' || invalid === undefined || state.attempt === invalid.attempt) return state;
  return { phase: 'invalid', invalid, attempt: invalid.attempt, failures: state.failures, tools: [] };
}

function updateTools<T extends ToolEvent>(tools: readonly T[], event: T): readonly T[] {
  const isUnderWay = event.state === 'writing' || event.state === 'running';
  const index = tools.findIndex(({ id }) => id === event.id);
  if (!isUnderWay) return tools.filter(({ id }) => id !== event.id);
  return index === -1 ? [...tools, event] : tools.map((tool, at) => (at === index ? event : tool));
}

function pickProgress<T>({ attempt, failures, tools }: AnswerProgress<T>): AnswerProgress<T> {
  return { attempt, failures, tools };
}
