import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createResumableStreamContext } from 'resumable-stream';
import type { AnswerEvent } from 'rx-structured/sse';
import { concatMap, from, lastValueFrom, map, of, Subject, takeUntil, tap, timeout, type Observable } from 'rxjs';
import { AnswerLog, KEPT } from './AnswerLog.js';
import { connect, type RedisClient } from './connect.js';

/** Longer than a model may be silent: who writes the answer is gone. */
const SILENCE = 30_000;

const LOST: AnswerEvent = {
  type: 'failed',
  code: 'interrupted',
  message: 'The server that wrote this answer is gone. Try again.',
};

/**
 * Keeps the answers where every instance can read them.
 *
 * While an answer is written, `resumable-stream` passes it from the instance that writes it to those that are asked for
 * it. It does not keep what is over: the whole answer is stored by ourselves, before it is over.
 */
export class RedisAnswerLog extends AnswerLog implements OnApplicationShutdown {
  readonly #logger = new Logger(RedisAnswerLog.name);
  readonly #context;
  /** Lines that are neither passed on nor stored yet. */
  readonly #unfinished = new Set<Promise<unknown>>();

  private constructor(
    private readonly publisher: RedisClient,
    private readonly subscriber: RedisClient,
  ) {
    super();
    const waitUntil = (written: Promise<unknown>): void => {
      this.#unfinished.add(written);
      void written.finally(() => this.#unfinished.delete(written));
    };
    this.#context = createResumableStreamContext({ waitUntil, publisher, subscriber });
  }

  static async connect(url: string): Promise<RedisAnswerLog> {
    return new RedisAnswerLog(await connect(url), await connect(url));
  }

  override async begin(id: string, events: Observable<AnswerEvent>): Promise<void> {
    const ended = new Subject<void>();
    await this.subscriber.subscribe(endOf(id), () => {
      ended.next();
    });
    const lines = this.#lines(id, events.pipe(takeUntil(ended)));
    const stream = await this.#context.createNewResumableStream(id, () => lines);
    // This stream has no reader here, because viewers come by `follow`. It is written to its end all the same.
    await stream?.cancel();
  }

  override async follow(id: string): Promise<Observable<AnswerEvent> | undefined> {
    // It rejects if the process that writes the answer does not respond.
    const lines = await this.#context.resumeExistingStream(id).catch(() => 'lost' as const);
    if (lines === 'lost') return of(LOST);
    if (lines) {
      return from<AsyncIterable<string>>(lines).pipe(
        concatMap(fromLines),
        timeout({ each: SILENCE, with: () => of(LOST) }),
      );
    }
    const whole = await this.publisher.get(wholeOf(id));
    return whole === null ? undefined : from(fromLines(whole));
  }

  override async end(id: string): Promise<void> {
    await this.publisher.publish(endOf(id), '');
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.#unfinished);
    await Promise.all([this.publisher.close(), this.subscriber.close()]);
  }

  #lines(id: string, events: Observable<AnswerEvent>): ReadableStream<string> {
    return new ReadableStream({
      start: (controller) => {
        let whole = '';
        const lines = events.pipe(
          map((event) => `${JSON.stringify(event)}\n`),
          tap((line) => {
            whole += line;
            controller.enqueue(line);
          }),
        );
        lastValueFrom(lines, { defaultValue: '' })
          .then(() => this.#store(id, whole))
          .catch((err: unknown) => {
            this.#logger.error({ err });
          })
          // Viewers that have all of it shall not wait for a Redis that is gone.
          .finally(() => {
            controller.close();
          });
      },
    });
  }

  async #store(id: string, whole: string): Promise<void> {
    await this.subscriber.unsubscribe(endOf(id));
    await this.publisher.set(wholeOf(id), whole, { expiration: { type: 'EX', value: KEPT } });
  }
}

const endOf = (id: string): string => `extraction:${id}:end`;
const wholeOf = (id: string): string => `extraction:${id}`;

/** A chunk holds any number of whole lines. */
const fromLines = (lines: string): readonly AnswerEvent[] =>
  lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as AnswerEvent);
