import { Subject, type Observable, type Subscription } from 'rxjs';
import { GrowingText } from '../foundation/GrowingText.js';
import { subscribeFor } from '../foundation/subscribeFor.js';
import type * as t from 'io-ts';
import type { DecodedComplete, DecodedPartial } from '../decoded/Decoded.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import type { TextEvent } from './AnswerEvent.js';
import { decodeAnswer, type DecodeAnswerConfig } from '../answers/decodeAnswer.js';

/** The verdict on an attempt; `undefined` until its decoding is over. */
export type Verdict<A> = InvalidAnswer | DecodedComplete<A> | undefined;

/** Gets the partials of an attempt before it is over. */
export interface AttemptObserver<A> {
  next(partial: DecodedPartial<A>): void;
  error(error: unknown): void;
}

/** One attempt as it is decoded here. Its verdict waits for the server's. */
export class RemoteAttempt<A> {
  readonly #text = new GrowingText();
  readonly #decode: (deltas: Observable<string>, wrapped: boolean) => void;
  #deltas: Subject<string> | undefined;
  #verdict: Verdict<A>;
  /** The text has been decoded. A schema may take its time after the last of it. */
  #isOver = false;
  #whenOver: ((verdict: Verdict<A>) => void) | undefined;

  constructor(
    codec: t.Type<A, unknown>,
    config: DecodeAnswerConfig,
    owner: Subscription,
    observer: AttemptObserver<A>,
  ) {
    this.#decode = (deltas, wrapped) => {
      subscribeFor(owner, decodeAnswer(deltas, codec, wrapped, config, this.#text), {
        next: (either) => {
          const outcome = either._tag === 'Left' ? either.left : either.right;
          if (outcome._tag === 'Partial') observer.next(outcome);
          else this.#verdict = outcome;
        },
        error: (error: unknown) => {
          observer.error(error);
        },
        complete: () => {
          this.#isOver = true;
          this.#whenOver?.(this.#verdict);
        },
      });
    };
  }

  /** All of its text. */
  get text(): string {
    return this.#text.toString();
  }

  push({ text, wrapped }: Omit<TextEvent, 'type'>): void {
    this.#text.append(text);
    if (this.#deltas === undefined) {
      this.#deltas = new Subject();
      this.#decode(this.#deltas, wrapped === true);
    }
    this.#deltas.next(text);
  }

  /**
   * Called after the last text.
   *
   * @param then Is told the verdict, now or when a schema has answered.
   * @returns The verdict, if it is there.
   */
  end(then?: (verdict: Verdict<A>) => void): Verdict<A> {
    // An attempt without text has no verdict yet either.
    if (this.#deltas === undefined) this.push({ text: '' });
    this.#deltas?.complete();
    if (this.#isOver) then?.(this.#verdict);
    else this.#whenOver = then;
    return this.#verdict;
  }
}
