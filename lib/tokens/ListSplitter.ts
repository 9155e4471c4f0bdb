import type { JsonToken, JsonTokens } from './JsonToken.js';

/** What one batch has to say of one element. */
export interface ElementTokens {
  /** Which element of the list, from 0. */
  readonly index: number;
  readonly tokens: JsonTokens;
  /** The element is closed. */
  readonly isLast: boolean;
}

/** One batch, told apart. */
export interface SplitTokens {
  /** The document around the elements, in which the list is empty. Keeps the text of the whole batch. */
  readonly list: JsonTokens;
  readonly elements: readonly ElementTokens[];
}

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
    const list: JsonToken[] = [];
    const elements: ElementTokens[] = [];
    let piece: JsonToken[] = [];
    let start = 0;

    const endPiece = (end: number, isLast: boolean): void => {
      if (piece.length === 0) return;
      // Only the next token tells where a string or a number has ended, and what is between them is not theirs.
      const text = batch.text.slice(start, end).replace(isLast ? /[\s,]+$/ : /$/, '');
      elements.push({ index: this.#index, tokens: Object.assign(piece, { text }), isLast });
      piece = [];
    };

    batch.forEach((token, i) => {
      if (!this.#isOfElement(token)) {
        list.push(token);
        return;
      }
      if (piece.length === 0) start = token.offset - this.#offset;
      if (this.#depth === ELEMENT_DEPTH && isStart(token)) this.#index++;
      piece.push(token);
      this.#nest(token);
      if (this.#depth === ELEMENT_DEPTH && isEnd(token)) {
        const next = batch[i + 1];
        endPiece(next === undefined ? batch.text.length : next.offset - this.#offset, true);
      }
    });
    endPiece(batch.text.length, false);
    this.#offset += batch.text.length;
    return { list: Object.assign(list, { text: batch.text }), elements };
  }

  /** Follows the document around the elements. */
  #isOfElement(token: JsonToken): boolean {
    if (this.#isInList && !(this.#depth === ELEMENT_DEPTH && token.type === 'array-end')) return true;
    if (token.type === 'key' && this.#depth === 1) this.#isAtKey = token.key === this.#key;
    this.#isInList = token.type === 'array-start' && this.#depth === 1 && this.#isAtKey;
    this.#nest(token);
    return false;
  }

  #nest({ type }: JsonToken): void {
    if (type === 'object-start' || type === 'array-start') this.#depth++;
    if (type === 'object-end' || type === 'array-end') this.#depth--;
  }
}

/** Begins a value, where a value is what comes next. */
function isStart(token: JsonToken): boolean {
  return token.type === 'string' || token.type === 'number' ? token.start : true;
}

/** Ends a value, where no container is left open. */
function isEnd(token: JsonToken): boolean {
  return token.type === 'string' || token.type === 'number' ? token.end : true;
}
