import { catchError, concat, defer, EMPTY, identity, map, Observable, of, tap } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import { SchemaError } from '../codecs/jsonSchema/SchemaError.js';
import { isConnectionError } from '../completions/isConnectionError.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import { RefusalError } from '../deltas/RefusalError.js';
import { ToolCallsError } from '../deltas/ToolCallsError.js';
import { MaxStepsError } from './tools/MaxStepsError.js';
import { ToolAbortError } from './tools/ToolAbortError.js';
import { AttemptLog } from './AttemptLog.js';
import type { ConversationConfig } from './Conversation.js';
import { CheckFailure } from './CheckFailure.js';
import { withoutKeys } from '../foundation/withoutKeys.js';
import type { Unavailable } from './Unavailable.js';

/** When another model is asked. */
export interface FallbackConfig {
  /**
   * Whether the next model is asked because of an error of the one before. By default because of every error but
   * refusals and those of your own code: misuse, a failed `validate`, a tool that ended it all.
   */
  readonly fallbackOn?: (error: unknown) => boolean;
}

/** Where a model stands among those that may be asked. */
export interface Turn {
  /** Shared by all models, so that attempts are counted through. */
  readonly log: AttemptLog;
  /** A failure of this model, counted among the attempts of all. */
  readonly count: <L extends Counted>(failure: L) => L;
  /** No other model may be asked. */
  readonly isOnly: boolean;
}

interface Counted {
  readonly attempt: number;
  readonly retriesLeft: number;
}

/**
 * Asks one model after the other: the next one where the one before failed, or where all its attempts were rejected.
 *
 * Each request is over before the next one is made.
 *
 * @param ask What comes of one model with all its retries, counted from 1.
 * @param retries How many each model has.
 */
export function fallBack<X, L extends InvalidAnswer, R>(
  models: readonly X[],
  ask: (model: X, turn: Turn) => Observable<Either<L, R>>,
  retries: number,
  { fallbackOn = isModelsFault }: FallbackConfig,
  log: AttemptLog,
): Observable<Either<L | Unavailable, R>> {
  // A single model, the usual case, has nothing to count and nothing to go on with.
  const [first, second] = models;
  if (first !== undefined && second === undefined) return ask(first, { log, count: identity, isOnly: true });

  const from = (index: number): Observable<Either<L | Unavailable, R>> =>
    defer(() => {
      const [model] = models.slice(index, index + 1);
      if (model === undefined) return EMPTY;
      const before = log.attempt;
      const others = models.length - 1 - index;
      // No other model makes none, also of attempts without end.
      const later = others === 0 ? 0 : others * (retries + 1);
      const count = <C extends Counted>(failure: C): C =>
        before + later === 0
          ? failure
          : { ...failure, attempt: failure.attempt + before, retriesLeft: failure.retriesLeft + later };

      let isNextAsked = false;
      const answers = defer(() => ask(model, { log, count, isOnly: false })).pipe(
        tap((either) => {
          isNextAsked = either._tag === 'Left' && either.left.retriesLeft === 0;
        }),
        map((either) => (either._tag === 'Left' ? { ...either, left: count(either.left) } : either)),
        catchError((caught: unknown) => {
          const { error, isOwn } = CheckFailure.open(caught);
          const isOver = later === 0 || (isOwn && fallbackOn === isModelsFault) || !fallbackOn(error);
          if (isOver) return failWith(error);
          isNextAsked = true;
          // An attempt that failed before it was made is one as well.
          if (log.attempt === before) log.beginAttempt();
          return of({ _tag: 'Left' as const, left: createUnavailable(error, log.attempt, later) });
        }),
      );
      return later === 0
        ? answers
        : concat(
            answers,
            defer(() => (isNextAsked ? from(index + 1) : EMPTY)),
          );
    });
  return from(0);
}

/** The delay between the attempts of one model, told of failures as they are counted among all. */
export function readDelay(
  { delay }: Pick<ConversationConfig<unknown>, 'delay'>,
  count: Turn['count'],
): { readonly delay?: NonNullable<ConversationConfig<unknown>['delay']> } {
  if (delay === undefined) return {};
  return { delay: typeof delay === 'number' ? delay : (failure) => delay(count(failure)) };
}

export function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

/** Whether another model may succeed after this one failed. */
function isModelsFault(error: unknown): boolean {
  const isMisuse = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
  if (isMisuse) return isConnectionError(error);
  return !OWN_ERRORS.some((kind) => error instanceof kind);
}

const OWN_ERRORS = [RefusalError, SchemaError, ToolCallsError, ToolAbortError, MaxStepsError];

function createUnavailable(error: unknown, attempt: number, retriesLeft: number): Unavailable {
  const message = withoutKeys(error instanceof Error ? error.message : String(error));
  return { _tag: 'Unavailable', error, message, attempt, retriesLeft };
}

/** `throwError`, of whatever was thrown. */
function failWith(error: unknown): Observable<never> {
  return new Observable((subscriber) => {
    subscriber.error(error);
  });
}
