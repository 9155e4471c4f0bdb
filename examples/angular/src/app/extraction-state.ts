import { Extraction } from '@contract/Extraction';
import type { CompletionInfo, Decoded, InvalidAnswer, JsonPath, PartialOf, Unavailable } from 'rx-structured';
import { catchError, map, merge, of, scan, startWith, takeWhile, type Observable } from 'rxjs';
import { explain, type Problem } from './problem';
import { reasonsOf, type Reason } from './reasons';

/** An element of `fromSse`. */
export type Verdict =
  | { readonly _tag: 'Left'; readonly left: InvalidAnswer | Unavailable }
  | { readonly _tag: 'Right'; readonly right: Decoded<Extraction> & { readonly completion?: CompletionInfo } };

/** An attempt that is over, and why. */
export interface FailedAttempt {
  readonly attempt: number;
  /** The model's own words. */
  readonly text: string;
  readonly reasons: readonly Reason[];
}

/** All that the page shows of an extraction, from the first moment to the last. */
export interface ExtractionState {
  /** `done` is said by the value: a resource is `resolved` from the first partial on. */
  readonly phase: 'idle' | 'waiting' | 'writing' | 'done' | 'rejected' | 'failed' | 'cancelled';
  readonly value: PartialOf<Extraction>;
  /** The field that is being written. */
  readonly path: JsonPath;
  readonly attempt: number;
  readonly attempts: number;
  readonly failedAttempts: readonly FailedAttempt[];
  readonly problem?: Problem;
  readonly completion?: CompletionInfo;
}

export const idle: ExtractionState = {
  phase: 'idle',
  value: {},
  path: [],
  attempt: 1,
  attempts: 1,
  failedAttempts: [],
};

const waiting: ExtractionState = { ...idle, phase: 'waiting' };

export const isOver = ({ phase }: ExtractionState): boolean => phase !== 'waiting' && phase !== 'writing';

/** The states of an extraction, for a template. Never errors; the last value says how the extraction ended. */
export function extractionStates(verdicts: Observable<Verdict>, cancel: Observable<void>): Observable<ExtractionState> {
  const steps = merge(
    verdicts.pipe(
      map((verdict) => (state: ExtractionState) => afterVerdict(state, verdict)),
      catchError((error: unknown) => of((state: ExtractionState) => afterError(state, error))),
    ),
    cancel.pipe(map(() => (state: ExtractionState): ExtractionState => ({ ...state, phase: 'cancelled', path: [] }))),
  );
  return steps.pipe(
    scan((state, step) => step(state), waiting),
    startWith(waiting),
    takeWhile((state) => !isOver(state), true),
  );
}

function afterVerdict(state: ExtractionState, verdict: Verdict): ExtractionState {
  if (verdict._tag === 'Right') {
    const { right } = verdict;
    if (right._tag === 'Partial') return { ...state, phase: 'writing', value: right.value, path: right.path };
    const { value, completion } = right;
    return { ...state, phase: 'done', value, path: [], ...(completion && { completion }) };
  }
  const { attempt, retriesLeft, message } = verdict.left;
  // A model that was not to be had has written nothing that is to be shown.
  const text = verdict.left._tag === 'Unavailable' ? '' : verdict.left.text;
  const failedAttempts = [...state.failedAttempts, { attempt, text, reasons: reasonsOf(message) }];
  const attempts = attempt + retriesLeft;
  // The attempt was rejected, so the next one starts from nothing.
  return retriesLeft > 0
    ? { ...state, phase: 'waiting', value: {}, path: [], attempt: attempt + 1, attempts, failedAttempts }
    : { ...state, phase: 'rejected', path: [], attempts, failedAttempts };
}

function afterError(state: ExtractionState, error: unknown): ExtractionState {
  return { ...state, phase: 'failed', path: [], problem: explain(error) };
}
