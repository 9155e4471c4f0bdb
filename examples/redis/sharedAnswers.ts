import { createClient } from 'redis';
import { createResumableStreamContext } from 'resumable-stream';
import type { AnswerEvent } from 'rx-structured/sse';
import { concatMap, defer, from, lastValueFrom, map, of, switchMap, tap, timeout, type Observable } from 'rxjs';

/** How long an answer that is over can be had, in seconds. */
const KEPT = 3600;

/** Longer than a model may be silent, in milliseconds: the process that writes the answer is gone. */
const SILENCE = 30_000;

const LOST: AnswerEvent = { type: 'failed', code: 'interrupted', message: 'Who wrote this answer is gone.' };

/** Shares an answer between all who ask for its id, wherever: the first one's events are the answer. */
export type ShareAnswer = (id: string, events: Observable<AnswerEvent>) => Observable<AnswerEvent>;

/**
 * Shares answers between the processes that are connected to one Redis. The first subscriber to an id subscribes to the
 * events; they go on when everybody has left.
 */
export async function sharedAnswers(url: string): Promise<ShareAnswer> {
  const publisher = await createClient({ url }).on('error', console.error).connect();
  const subscriber = await createClient({ url }).on('error', console.error).connect();
  const context = createResumableStreamContext({ waitUntil: null, publisher, subscriber });
  const key = (id: string) => `answer:${id}`;

  // `resumable-stream` keeps what is under way; what is over has to be stored before it is over.
  const store = (id: string, whole: string) =>
    publisher.set(key(id), whole, { expiration: { type: 'EX', value: KEPT } });
  const stored = (id: string) => from(publisher.get(key(id))).pipe(switchMap((whole) => of(whole ?? asLine(LOST))));

  return (id, events) =>
    defer(() => context.resumableStream(id, () => toLines(events, (whole) => store(id, whole)))).pipe(
      switchMap((live) => (live === null ? stored(id) : from<AsyncIterable<string>>(live))),
      timeout({ each: SILENCE, with: () => of(asLine(LOST)) }),
      concatMap(fromLines),
    );
}

const asLine = (event: AnswerEvent): string => `${JSON.stringify(event)}\n`;

/** How an answer ended is the last of its events: what `resumable-stream` reads must not fail. */
function toLines(events: Observable<AnswerEvent>, store: (whole: string) => Promise<unknown>): ReadableStream<string> {
  return new ReadableStream({
    start(controller) {
      let whole = '';
      const lines = events.pipe(
        map(asLine),
        tap((line) => {
          whole += line;
          controller.enqueue(line);
        }),
      );
      lastValueFrom(lines, { defaultValue: '' })
        .then(() => store(whole))
        .catch(console.error)
        .finally(() => {
          controller.close();
        });
    },
  });
}

/** A chunk holds any number of whole lines. */
const fromLines = (lines: string): readonly AnswerEvent[] =>
  lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as AnswerEvent);
