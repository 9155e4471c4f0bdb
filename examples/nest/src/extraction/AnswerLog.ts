import type { Observable } from 'rxjs';
import type { AnswerEvent } from 'rx-structured/sse';

/** How long an answer can be come back to, in seconds. */
export const KEPT = 3600;

/** Answers that go on without viewers, and that every viewer with the id can watch from the beginning. */
export abstract class AnswerLog {
  /** Subscribes to the events, once, and keeps them. */
  abstract begin(id: string, events: Observable<AnswerEvent>): Promise<void>;

  /** All events of an answer, including future ones; `undefined` for an unknown id. */
  abstract follow(id: string): Promise<Observable<AnswerEvent> | undefined>;

  /** Unsubscribes from the events, wherever that was begun, and so aborts the model's request. */
  abstract end(id: string): Promise<void>;
}
