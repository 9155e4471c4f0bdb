import { withText, type JsonToken, type JsonTokens } from './JsonToken.js';

/** The part of one batch that belongs to one element. */
export interface ElementTokens {
  /** Which element of the list, from 0. */
  readonly index: number;
  readonly tokens: JsonTokens;
  /** The element is closed. */
  readonly isLast: boolean;
}

/** One batch, told apart. */
export interface SplitTokens {
  /** The document around the elements, in which the list is empty. Has no tokens where the batch lies in an element. */
  readonly list: JsonTokens;
  readonly elements: readonly ElementTokens[];
}

/** For a batch that lies in an element. */
const NONE = withText([], '');

/** The elements stand in an array that is a member of the root object. */
const ELEMENT_DEPTH = 2;

/**
 * Takes the elements out of `{"items": [ … ]}` while it is read, so that each can be accumulated, decoded and let go on
 * its own: nothing of an element is kept here.
 */
export class ListSplitter {
  readonly #key: string;
  #depth = 0;
  #isAtKey = false;
  #isInList = false;
  #index = -1;
  /** Where the next batch begins in the text. */
  #offset = 0;

  /** @param key Of the root object, whose array is the list. */
  constructor(key: string) {
    this.#key = key;
  }

  split(batch: JsonTokens): SplitTokens {
    const split = this.#isWithinElement(batch)
      ? { list: NONE, elements: [{ index: this.#index, tokens: batch, isLast: false }] }
      : this.#splitAtElements(batch);
    this.#offset += batch.text.length;
    return split;
  }

  /** Most deltas go on with an element that was open before, and leave it open: then there is nothing to tell apart. */
  #isWithinElement(batch: JsonTokens): boolean {
    if (!this.#isInList) return false;
    let depth = this.#depth;
    for (const token of batch) {
      if (depth === ELEMENT_DEPTH && (isStart(token) || isEnd(token))) return false;
      depth += measureNesting(token);
      if (depth === ELEMENT_DEPTH && isEnd(token)) return false;
    }
    this.#depth = depth;
    return true;
  }

  #splitAtElements(batch: JsonTokens): SplitTokens {
    const list: JsonToken[] = [];
    const elements: ElementTokens[] = [];
    let piece: JsonToken[] = [];
    /** Where in the batch's text the piece begins: an element that was open already goes on at once. */
    let start = 0;

    for (const [i, token] of batch.entries()) {
      if (!this.#isOfElement(token)) {
        list.push(token);
        continue;
      }
      if (this.#depth === ELEMENT_DEPTH && isStart(token)) {
        this.#index++;
        start = token.offset - this.#offset;
      }
      piece.push(token);
      this.#depth += measureNesting(token);
      if (this.#depth === ELEMENT_DEPTH && isEnd(token)) {
        const next = batch[i + 1]?.offset ?? Infinity;
        const text = takeLastText(token, batch.text.slice(start, next - this.#offset));
        elements.push({ index: this.#index, tokens: withText(piece, text), isLast: true });
        piece = [];
      }
    }
    if (piece.length > 0)
      elements.push({ index: this.#index, tokens: withText(piece, batch.text.slice(start)), isLast: false });
    return { list: withText(list, batch.text), elements };
  }

  /** Follows the document around the elements. */
  #isOfElement(token: JsonToken): boolean {
    if (this.#isInList && !(this.#depth === ELEMENT_DEPTH && token.type === 'array-end')) return true;
    if (token.type === 'key' && this.#depth === 1) this.#isAtKey = token.key === this.#key;
    this.#isInList = token.type === 'array-start' && this.#depth === 1 && this.#isAtKey;
    this.#depth += measureNesting(token);
    return false;
  }
}

/** By how many levels the document is deeper after a token than before. */
function measureNesting({ type }: JsonToken): number {
  if (type === 'object-start' || type === 'array-start') return 1;
  return type === 'object-end' || type === 'array-end' ? -1 : 0;
}

/** Begins a value, if a value may come next. */
function isStart(token: JsonToken): boolean {
  return token.type === 'string' || token.type === 'number' ? token.start : true;
}

/** Ends a value, where no container is left open. */
function isEnd(token: JsonToken): boolean {
  return token.type === 'string' || token.type === 'number' ? token.end : true;
}

/** The text of an element's last piece, given what stands up to the token after it: commas and more may follow. */
function takeLastText(token: JsonToken, text: string): string {
  switch (token.type) {
    case 'literal':
      // Told when it is whole, so it may have begun in the batch before.
      return String(token.value);
    case 'number':
      return /^[-+.\deE]*/.exec(text)?.[0] ?? '';
    case 'string':
      return text.slice(0, text.lastIndexOf('"') + 1);
    default:
      return text.slice(0, Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1);
  }
}
