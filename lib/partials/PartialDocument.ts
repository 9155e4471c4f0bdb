import { GrowingText, join } from '../foundation/GrowingText.js';
import type { JsonPath } from '../tokens/JsonPath.js';
import type { JsonNumberToken, JsonStringToken, JsonToken, JsonTokens } from '../tokens/JsonToken.js';
import { copyOf, setChild, type Container } from './Container.js';
import type { Json, PartialJson } from './PartialJson.js';
import { withOrigin, type Origin } from './Origin.js';

/** When a string or number is shown: while it grows, or not before it is whole. */
export type Growth = 'growing' | 'whole';

/** How long a number may get and still be shown while it grows: it is read anew for each piece. */
const LONGEST_GROWING_NUMBER = 400;

/**
 * A JSON document under construction.
 *
 * What a snapshot has shown is never changed: the first change after a snapshot copies the containers that are open,
 * and only those. Everything closed is shared by all snapshots that show it.
 */
export class PartialDocument {
  readonly #numbers: Growth;
  readonly #strings: Growth;
  #root: Json | undefined;
  /** The containers that are open, outermost first, and where in each its last child stands. */
  readonly #open: Container[] = [];
  readonly #positions: (string | number)[] = [];
  /** The string or number that is open, as far as it was read, and what is shown of it. */
  #scalar = '';
  #shown: string | number | undefined;
  /** Stands for the string that is open; for the one that was in the last snapshot, and what that has got since. */
  #string: object | undefined;
  #grown: object | undefined;
  #growth = '';
  readonly #text = new GrowingText();

  #complete = false;
  #path: JsonPath = [];
  /** A snapshot shows the open containers: they are to be copied before they change. */
  #isShared = false;
  /** Since the last snapshot something else is to be seen, or something opened or closed. */
  #hasChanged = false;
  #hasMoved = false;

  constructor(numbers: Growth, strings: Growth) {
    this.#numbers = numbers;
    this.#strings = strings;
  }

  /** Reads a batch of tokens. */
  add(tokens: JsonTokens): void {
    this.#text.append(tokens.text);
    for (const token of tokens) this.#addToken(token);
  }

  /** The root is closed. */
  get complete(): boolean {
    return this.#complete;
  }

  /** The document as it is now, if that is not what the last snapshot showed. */
  snapshot(): PartialJson | undefined {
    const hasMoved = this.#hasMoved && this.#movePath();
    this.#hasMoved = false;
    if (!this.#hasChanged && !hasMoved) return undefined;
    this.#hasChanged = false;
    this.#isShared = true;
    return withOrigin({ value: this.#root, path: this.#path, complete: this.#complete }, this.#origin());
  }

  #addToken(token: JsonToken): void {
    switch (token.type) {
      case 'object-start':
        this.#startContainer({});
        break;
      case 'array-start':
        this.#startContainer([]);
        break;
      case 'object-end':
      case 'array-end':
        this.#open.pop();
        this.#positions.pop();
        this.#endValue();
        break;
      case 'key':
        this.#positions[this.#positions.length - 1] = token.key;
        break;
      case 'string':
        this.#addString(token);
        break;
      case 'number':
        this.#addNumber(token);
        break;
      case 'literal':
        this.#startValue();
        this.#setValue(token.value);
        this.#endValue();
    }
  }

  #startContainer(container: Container): void {
    this.#startValue();
    this.#setValue(container);
    this.#open.push(container);
    this.#positions.push(-1);
    this.#hasMoved = true;
  }

  #addString({ text, start, end }: JsonStringToken): void {
    if (start) {
      this.#startScalar();
      this.#string = {};
    }
    if (this.#string === this.#grown) this.#growth += text;
    // Nobody may look into a growing string, or V8 would put its pieces together anew for each.
    this.#scalar += text;
    if (this.#strings === 'growing' ? start || text !== '' : end) this.#showScalar(this.#scalar);
    if (!end) return;
    join(this.#scalar);
    this.#string = undefined;
    this.#endValue();
  }

  #addNumber({ text, start, end }: JsonNumberToken): void {
    if (start) this.#startScalar();
    this.#scalar += text;
    if (end) this.#showNumber(Number(this.#scalar));
    else if (this.#numbers === 'growing' && this.#scalar.length <= LONGEST_GROWING_NUMBER)
      this.#showNumber(Number(this.#scalar.replace(/[eE][+-]?$/, '')));
    if (end) this.#endValue();
  }

  #showNumber(value: number): void {
    // A sign alone is no number yet.
    if (!Number.isNaN(value) && value !== this.#shown) this.#showScalar(value);
  }

  #startScalar(): void {
    this.#startValue();
    this.#scalar = '';
  }

  #showScalar(value: string | number): void {
    if (this.#shown === undefined) this.#hasMoved = true;
    this.#setValue(value);
    this.#shown = value;
  }

  /** A value begins: in an array, at the next index; in an object, at the key that was read last. */
  #startValue(): void {
    const last = this.#positions.length - 1;
    const position = this.#positions[last];
    if (typeof position === 'number') this.#positions[last] = position + 1;
  }

  #setValue(value: Json): void {
    this.#hasChanged = true;
    const container = this.#ownContainer();
    const position = this.#positions.at(-1);
    if (container === undefined || position === undefined) this.#root = value;
    else setChild(container, position, value);
  }

  #endValue(): void {
    this.#shown = undefined;
    this.#hasMoved = true;
    if (this.#open.length > 0) return;
    this.#complete = true;
    this.#hasChanged = true;
  }

  /** The innermost open container, in a copy that no snapshot shows. */
  #ownContainer(): Container | undefined {
    if (this.#isShared) {
      this.#isShared = false;
      this.#open.forEach((container, depth) => {
        const copy = copyOf(container);
        this.#open[depth] = copy;
        const parent = this.#open[depth - 1];
        const position = this.#positions[depth - 1];
        if (parent === undefined || position === undefined) this.#root = copy;
        else setChild(parent, position, copy);
      });
    }
    return this.#open.at(-1);
  }

  #origin(): Origin {
    const origin = { text: this.#text.toString(), open: this.#string, grown: this.#grown, growth: this.#growth };
    this.#grown = this.#string;
    this.#growth = '';
    return origin;
  }

  /** Whether the open path is another one than the last snapshot had. */
  #movePath(): boolean {
    const length = this.#shown === undefined ? Math.max(0, this.#positions.length - 1) : this.#positions.length;
    const isSame = length === this.#path.length && this.#path.every((step, depth) => step === this.#positions[depth]);
    if (!isSame) this.#path = this.#positions.slice(0, length);
    return !isSame;
  }
}
