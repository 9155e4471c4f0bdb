import type { FinishReason } from '../../completions/CompletionEvent.js';
import type { AttemptInfo, Usage } from '../../completions/CompletionInfo.js';
import type { Json, JsonPath } from '../../partials/PartialJson.js';

/** The text that a delta is part of. */
export type DeltaKind = 'text' | 'tool' | 'reasoning' | 'refusal' | 'answer';

/** More was written. */
export interface DeltaEntry {
  readonly type: 'delta';
  readonly kind: DeltaKind;
  readonly text: string;
  /** The same text is the next of the answer: two events in one entry. Always so where `kind` is `'answer'`. */
  readonly isAnswer?: true;
  /** The index of a call. */
  readonly index?: number;
  readonly id?: string;
  readonly name?: string;
}

/** An answer was rejected, or its model was not to be had. */
export interface LeftEntry {
  readonly type: 'left';
  readonly tag: string;
  readonly message: string;
  readonly path: JsonPath;
  readonly attempt: number;
  readonly retriesLeft: number;
  /** The character of the answer's text at which it became wrong, where that is known. */
  readonly offset?: number;
  /** The index of an element; its list goes on. */
  readonly index?: number;
}

/** A call of a tool has changed. */
export interface ToolEntry {
  readonly type: 'tool';
  readonly id: string;
  readonly name: string;
  readonly step: number;
  readonly state: 'writing' | 'running' | 'done' | 'failed';
  readonly input?: Json;
  readonly progress?: Json;
  readonly output?: Json;
  readonly error?: string;
}

/** A request is over. */
export interface OverEntry extends Pick<
  AttemptInfo,
  'attempt' | 'step' | 'duration' | 'characters' | 'firstEventAfter'
> {
  readonly type: 'over';
  readonly finishReason?: FinishReason | 'stopped';
  readonly usage?: Usage;
  readonly error?: string;
}

/** One thing that happened, as plain JSON. */
export type Happening =
  | { readonly type: 'attempt'; readonly attempt: number; readonly step?: number; readonly model?: string }
  | { readonly type: 'start'; readonly id?: string; readonly model?: string }
  | DeltaEntry
  | ({ readonly type: 'usage' } & Usage)
  | { readonly type: 'finish'; readonly reason: FinishReason }
  | { readonly type: 'partial'; readonly path: JsonPath }
  | { readonly type: 'element'; readonly index: number; readonly value: Json }
  | { readonly type: 'complete'; readonly value: Json }
  | LeftEntry
  | ToolEntry
  | OverEntry
  | { readonly type: 'ended'; readonly how: 'completed' | 'failed' | 'cancelled'; readonly error?: string }
  /** From here on the log is full: only what comes once in an attempt is still recorded. */
  | { readonly type: 'full'; readonly limit: string };

/** One thing that happened, and when: milliseconds since the first. */
export type LogEntry = Happening & { readonly at: number };

/** How a completion is. */
export type CompletionStatus = 'running' | 'accepted' | 'rejected' | 'failed' | 'cancelled';

/** A completion in a list. */
export interface CompletionSummary {
  readonly id: string;
  readonly name: string;
  /** As `Date.now()` counts. */
  readonly startedAt: number;
  readonly status: CompletionStatus;
  readonly attempts: number;
  readonly duration: number;
  /** How many entries its log has. */
  readonly length: number;
}
