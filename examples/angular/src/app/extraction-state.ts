import type { Extraction } from '@contract/Extraction';
import {
  toAnswerState,
  type AnswerState,
  type CompletionInfo,
  type Decoded,
  type InvalidAnswer,
  type ToolEvent,
  type Unavailable,
} from 'rx-structured';
import { map, merge, takeWhile, type Observable } from 'rxjs';

/** An element of `fromSse`. */
export type Verdict =
  | { readonly _tag: 'Left'; readonly left: InvalidAnswer | Unavailable }
  | {
      readonly _tag: 'Right';
      readonly right: (Decoded<Extraction> & { readonly completion?: CompletionInfo }) | ToolEvent<'lookUpArticle'>;
    };

const nothing = { attempt: 1, failures: [], tools: [] } as const;
export const idle = { phase: 'idle', ...nothing } as const;
const cancelled = { phase: 'cancelled', ...nothing } as const;

/** All that the page shows of an extraction. A resource is `resolved` from the first state on: its end is in the phase. */
export type ExtractionState = AnswerState<Extraction> | typeof idle | typeof cancelled;

export const isOver = ({ phase }: ExtractionState): boolean => phase !== 'waiting' && phase !== 'writing';

/** The states of an extraction, for a template. The last one says how it ended, and unsubscribes, which ends the request. */
export function extractionStates(verdicts: Observable<Verdict>, cancel: Observable<void>): Observable<ExtractionState> {
  return merge(verdicts.pipe(toAnswerState()), cancel.pipe(map(() => cancelled))).pipe(
    takeWhile((state: ExtractionState) => !isOver(state), true),
  );
}
