import { GrowingText } from '../foundation/GrowingText.js';
import { JsonHead } from './JsonHead.js';
import { NoJsonError } from './NoJsonError.js';
import {
  ANY_CLOSER,
  ANY_TAG,
  CHANNEL_END,
  LONGEST_TAG,
  MESSAGE,
  findReasoningTags,
  TAG_STARTS,
  type ReasoningTag,
} from './findReasoningTags.js';

/** A text that looks like JSON for longer than this is taken for JSON. So no more than this is held back. */
const HEAD_LIMIT = 256;

/** How much of the text is kept for the error of a text without JSON. */
const BEGINNING_LIMIT = 200;

export interface ExtractJsonConfig {
  /**
   * The kind of document that the answer is. Brackets of the other kind are prose then: the `[1]` of a citation where
   * an object is asked for, or an array around it. By default it is whichever comes first.
   */
  readonly root?: 'object' | 'array';
  /**
   * The text begins with the model's reasoning, without a tag that opens it, as some servers send it: the answer begins
   * after the tag that closes it. Default: `false`.
   */
  readonly afterThought?: boolean;
}

type State = 'prose' | 'tag' | 'channel' | 'reasoning' | 'head' | 'document' | 'rest';

/**
 * Finds the JSON document in a text that comes in pieces. Every character is looked at a bounded number of times, and
 * at most 256 are held back; only the text after a `<think>` in the middle of a line is held until it is known to be
 * closed.
 */
export class JsonExtractor {
  readonly #config: ExtractJsonConfig;
  readonly #openers: string;
  #state: State = 'prose';
  /**
   * Text that may have to be read again, from `start` on: a tag or a head that is not decided, or half a closing tag.
   */
  #text = '';
  #start = 0;
  #at = 0;
  /** The beginning of the text, for the error of a text without JSON. */
  #beginning = '';
  /** Only whitespace since the line began, or the reasoning ended. */
  #lineStart = true;
  /** Ends the reasoning; set by the tag that began it. */
  #closer: RegExp = ANY_CLOSER;
  /** The text after a tag that may be a word of the prose. Set by that tag, cleared when it turns out to be closed. */
  #unread: GrowingText | undefined;
  /** Such tags are prose; set for a text in which one was never closed. */
  #areWords = false;
  /** Set where a bracket begins what may be a document. */
  #head = new JsonHead();
  /** A document that may be prose as well, for want of a better one. */
  #fallback: string | undefined;
  /** In a document: how many brackets are open, and whether this is a string, after a backslash. */
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** After the document: how many pieces of reasoning are open, and what may be half a tag. */
  #thoughts = 0;
  /** More have ended than begun: the document was a part of the reasoning. */
  #isThought = false;
  #tail = '';

  constructor(config: ExtractJsonConfig = {}) {
    this.#config = config;
    this.#openers = config.root === undefined ? '{[' : config.root === 'object' ? '{' : '[';
    if (config.afterThought === true) this.#state = 'reasoning';
  }

