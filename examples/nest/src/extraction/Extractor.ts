import { Inject, Injectable, Logger } from '@nestjs/common';
import OpenAI from 'openai';
import { structuredCompletion, type Tools } from 'rx-structured';
import { openaiChat } from 'rx-structured/openai';
import { answerEvents, type AnswerEvent, type WatchedRun } from 'rx-structured/sse';
import { tap, type MonoTypeOperatorFunction, type Observable } from 'rxjs';
import { Extraction } from '../contract/Extraction.js';
import { Settings } from '../server/Settings.js';
import { Shutdown } from '../server/Shutdown.js';
import { lookUpArticle } from './lookUpArticle.js';

const INSTRUCTIONS = 'Extract who sent the message and what is ordered or invoiced. Copy, do not invent.';

/** An article number. */
const ARTICLE = /\bA-\d{3}\b/;

/** Longer orders are for another program. */
const LONGEST_ANSWER = 600;

@Injectable()
export class Extractor {
  readonly #logger = new Logger(Extractor.name);
  readonly #model;

  constructor(
    @Inject(OpenAI) openai: OpenAI,
    settings: Settings,
    private readonly shutdown: Shutdown,
  ) {
    this.#model = openaiChat(openai, { model: settings.model, max_completion_tokens: LONGEST_ANSWER });
  }

  /** The events that are sent to viewers. Asks the model once per subscription and attempt. */
  extract(text: string): Observable<AnswerEvent> {
    // Only where there is something to look up: while the model may still call a tool, a wrong answer is not stopped early.
    const tools: Tools = ARTICLE.test(text) ? { lookUpArticle } : {};
    const run: WatchedRun<Extraction> = (watch) =>
      structuredCompletion(this.#model, {
        codec: Extraction,
        messages: [
          { role: 'system', content: INSTRUCTIONS },
          { role: 'user', content: text },
        ],
        tools,
        retries: 2,
        idleTimeout: 20_000,
        watch,
      }).pipe(this.#log(text.length));

    return this.shutdown.bounded(answerEvents(run, { tools: ['lookUpArticle'] }));
  }

  /** Logs how it went, without any content. */
  #log<T extends { readonly _tag: string }>(length: number): MonoTypeOperatorFunction<T> {
    return (source) => {
      const begin = performance.now();
      let rejected = 0;
      const line = (outcome: string, more?: object) => {
        const ms = Math.round(performance.now() - begin);
        this.#logger.log({ msg: 'extraction', outcome, length, rejected, ms, ...more });
      };
      return source.pipe(
        tap({
          next: ({ _tag }) => void (_tag === 'Left' && (rejected += 1)),
          complete: () => {
            line('complete');
          },
          error: (err: unknown) => {
            line('error', { err });
          },
          unsubscribe: () => {
            line('cancelled');
          },
        }),
      );
    };
  }
}
