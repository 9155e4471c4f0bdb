import { Observable } from 'rxjs';
import type { CompletionEvent } from '../completions/CompletionEvent.js';
import { subscribeFor } from '../foundation/subscribeFor.js';
import type { AnswerPlace } from './AnswerText.js';
import { TextReader } from './TextReader.js';

/** Where deltas come from. */
export interface DeltaSource {
  readonly events: Observable<CompletionEvent>;
  readonly place: AnswerPlace;
}

const sources = new WeakMap<Observable<string>, DeltaSource>();

/** The text of the answer in the events of a completion. */
export function createAnswerDeltas(events: Observable<CompletionEvent>, place: AnswerPlace): Observable<string> {
  const deltas = new Observable<string>((subscriber) => {
    subscribeFor(subscriber, events, new TextReader(subscriber, place));
  });
  sources.set(deltas, { events, place });
  return deltas;
}

/**
 * Where deltas come from, if they were made here: a chain that holds the events itself can read them with the
 * subscription and the text that it has already.
 */
export function findDeltaSource(deltas: Observable<string>): DeltaSource | undefined {
  return sources.get(deltas);
}
