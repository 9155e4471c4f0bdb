import type { Writable } from 'node:stream';
import { isLeft, type Either } from 'fp-ts/lib/Either.js';
import type { Observer } from 'rxjs';
import type { Decoded, DecodedPartial, InvalidAnswer } from 'rx-structured';
import { explainError } from './explainError.js';
import { LineScreen } from './LineScreen.js';
import type { Screen } from './Screen.js';
import { TerminalScreen } from './TerminalScreen.js';

const nothing: DecodedPartial<unknown> = { _tag: 'Partial', value: undefined, path: [] };

/**
 * Shows a structured completion as it comes: redrawn in place in a terminal, line by line in a pipe. Sets the exit code
 * of the process if there was no right answer.
 */
export class LiveObject<A> implements Observer<Either<InvalidAnswer, Decoded<A>>> {
  readonly #screen: Screen;
  readonly #started = Date.now();
  #shown: Decoded<unknown> = nothing;
  #deltas = 0;
  #firstPartial: number | undefined;
  #outcome = 'stopped before the answer was complete';

  /** Redraws the elapsed time while the model is silent. */
  readonly #clock = setInterval(() => {
    this.#show();
  }, 100);

  constructor(out = process.stdout, words: Writable = process.stderr) {
    this.#screen = out.isTTY ? new TerminalScreen(out) : new LineScreen(out, words);
  }

  /** Counts the deltas of the answer. */
  readonly watch = ({ type }: { readonly type: string }): void => {
    if (type === 'answer-delta') this.#deltas++;
  };

  readonly next = (either: Either<InvalidAnswer, Decoded<A>>): void => {
    if (isLeft(either)) {
      const { attempt, message, retriesLeft } = either.left;
      this.#screen.say(`attempt ${attempt} was rejected: ${message}`);
      this.#outcome = `gave up after attempt ${attempt}`;
      if (retriesLeft > 0) this.#shown = nothing;
      return;
    }
    this.#firstPartial ??= Date.now();
    this.#shown = either.right;
    this.#show();
  };

  readonly error = (error: unknown): void => {
    this.#end(explainError(error));
  };

  readonly complete = (): void => {
    this.#end(this.#shown._tag === 'Complete' ? undefined : this.#outcome);
  };

  #show(): void {
    if (this.#shown._tag === 'Partial') this.#screen.show(this.#shown.value, this.#shown.path, this.#status());
  }

  #end(failure: string | undefined): void {
    clearInterval(this.#clock);
    if (this.#shown._tag === 'Complete') this.#screen.showWhole(this.#shown.value, this.#status());
    if (failure === undefined) return;
    this.#screen.say(failure);
    process.exitCode = 1;
  }

  #status(): string {
    const since = (time: number): string => `${((time - this.#started) / 1000).toFixed(1)} s`;
    const first = this.#firstPartial === undefined ? 'waiting' : `first partial after ${since(this.#firstPartial)}`;
    return `${this.#deltas} deltas · ${first} · ${since(Date.now())}`;
  }
}
