import type { CompletionEvent, TurnPartEvent } from './CompletionEvent.js';

/** Puts together what a provider wants sent back of one turn. */
export interface TurnReader<C> {
  /** The parts that a chunk has finished. */
  read(chunk: C): Iterable<TurnPartEvent>;
}

/** The events of a chunk, and before them the parts of the turn that it has finished. */
export function withTurnParts<C>(
  toEvents: (chunk: C) => Iterable<CompletionEvent>,
  turn: TurnReader<C>,
): (chunk: C) => Iterable<CompletionEvent> {
  return function* (chunk) {
    yield* turn.read(chunk);
    yield* toEvents(chunk);
  };
}
