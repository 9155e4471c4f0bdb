import { catchError, defer, EMPTY, mergeMap, of, throwError, timer, type Observable } from 'rxjs';
import { IncompleteCompletionError } from '../deltas/IncompleteCompletionError.js';
import { toDelay } from '../foundation/toDelay.js';
import { countRetries } from '../retry/countRetries.js';
import type { AnswerEvent, FailedEvent } from './AnswerEvent.js';
import { SseError } from './SseError.js';
import type { ReceivedMessage } from './readSseMessages.js';

/**
 * The events of one answer over as many connections as it takes.
 *
 * @param connect Asks for the events after the one with that id.
 * @param resumes How often in a row to connect again.
 */
export function resumeEvents(
  connect: (lastEventId: string | undefined) => Observable<ReceivedMessage>,
  resumes: number,
): Observable<AnswerEvent> {
  return defer(() => {
    let lastEventId: string | undefined;
    let retry: number | undefined;
    let losses = 0;
    /** The last event said that the answer was wrong, and that it is not asked again. */
    let isRejected = false;

    const read =
      (asked: string | undefined) =>
      ({ id, message }: ReceivedMessage): Observable<AnswerEvent> => {
        if (message.type === 'begin' && asked !== undefined && id !== asked) throw createStartedAnew();
        const isNew = message.type === 'begin' || message.type === 'done' || !isReceived(id, lastEventId);
        if (!isNew) return EMPTY;
        lastEventId = id ?? lastEventId;
        if (message.type === 'done') return EMPTY;
        if (message.type === 'begin') {
          retry = message.retry;
          return EMPTY;
        }
        // A connection that brings nothing new does not count as progress, however well it begins.
        losses = 0;
        isRejected = message.type === 'invalid' && message.retriesLeft === 0;
        return of(message);
      };

    const resumeAfter = (error: unknown, asked: string | undefined): Observable<AnswerEvent> => {
      // eslint-disable-next-line rxjs-x/throw-error -- passed on as it came
      if (!isLoss(error, asked)) return throwError(() => error);
      losses += 1;
      // The server has nothing more to say than that.
      if (isRejected && error instanceof SseError && error.status === 204) return EMPTY;
      if (retry === undefined || losses > countRetries(resumes) || isFinal(error)) return of(interrupted);
      return timer(computeDelay(retry, losses)).pipe(mergeMap(openEvents));
    };

    const openEvents = (): Observable<AnswerEvent> => {
      const asked = lastEventId;
      return connect(asked).pipe(
        mergeMap(read(asked)),
        catchError((error: unknown) => resumeAfter(error, asked)),
      );
    };
    return openEvents();
  });
}

/** The shortest and the longest wait before a further connection, in milliseconds. */
const FLOOR = 100;
const CEILING = 30_000;

/**
 * How long to wait before a further connection: some time up to `retry`, twice as long after each loss. Clients that
 * lost their connections together, as when a server is restarted, must not come back together.
 */
function computeDelay(retry: number, losses: number): number {
  const longest = Math.min(retry * 2 ** (losses - 1), Math.max(retry, CEILING));
  return toDelay(FLOOR + Math.random() * Math.max(0, longest - FLOOR));
}

/**
 * Ids count the events of an answer. An event that comes again, after a lost connection or twice on one, is dropped.
 */
function isReceived(id: string | undefined, last: string | undefined): boolean {
  if (id === undefined || last === undefined) return false;
  return isCount(id) && isCount(last) ? Number(id) <= Number(last) : id === last;
}

function isCount(id: string): boolean {
  return /^\d{1,15}$/.test(id);
}

/** Written down, and not made by `toFailure`: a browser need not know what servers call their failures. */
const interrupted: FailedEvent = {
  type: 'failed',
  code: 'interrupted',
  message: 'The connection was lost in the middle of the answer.',
};

/** The first request may fail for its own reasons. Those of a later one are of no interest: the connection was lost. */
function isLoss(error: unknown, asked: string | undefined): boolean {
  if (error instanceof SseError) return asked !== undefined && error.code === 'status';
  return asked !== undefined || error instanceof IncompleteCompletionError;
}

/** Statuses below 500 with which a server asks for patience. */
const BUSY: readonly number[] = [408, 425, 429];

/** The server has not got the answer any more. One that is being restarted will say so with a 5xx. */
function isFinal(error: unknown): boolean {
  return error instanceof SseError && error.status < 500 && !BUSY.includes(error.status);
}

function createStartedAnew(): SseError {
  return new SseError('malformed', 'The server was asked to go on with an answer, and began a new one.', 200);
}
