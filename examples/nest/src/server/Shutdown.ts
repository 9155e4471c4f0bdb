import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:http';
import {
  BehaviorSubject,
  concat,
  defer,
  EMPTY,
  filter,
  finalize,
  firstValueFrom,
  of,
  Subject,
  takeUntil,
  timeout,
} from 'rxjs';
import type { Observable } from 'rxjs';
import type { AnswerEvent } from 'rx-structured/sse';
import { Settings } from './Settings.js';

const RESTARTING: AnswerEvent = {
  type: 'failed',
  code: 'unavailable',
  message: 'The server is restarting. Try again.',
};

/** Gives the answers under way some time when the server is told to stop, and then ends them, with a word. */
@Injectable()
export class Shutdown implements BeforeApplicationShutdown {
  readonly #logger = new Logger(Shutdown.name);
  readonly #underWay = new BehaviorSubject(0);
  readonly #deadline = new Subject<void>();
  #begun = false;

  constructor(
    private readonly settings: Settings,
    private readonly host: HttpAdapterHost,
  ) {}

  /** How many answers are being written by this process. */
  get underWay(): number {
    return this.#underWay.value;
  }

  /** The events, up to the end of the time that this process has. */
  bounded(events: Observable<AnswerEvent>): Observable<AnswerEvent> {
    return defer(() => {
      if (this.#begun) return of(RESTARTING);
      let late = false;
      this.#underWay.next(this.#underWay.value + 1);
      return concat(
        events.pipe(
          takeUntil(this.#deadline.pipe(filter(() => (late = true)))),
          finalize(() => {
            this.#underWay.next(this.#underWay.value - 1);
          }),
        ),
        defer(() => (late ? of(RESTARTING) : EMPTY)),
      );
    });
  }

  async beforeApplicationShutdown(signal?: string): Promise<void> {
    this.#begun = true;
    const allOver = this.#underWay.pipe(filter((answers) => answers === 0));
    this.#logger.log({ signal, underWay: this.underWay, grace: this.settings.shutdownGrace, msg: 'stopping' });
    await firstValueFrom(allOver.pipe(timeout({ first: this.settings.shutdownGrace, with: () => of(undefined) })));
    this.#deadline.next();
    // Closing waits for connections that are kept alive, although they are useless after their last answer.
    const server = this.host.httpAdapter.getHttpServer() as Server;
    setInterval(() => {
      server.closeIdleConnections();
    }, 100).unref();
  }
}
