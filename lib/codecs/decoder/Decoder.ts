import type * as t from 'io-ts';
import { isSamePath } from '../../tokens/JsonPath.js';
import type { Json, JsonPath, PartialJson } from '../../partials/PartialJson.js';
import type { PartialOf } from '../annotations/PartialOf.js';
import { compile, type Excess } from './compile.js';
import { PendingVerdicts } from '../standardSchema/PendingVerdicts.js';
import { withheld, type Cursor, type Verdict } from './Cursor.js';
import type { Clock } from './Node.js';
import { Place } from './Place.js';
import { writeErrors, type Rejection } from './Rejection.js';

export interface DecoderConfig {
  /** Whether a document is rejected as soon as nothing could make it right any more, or only when it is whole. */
  readonly failFast: boolean;
  readonly excess: Excess;
}

/**
 * Decodes a document while it is being written.
 *
 * Every snapshot costs what has changed since the one before: what has closed is decoded once, and only the open branch
 * is looked at. The verdict and the value are those of `codec.decode`, but for a `null` that means absent.
 *
 * It never throws but for a codec that throws; `rejection` and `result` are states. A codec that answers later is
 * waited for when the document has closed: until then it counts as one that accepts, and there is neither state.
 */
export class Decoder<A> {
  /** Why the document is rejected. Nothing is read after it. */
  rejection: t.Errors | undefined;
  /** The whole value. Nothing is read after it. */
  result: { readonly value: A } | undefined;
  /** The value so far, if it may be shown, and the path at which it is being written. */
  partial: { readonly _tag: 'Partial'; readonly value: PartialOf<A>; readonly path: JsonPath } | undefined;

  /** Resolves when there is a verdict; rejects with what a codec throws. Set while codecs have not answered. */
  waiting: Promise<void> | undefined;

  readonly #codec: t.Type<A, unknown>;
  readonly #config: DecoderConfig;
  readonly #clock: Clock = { now: 0 };
  #cursor: Cursor;
  /**
   * The document is wrong, and a decoder that does not fail fast waits for its end to report everything. Set by `#grow`
   * and `#decide`.
   */
  #isWrong = false;
  readonly #verdicts = new PendingVerdicts();
  /**
   * Set while a codec has not answered yet. Its reading cannot be trusted, so the rest is read when the document
   * closes.
   */
  #isBlind = false;

  constructor(codec: t.Type<A, unknown>, config: DecoderConfig) {
    this.#codec = codec;
    this.#config = config;
    this.#cursor = this.#open();
  }

  /** Reads a snapshot. */
  write(snapshot: PartialJson): void {
    if (this.rejection !== undefined || this.result !== undefined || this.waiting !== undefined) return;
    // Nodes forget what they had in the snapshot before.
    this.#clock.now++;
    this.#verdicts.collect(() => {
      if (snapshot.complete) this.#close(snapshot.value);
      else if (snapshot.value !== undefined && !this.#isWrong && !this.#isBlind)
        this.#grow(snapshot.value, snapshot.path);
    });
    // The last partial stays: parts of a wrong document are not shown.
    if (!this.#isWrong && !this.#isBlind) this.#show(snapshot.path);
  }

  #grow(value: Json, path: JsonPath): void {
    if (this.#cursor.grow(value, path, 0)) return;
    this.#isBlind = this.#verdicts.isWaiting;
    this.#isWrong = !this.#isBlind;
    if (this.#isWrong && this.#config.failFast) this.#reject(value, this.#cursor.rejection);
  }

  #open(): Cursor {
    return compile(this.#codec, this.#config.excess).open(Place.createRoot(this.#codec, this.#clock));
  }

  #close(value: unknown): void {
    let verdict = this.#isWrong || this.#isBlind ? undefined : this.#cursor.close(value);
    if (verdict === undefined || (verdict._tag === 'Left' && !this.#config.failFast)) {
      // The first problem ended the reading of its branch: to find all of them the whole is read again.
      this.#cursor = this.#open();
      verdict = this.#cursor.close(value);
    }
    if (this.#verdicts.isWaiting) this.waiting = this.#settle(value);
    else this.#decide(value, verdict);
  }

  /** Waits for codecs and reads again, as long as there are others to be asked. */
  async #settle(value: unknown): Promise<void> {
    await this.#verdicts.settle();
    this.#cursor = this.#open();
    const verdict = this.#verdicts.collect(() => this.#cursor.close(value));
    if (this.#verdicts.isWaiting) return this.#settle(value);
    this.#decide(value, verdict);
  }

  #decide(value: unknown, verdict: Verdict): void {
    this.#isWrong = verdict._tag === 'Left';
    if (verdict._tag === 'Left') this.#reject(value, verdict.left);
    else this.result = { value: verdict.right as A };
  }

  #reject(value: unknown, rejection: Rejection): void {
    this.rejection = writeErrors(this.#codec, value, rejection);
  }

  #show(path: JsonPath): void {
    const { shown } = this.#cursor;
    if (shown === withheld) return;
    const before = this.partial;
    // The same partial is the same object, so that its readers can tell by identity that nothing has changed.
    if (before !== undefined && before.value === shown && isSamePath(before.path, path)) return;
    this.partial = { _tag: 'Partial', value: shown as PartialOf<A>, path };
  }
}
