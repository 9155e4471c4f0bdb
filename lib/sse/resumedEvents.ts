import { catchError, defer, EMPTY, mergeMap, of, throwError, timer, type Observable } from 'rxjs';
import { IncompleteCompletionError } from '../deltas/IncompleteCompletionError.js';
import type { AnswerEvent } from './AnswerEvent.js';
import { SseError } from './SseError.js';
import type { ReceivedMessage } from './sseMessages.js';
import { toFailure } from './toFailure.js';

/**
 * The events of one answer over as many connections as it takes.
 *
 * @param connect Asks for what comes after the event of that id.
 * @param resumes How often in a row to connect again.
 */
export function resumedEvents(
  connect: (lastEventId: string | undefined) => Observable<ReceivedMessage>,
  resumes: number,
): Observable<AnswerEvent> {
  return defer(() => {
    let lastEventId: string | undefined;
    let retry: number | undefined;
    let losses = 0;

    const read =
      (asked: string | undefined) =>
      ({ id, message }: ReceivedMessage): Observable<AnswerEvent> => {
        if (message.type === 'begin' && asked !== undefined && id !== asked) throw startedAnew();
        lastEventId = id ?? lastEventId;
        if (message.type === 'done') return EMPTY;
        if (message.type === 'begin') {
          retry = message.retry;
          return EMPTY;
        }
        losses = 0;
        return of(message);
      };

    const lost = (error: unknown, asked: string | undefined): Observable<AnswerEvent> => {
      // eslint-disable-next-line rxjs-x/throw-error -- passed on as it came
      if (!isLoss(error, asked)) return throwError(() => error);
      losses += 1;
      if (retry === undefined || losses > resumes || isFinal(error)) return of(interrupted);
      return timer(retry * 2 ** (losses - 1)).pipe(mergeMap(events));
    };

    const events = (): Observable<AnswerEvent> => {
      const asked = lastEventId;
      return connect(asked).pipe(
        mergeMap(read(asked)),
        catchError((error: unknown) => lost(error, asked)),
      );
    };
    return events();
  });
}

const interrupted = toFailure(new IncompleteCompletionError('interrupted', ''));

/** The first request may fail for its own reasons. Those of a later one are of no interest: the connection was lost. */
function isLoss(error: unknown, asked: string | undefined): boolean {
  if (error instanceof SseError) return asked !== undefined && error.code === 'status';
  return asked !== undefined || error instanceof IncompleteCompletionError;
}

/** The server has not got the answer any more. One that is being restarted will say so with a 5xx. */
function isFinal(error: unknown): boolean {
  return error instanceof SseError && error.status < 500;
}

function startedAnew(): SseError {
  return new SseError('malformed', 'The server was asked to go on with an answer, and began a new one.', 200);
}
