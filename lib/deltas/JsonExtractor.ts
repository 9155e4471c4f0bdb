import { JsonHead } from './JsonHead.js';
import { NoJsonError } from './NoJsonError.js';

/** What goes on for longer than this as JSON would is taken for it: the most that is ever held back. */
const HEAD_LIMIT = 256;

/** How much of the text is kept for the error that says there is no JSON in it. */
const BEGINNING_LIMIT = 200;

/** What models write their reasoning between, where the server does not take it out. */
const REASONING = /^<(?:(?:seed:)?think|thinking|thoughts?|reasoning|reflection|analysis|scratchpad)>$/;
const REASONING_BEGINNING = /^<[a-z:]{0,16}>?$/;

export interface ExtractJsonConfig {
  /**
   * What kind of document the answer is. Told that, brackets of the other kind are prose: the `[1]` of a citation where
   * an object is asked for, or an array around it. By default it is whichever comes first.
   */
  readonly root?: 'object' | 'array';
}

type State = 'prose' | 'tag' | 'reasoning' | 'head' | 'document' | 'rest';

/**
 * Finds the JSON document in a text that comes in pieces. Every character is looked at a bounded number of times, and at
 * most 256 are held back.
 */
export class JsonExtractor {
  readonly #openers: string;
  #state: State = 'prose';
  /** What may have to be read again, from `start` on: a tag or a head that is not decided, or half a closing tag. */
  #text = '';
  #start = 0;
  #at = 0;
  /** The beginning of the text, for the error that says there is no JSON in it. */
  #beginning = '';
  /** Only whitespace since the line began, or the reasoning ended. */
  #lineStart = true;
  /** Ends the reasoning; set by the tag that began it. */
  #closingTag = '';
  /** Set where a bracket begins what may be a document. */
  #head = new JsonHead();
  /** A document that may be prose as well, for want of a better one. */
  #fallback: string | undefined;
  /** In a document: how many brackets are open, and whether this is a string, after a backslash. */
  #depth = 0;
  #inString = false;
  #escaped = false;

  constructor(config: ExtractJsonConfig = {}) {
    this.#openers = config.root === undefined ? '{[' : config.root === 'object' ? '{' : '[';
  }

  /** More text in, what of it belongs to the document out; often nothing. */
  push(delta: string): string {
    if (this.#state === 'rest') return '';
    if (this.#beginning.length < BEGINNING_LIMIT) this.#beginning += delta.slice(0, BEGINNING_LIMIT);
    this.#text = this.#text.slice(this.#start) + delta;
    this.#at -= this.#start;
    this.#start = 0;
    let state: State = this.#state;
    while (this.#at < this.#text.length && state !== 'rest') {
      state = this.#step(state);
      this.#state = state;
    }
    const passed = state === 'document' || state === 'rest' ? this.#text.slice(this.#start, this.#at) : '';
    if (state === 'prose' || passed !== '') this.#start = this.#at;
    return passed;
  }

  /** The text is over: what can only now be told to be the document. Throws {@link NoJsonError}. */
  end(): string {
    if (this.#state === 'document' || this.#state === 'rest') return '';
    if (this.#fallback !== undefined) return this.#fallback;
    if (this.#state === 'head') return this.#text.slice(this.#start);
    throw new NoJsonError(this.#beginning);
  }

  /** Reads a character or more in a state, and says which state comes after it. */
  #step(state: State): State {
    switch (state) {
      case 'prose':
        return this.#readProse();
      case 'tag':
        return this.#readTag();
      case 'reasoning':
        return this.#readReasoning();
      case 'head':
        return this.#readHead();
      case 'document':
        return this.#readDocument();
      case 'rest':
        return 'rest';
    }
  }

  #enter(next: State): State {
    this.#start = this.#at;
    return next;
  }

  #readProse(): State {
    const character = this.#text.charAt(this.#at);
    if (this.#openers.includes(character)) {
      this.#head = new JsonHead();
      return this.#enter('head');
    }
    if (character === '<' && this.#lineStart) return this.#enter('tag');
    this.#lineStart = character === '\n' || (this.#lineStart && ' \t\r'.includes(character));
    this.#at += 1;
    return 'prose';
  }

  #readTag(): State {
    this.#at += 1;
    const name = this.#text.slice(this.#start, this.#at);
    if (REASONING.test(name)) {
      this.#closingTag = `</${name.slice(1)}`;
      return this.#enter('reasoning');
    }
    if (REASONING_BEGINNING.test(name)) return 'tag';
    // The character that makes it no tag may be the one that begins the document.
    this.#at -= 1;
    this.#lineStart = false;
    return this.#enter('prose');
  }

  #readReasoning(): State {
    const end = this.#text.indexOf(this.#closingTag, this.#start);
    if (end < 0) {
      this.#at = this.#text.length;
      this.#start = Math.max(this.#start, this.#at - this.#closingTag.length + 1);
      return 'reasoning';
    }
    this.#at = end + this.#closingTag.length;
    this.#lineStart = true;
    return this.#enter('prose');
  }

  #readHead(): State {
    const verdict = this.#head.read(this.#text.charAt(this.#at));
    this.#at += 1;
    if (verdict === 'json' || (verdict === 'open' && this.#at - this.#start >= HEAD_LIMIT)) {
      this.#at = this.#start;
      return this.#enter('document');
    }
    if (verdict === 'open') return 'head';
    if (verdict === 'closed') this.#fallback ??= this.#text.slice(this.#start, this.#at);
    // Another beginning could only be in a key: whatever made this one prose would have made it so for every bracket
    // that was open.
    else this.#at = this.#start + this.#head.opened;
    this.#lineStart = false;
    return this.#enter('prose');
  }

  /** Whether the document goes on is a matter of brackets and quotes; whether it is JSON is for the tokenizer. */
  #readDocument(): State {
    const character = this.#text.charAt(this.#at);
    this.#at += 1;
    if (this.#escaped) this.#escaped = false;
    else if (this.#inString && character === '\\') this.#escaped = true;
    else if (character === '"') this.#inString = !this.#inString;
    else if (this.#inString) return 'document';
    else if (character === '{' || character === '[') this.#depth += 1;
    else if (character === '}' || character === ']') this.#depth -= 1;
    return this.#depth === 0 ? 'rest' : 'document';
  }
}
