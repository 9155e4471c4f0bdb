import { GrowingText, join } from '../foundation/GrowingText.js';
import type { JsonPath } from '../tokens/JsonPath.js';
import type { JsonNumberToken, JsonStringToken, JsonToken, JsonTokens } from '../tokens/JsonToken.js';
import { copyContainer, setChild, type Container } from './Container.js';
import type { Json, PartialJson } from './PartialJson.js';
import { withOrigin, type Origin } from './Origin.js';

/** When a string or number is shown: while it grows, or not before it is whole. */
export type Growth = 'growing' | 'whole';

/** How long a number may get and still be shown while it grows: it is read anew for each piece. */
const LONGEST_GROWING_NUMBER = 400;

/**
 * The widest containers that are copied for every snapshot. V8 keeps an object of more keys as a dictionary, of which
 * each key costs 200 to 1,000 ns to copy. An array copies at the speed of memory, which beyond this costs more than to
 * read what has come.
 */
const WIDE_OBJECT = 1000;
const WIDE_ARRAY = 2000;

/**
 * How many characters must be read between two snapshots for each child of a wide container, so that what is copied
 * stays in proportion to what is read. A key with its value takes 5 characters at least and an element 2, so a snapshot
 * shows more than half of what was written when the next one is due, of an array nine tenths.
 */
const WAIT_PER_KEY = 2;
const WAIT_PER_ELEMENT = 1 / 8;

/** An object or array that is open. */
interface OpenContainer {
  /** As the next snapshot shows it. */
  container: Container;
  /** Where its last child stands: its key, or its index, -1 before the first. */
  position: string | number;
  /** How many children it has. */
  width: number;
}

/**
 * A JSON document under construction.
 *
 * A snapshot that was taken is never changed: the first change after it copies the containers that are open, and only
 * those. Everything closed is shared by all snapshots that show it.
 */
export class PartialDocument {
  readonly #numbers: Growth;
  readonly #strings: Growth;
  #root: Json | undefined;
  /** Outermost first; pushed when one opens, popped when it closes. */
  readonly #open: OpenContainer[] = [];
  /** The string or number that is open, as far as it was read. Emptied when the next one begins. */
  readonly #scalar = new GrowingText();
  /** The shown part of it. Cleared when it ends. */
  #shown: string | number | undefined;
  /** Stands for the string that is open. Set when it begins, cleared when it ends. */
  #string: object | undefined;
  /** The `#string` of the last snapshot, and what that string has got since. Both are set anew by each snapshot. */
  #grown: object | undefined;
  #growth = '';
  /** The text as far as it was read, and whether it is kept here. */
  readonly #text: GrowingText;
  readonly #isOwnText: boolean;

  /** The root is closed. Set once. */
  #complete = false;
  /** The open path as the last snapshot had it. */
  #path: JsonPath = [];
  /** A snapshot shows the open containers: they are to be copied before they change. Cleared by the copying. */
  #isShared = false;
  /** The next snapshot shows something else than the last one. Cleared by the next one. */
  #hasChanged = false;
  /** Something opened or closed since the last snapshot, so that the path may be another. Cleared by the next one. */
  #hasMoved = false;
  /** How long the text was at the last snapshot, and must be for the next one where a wide container is open. */
  #last = 0;
  #due = 0;

  /**
   * @param text The text that the tokens come from, where those who read the snapshots have it. Snapshots do not say then
   * where they come from.
   */
  constructor(numbers: Growth, strings: Growth, text?: GrowingText) {
    this.#numbers = numbers;
    this.#strings = strings;
    this.#isOwnText = text === undefined;
    this.#text = text ?? new GrowingText();
  }

