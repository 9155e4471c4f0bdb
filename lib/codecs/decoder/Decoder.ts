import type * as t from 'io-ts';
import type { JsonPath, PartialJson } from '../../partials/PartialJson.js';
import type { PartialOf } from '../annotations/PartialOf.js';
import { compile, type Excess } from './compile.js';
import { withheld, type Cursor } from './Cursor.js';
import { Place } from './Place.js';

export interface DecoderConfig {
  /** Whether a document is refused as soon as nothing could make it right any more, or only when it is whole. */
  readonly failFast: boolean;
  readonly excess: Excess;
}

/**
 * Decodes a document while it is being written.
 *
 * Every snapshot costs what has changed since the one before: what has closed is decoded once, and only the open branch
 * is looked at. The verdict and the value are those of `codec.decode`.
 *
 * It never throws but for a codec that throws; `refusal` and `result` are states.
 */
export class Decoder<A> {
  /** Why the document is refused. Nothing is read after it. */
  refusal: t.Errors | undefined;
  /** The whole value. */
  result: { readonly value: A } | undefined;
  /** What there is of the value, if anything may be shown of it, and where it is being written. */
  partial: { readonly _tag: 'Partial'; readonly value: PartialOf<A>; readonly path: JsonPath } | undefined;

  private cursor: Cursor;
  private isRefused = false;

  constructor(
    private readonly codec: t.Type<A, unknown>,
    private readonly config: DecoderConfig,
  ) {
    this.cursor = this.open();
  }

  /** Reads a snapshot. */
  write(snapshot: PartialJson): void {
    if (this.refusal !== undefined || this.result !== undefined) return;
    if (snapshot.complete) this.close(snapshot);
    else if (snapshot.value !== undefined && !this.isRefused && !this.cursor.grow(snapshot.value, snapshot.path, 0))
      this.refuse(this.cursor.errors);
    if (!this.isRefused) this.show(snapshot.path);
  }

  private open(): Cursor {
    return compile(this.codec, this.config.excess).open(new Place(undefined, '', this.codec, undefined));
  }

  private close({ value }: PartialJson): void {
    let result = this.isRefused ? undefined : this.cursor.close(value);
    if (result === undefined || (result._tag === 'Left' && !this.config.failFast)) {
      // The first problem ended the reading of its branch: to find all of them the whole is read again.
      this.cursor = this.open();
      result = this.cursor.close(value);
    }
    this.isRefused = result._tag === 'Left';
    if (result._tag === 'Left') this.refusal = result.left;
    else this.result = { value: result.right as A };
  }

  private refuse(errors: t.Errors): void {
    this.isRefused = true;
    if (this.config.failFast) this.refusal = errors;
  }

  private show(path: JsonPath): void {
    const { view } = this.cursor;
    if (view === withheld) return;
    const before = this.partial;
    if (before !== undefined && before.value === view && isSamePath(before.path, path)) return;
    this.partial = { _tag: 'Partial', value: view as PartialOf<A>, path };
  }
}

function isSamePath(a: JsonPath, b: JsonPath): boolean {
  return a === b || (a.length === b.length && a.every((step, depth) => step === b[depth]));
}
