import type * as t from 'io-ts';
import type { AnyDecoder } from '../ioTs/CodecKind.js';
import type { Clock } from './Node.js';
import { Node } from './Node.js';

/** Keys of an object of which a `null` means that the key is not there. */
export type AbsentKeys = (key: string) => boolean;

/**
 * Where a codec meets a value: one step of the way down, linked to the step above.
 *
 * io-ts's context says the same as an array that is as long as the document is deep; it is made only for codecs that
 * are only functions, because they may look at it.
 */
export class Place {
  #actual: unknown;
  readonly #parent: Place | undefined;
  readonly #key: string;
  readonly #type: AnyDecoder;

  /** For the places of a document's own: other code begins with {@link Place.createRoot}. */
  constructor(
    parent: Place | undefined,
    key: string,
    type: AnyDecoder,
    actual: unknown,
    readonly clock: Clock,
    /**
     * The value in the document, where several codecs read it side by side and so may share cursors. Set by the union
     * or intersection that opens them; cleared when only one of them is left.
     */
    public node: Node | undefined,
    /**
     * Set by an intersection for all its members: which nulls mean absent is for all of them to say, because they read
     * the same object.
     */
    readonly absent: AbsentKeys | undefined,
  ) {
    this.#parent = parent;
    this.#key = key;
    this.#type = type;
    this.#actual = actual;
  }

  /** The place of a document. */
  static createRoot(codec: AnyDecoder, clock: Clock): Place {
    return new Place(undefined, '', codec, undefined, clock, undefined, undefined);
  }

  /**
   * The place of a part.
   *
   * @param step Where it stands in the document. A record may call it otherwise.
   */
  enter(key: string, type: AnyDecoder, actual: unknown, step = key): Place {
    return new Place(this, key, type, actual, this.clock, this.node?.openPart(step), undefined);
  }

  /** The place of a part that is not in the document, and so is nothing that others could read as well. */
  enterAbsent(key: string, type: AnyDecoder, actual: unknown): Place {
    return new Place(this, key, type, actual, this.clock, undefined, undefined);
  }

  /** The place of a codec that reads the same value as one of several. */
  enterMember(index: number, type: AnyDecoder, node: Node | undefined, absent: AbsentKeys | undefined): Place {
    return new Place(this, String(index), type, this.actual, this.clock, node, absent);
  }

  /**
   * The value here as far as it is known. With a node it is kept there: the cursors that still read the value keep it
   * up to date.
   */
  get actual(): unknown {
    return this.node === undefined ? this.#actual : this.node.value;
  }

  set actual(value: unknown) {
    if (this.node === undefined) this.#actual = value;
    else this.node.value = value;
  }

  /** From now on only one codec reads the value. */
  leaveNode(): void {
    this.#actual = this.actual;
    this.node = undefined;
  }

  /** As io-ts would have made it, with what is known of open values so far. */
  writeContext(): t.Context {
    const entries = [this.#writeEntry()];
    for (let parent = this.#parent; parent !== undefined; parent = parent.#parent) entries.push(parent.#writeEntry());
    return entries.reverse();
  }

  #writeEntry(): t.ContextEntry {
    return { key: this.#key, type: this.#type, actual: this.actual };
  }
}