  /** Takes more text, and returns the part of it that belongs to the document; often nothing. */
  push(delta: string): string {
    if (this.#beginning.length < BEGINNING_LIMIT) this.#beginning += delta.slice(0, BEGINNING_LIMIT);
    if (this.#state === 'rest') {
      this.#readRest(delta);
      return '';
    }
    this.#unread?.append(delta);
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
    if (state === 'rest') this.#readRest(this.#text.slice(this.#at));
    return passed;
  }

  /** The text is over: returns the part that only now turns out to be the document. Throws {@link NoJsonError}. */
  end(): string {
    if (this.#isThought) throw new NoJsonError(this.#beginning, 'after-thought');
    if (this.#state === 'document' || this.#state === 'rest') return '';
    const found = this.#unread && this.#findDocument(this.#unread.toString());
    if (found !== undefined) return found;
    if (this.#fallback !== undefined) return this.#fallback;
    if (this.#state === 'head') return this.#text.slice(this.#start);
    throw new NoJsonError(this.#beginning);
  }

  /** The document in the text after a tag that was never closed, and so was a word of the prose. */
  #findDocument(text: string): string | undefined {
    const again = new JsonExtractor({ ...this.#config, afterThought: false });
    again.#areWords = true;
    again.#lineStart = false;
    try {
      return again.push(text) + again.end();
    } catch (error) {
      if (error instanceof NoJsonError) return undefined;
      throw error;
    }
  }

  /** Reads a character or more in a state, and says which state comes after it. */
  #step(state: State): State {
    switch (state) {
      case 'prose':
        return this.#readProse();
      case 'tag':
        return this.#readTag();
      case 'channel':
        return this.#readChannel();
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

  #enterHead(): State {
    this.#head = new JsonHead();
    return this.#enter('head');
  }

  #readProse(): State {
    const character = this.#text.charAt(this.#at);
    if (TAG_STARTS.includes(character)) return this.#enter('tag');
    if (this.#openers.includes(character)) return this.#enterHead();
    this.#lineStart = character === '\n' || (this.#lineStart && ' \t\r'.includes(character));
    this.#at += 1;
    return 'prose';
  }

  #readTag(): State {
    this.#at += 1;
    const tag = findReasoningTags(this.#text.slice(this.#start, this.#at));
    if (tag === 'beginning') return 'tag';
    if (tag !== undefined && !(tag.is === 'open' && tag.inProse && this.#areWords && !this.#lineStart))
      return this.#enterTag(tag);
    // The character that makes it no tag may be the one that begins the document; so may the bracket of `[THINK]` be.
    const first = this.#text.charAt(this.#start);
    if (first === '[' && this.#openers.includes('[')) {
      this.#at = this.#start;
      return this.#enterHead();
    }
    this.#at -= 1;
    this.#lineStart = false;
    return this.#enter('prose');
  }

  #enterTag(tag: ReasoningTag): State {
    if (tag.is === 'channel') return this.#enter('channel');
    if (tag.is === 'open') {
      if (tag.inProse && !this.#lineStart) {
        this.#unread = new GrowingText();
        this.#unread.append(this.#text.slice(this.#at));
      }
      this.#closer = tag.closer;
      return this.#enter('reasoning');
    }
    // All that came before was reasoning.
    this.#fallback = undefined;
    this.#lineStart = true;
    return this.#enter('prose');
  }

  /** The first match from `start` on, which is behind it then; without one, all but half a tag is read. */
  #find(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#start;
    const match = pattern.exec(this.#text);
    this.#at = match === null ? this.#text.length : match.index + match[0].length;
    return match;
  }

  /** A channel of its own is the answer's; every other one is the model's. */
  #readChannel(): State {
    const from = this.#start;
    const match = this.#find(MESSAGE);
    if (match === null) return 'channel';
    this.#lineStart = true;
    if (/^\s*final\b/i.test(this.#text.slice(from, match.index))) return this.#enter('prose');
    this.#closer = CHANNEL_END;
    return this.#enter('reasoning');
  }

  #readReasoning(): State {
    const match = this.#find(this.#closer);
    if (match === null) {
      this.#start = Math.max(this.#start, this.#at - LONGEST_TAG + 1);
      return 'reasoning';
    }
    if (/^<\|(?:start|channel)/i.test(match[0])) this.#at = match.index;
    this.#unread = undefined;
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

  /**
   * The text after the document is ignored. If reasoning ends there without having begun there, the document was part
   * of it.
   */
  #readRest(text: string): void {
    const all = this.#tail + text;
    let end = 0;
    for (const { 0: tag, index } of all.matchAll(ANY_TAG)) {
      end = index + tag.length;
      this.#thoughts += isCloser(tag) ? -1 : 1;
      this.#isThought ||= this.#thoughts < 0;
    }
    this.#tail = all.slice(Math.max(end, all.length - LONGEST_TAG + 1));
  }
}

function isCloser(tag: string): boolean {
  const known = findReasoningTags(tag);
  return typeof known === 'object' && known.is === 'close';
}
