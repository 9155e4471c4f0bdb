import { asyncScheduler } from 'rxjs';
import type { CompletionEvent, FinishReason } from './CompletionEvent.js';
import { pickLastingReason } from './pickLastingReason.js';
import type { AttemptInfo, Usage } from './CompletionInfo.js';

/** The facts about a request before it is made. */
export type AttemptStart = Pick<AttemptInfo, 'attempt' | 'step' | 'model'>;

/**
 * Gathers the facts about one request while it runs.
 *
 * The clock is that of rxjs' `asyncScheduler`, so that times are virtual in marble tests.
 */
export class AttemptRecord {
  readonly startedAt = asyncScheduler.now();
  readonly #attempt: number;
  readonly #step: number | undefined;
  #id: string | undefined;
  #model: string | undefined;
  #requestId: string | undefined;
  #firstEventAfter: number | undefined;
  #characters = 0;
  #usage: Usage | undefined;
  /** Why the model stopped, as soon as it says so. */
  #finishReason: FinishReason | undefined;
  /** Set once, when the request is over; until then time goes on. */
  #duration: number | undefined;
  /** Set where we ended the request. */
  #wasStopped = false;

  constructor({ attempt, step, model }: AttemptStart) {
    this.#attempt = attempt;
    this.#step = step;
    this.#model = model;
  }

  see(event: CompletionEvent): void {
    this.#firstEventAfter ??= this.#measureElapsed();
    switch (event.type) {
      case 'start':
        this.#id = event.id ?? this.#id;
        this.#model = event.model ?? this.#model;
        this.#requestId = event.requestId ?? this.#requestId;
        break;
      case 'usage': {
        const { type: _type, raw: _raw, ...usage } = event;
        this.#usage = usage;
        break;
      }
      case 'finish':
        this.#finishReason = pickLastingReason(this.#finishReason, event.reason);
        break;
      case 'turn-part':
        // Its text has come in deltas.
        break;
      default:
        this.#characters += event.text.length;
    }
  }

  /** The request is over, by itself or because we ended it. Only the first call counts. */
  end(how: 'by itself' | 'stopped'): void {
    if (this.#duration !== undefined) return;
    this.#duration = this.#measureElapsed();
    this.#wasStopped = how === 'stopped';
  }

  get isOver(): boolean {
    return this.#duration !== undefined;
  }

  describe(): AttemptInfo {
    const finishReason = this.#finishReason ?? (this.#wasStopped ? 'stopped' : undefined);
    return {
      attempt: this.#attempt,
      ...(this.#step !== undefined && { step: this.#step }),
      ...(this.#model !== undefined && { model: this.#model }),
      ...(this.#id !== undefined && { id: this.#id }),
      ...(this.#requestId !== undefined && { requestId: this.#requestId }),
      startedAt: this.startedAt,
      ...(this.#firstEventAfter !== undefined && { firstEventAfter: this.#firstEventAfter }),
      duration: this.#duration ?? this.#measureElapsed(),
      characters: this.#characters,
      ...(finishReason !== undefined && { finishReason }),
      ...(this.#usage !== undefined && { usage: this.#usage }),
    };
  }

  /** Never negative, though the clock of a machine may be put back. */
  #measureElapsed(): number {
    return Math.max(0, asyncScheduler.now() - this.startedAt);
  }
}
