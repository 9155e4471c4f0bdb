import { map, takeWhile, type Observable } from 'rxjs';
import { describeValue } from '../foundation/describeValue.js';
import type { AnswerEvent } from './AnswerEvent.js';

/**
 * Ends at the first value that is not an event. JavaScript may pass the answers themselves, and they hold what stays on
 * the server. The page is told: it is a mistake in the code, the same for every question.
 *
 * @param caller The public function that was called.
 */
export function expectEvents(caller: string, values: Observable<unknown>): Observable<AnswerEvent> {
  return values.pipe(
    takeWhile((value) => isEvent(value), true),
    map((value): AnswerEvent => {
      if (isEvent(value)) return value;
      const message = `${caller}: expected the events that answerEvents makes, got ${describeValue(value)}`;
      return { type: 'failed', code: 'internal', message };
    }),
  );
}

function isEvent(value: unknown): value is AnswerEvent {
  return typeof (value as Partial<AnswerEvent> | null | undefined)?.type === 'string';
}