  /** Reads a batch of tokens. */
  add(tokens: JsonTokens): void {
    if (this.#isOwnText) this.#text.append(tokens.text);
    for (const token of tokens) this.#addToken(token);
  }

  /** The root is closed. */
  get complete(): boolean {
    return this.#complete;
  }

  /** A snapshot costs little by now: no wide container is open, or enough was read since the last one. */
  get isDue(): boolean {
    return this.#due <= this.#text.length || this.#complete;
  }

  /** The document as it is now, if that is not what the last snapshot showed. */
  takeSnapshot(): PartialJson | undefined {
    const hasMoved = this.#hasMoved && this.#movePath();
    this.#hasMoved = false;
    if (!this.#hasChanged && !hasMoved) return undefined;
    this.#hasChanged = false;
    this.#isShared = true;
    this.#last = this.#text.length;
    this.#due = this.#last + this.#waitForNext();
    const partial = { value: this.#root, path: this.#path, complete: this.#complete };
    return this.#isOwnText ? withOrigin(partial, this.#createOrigin()) : partial;
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
        this.#endContainer();
        break;
      case 'key': {
        const object = this.#open.at(-1);
        if (object !== undefined) object.position = token.key;
        break;
      }
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
    this.#open.push({ container, position: -1, width: 0 });
    this.#hasMoved = true;
  }

  #endContainer(): void {
    const closed = this.#open.pop();
    // Closed parts are not copied again.
    if (closed !== undefined && isWide(closed)) this.#due = this.#last + this.#waitForNext();
    this.#endValue();
  }

  #addString({ text, start, end }: JsonStringToken): void {
    if (start) {
      this.#startScalar();
      this.#string = {};
    }
    if (this.#isOwnText && this.#string === this.#grown) this.#growth += text;
    // A growing string must not be looked into, or V8 would put its pieces together anew for each.
    this.#scalar.append(text);
    if (this.#strings === 'growing' ? start || text !== '' : end) this.#showScalar(this.#scalar.toString());
    if (!end) return;
    if (typeof this.#shown === 'string') join(this.#shown);
    this.#string = undefined;
    this.#endValue();
  }

  #addNumber({ text, start, end }: JsonNumberToken): void {
    if (start) this.#startScalar();
    this.#scalar.append(text);
    if (end) this.#showNumber(Number(this.#scalar.toString()));
    else if (this.#numbers === 'growing' && this.#scalar.length <= LONGEST_GROWING_NUMBER)
      this.#showNumber(Number(this.#scalar.toString().replace(/[eE][+-]?$/, '')));
    if (end) this.#endValue();
  }

  #showNumber(value: number): void {
    // A sign alone is not a number yet.
    if (!Number.isNaN(value) && value !== this.#shown) this.#showScalar(value);
  }

  #startScalar(): void {
    this.#startValue();
    this.#scalar.reset();
  }

  #showScalar(value: string | number): void {
    if (this.#shown === undefined) this.#hasMoved = true;
    this.#setValue(value);
    this.#shown = value;
  }

  /** A value begins: in an array, at the next index; in an object, at the key that was read last. */
  #startValue(): void {
    const parent = this.#open.at(-1);
    if (parent === undefined) return;
    if (typeof parent.position === 'number') parent.position += 1;
    parent.width += 1;
  }

  #setValue(value: Json): void {
    this.#hasChanged = true;
    if (this.#isShared) this.#copyOpen();
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#root = value;
    else setChild(parent.container, parent.position, value);
  }

  #endValue(): void {
    this.#shown = undefined;
    this.#hasMoved = true;
    if (this.#open.length > 0) return;
    this.#complete = true;
    this.#hasChanged = true;
  }

  /** Copies the open containers, so that no snapshot shows those that are written to. */
  #copyOpen(): void {
    this.#isShared = false;
    let parent: OpenContainer | undefined;
    for (const open of this.#open) {
      open.container = copyContainer(open.container);
      if (parent === undefined) this.#root = open.container;
      else setChild(parent.container, parent.position, open.container);
      parent = open;
    }
  }

  /** How many characters to wait for until the containers that are open now may be copied again. */
  #waitForNext(): number {
    let wait = 0;
    for (const open of this.#open)
      if (isWide(open)) wait += open.width * (Array.isArray(open.container) ? WAIT_PER_ELEMENT : WAIT_PER_KEY);
    return wait;
  }

  #createOrigin(): Origin {
    const origin = { text: this.#text.toString(), open: this.#string, grown: this.#grown, growth: this.#growth };
    this.#grown = this.#string;
    this.#growth = '';
    return origin;
  }

  /** Whether the open path is another one than the last snapshot had. */
  #movePath(): boolean {
    const length = this.#shown === undefined ? Math.max(0, this.#open.length - 1) : this.#open.length;
    let isSame = length === this.#path.length;
    for (let depth = 0; isSame && depth < length; depth++) isSame = this.#path[depth] === this.#open[depth]?.position;
    if (!isSame) this.#path = this.#open.slice(0, length).map(({ position }) => position);
    return !isSame;
  }
}

/** Whether copying it for every snapshot would cost too much. */
function isWide({ container, width }: OpenContainer): boolean {
  return width > (Array.isArray(container) ? WIDE_ARRAY : WIDE_OBJECT);
}
