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

export interface JsonExtractor {
  /** More text in, what of it belongs to the document out; often nothing. */
  push(delta: string): string;
  /** The text is over: what can only now be told to be the document. Throws {@link NoJsonError}. */
  end(): string;
}

type State = 'prose' | 'tag' | 'reasoning' | 'head' | 'document' | 'rest';

/**
 * Finds the JSON document in a text that comes in pieces. Every character is looked at a bounded number of times, and at
 * most 256 are held back.
 */
export function jsonExtractor(config: ExtractJsonConfig = {}): JsonExtractor {
  const openers = config.root === undefined ? '{[' : config.root === 'object' ? '{' : '[';
  let state: State = 'prose';
  /** What may have to be read again, from `start` on: a tag or a head that is not decided, or half a closing tag. */
  let text = '';
  let start = 0;
  let at = 0;

  let beginning = '';
  /** Only whitespace since the line began, or the reasoning ended. */
  let lineStart = true;
  let closingTag = '';
  let head = new JsonHead();
  /** A document that may be prose as well, for want of a better one. */
  let fallback: string | undefined;
  let depth = 0;
  let inString = false;
  let escaped = false;

  function enter(next: State): State {
    start = at;
    return next;
  }

  function prose(): State {
    const character = text.charAt(at);
    if (openers.includes(character)) {
      head = new JsonHead();
      return enter('head');
    }
    if (character === '<' && lineStart) return enter('tag');
    lineStart = character === '\n' || (lineStart && ' \t\r'.includes(character));
    at += 1;
    return 'prose';
  }

  function tag(): State {
    at += 1;
    const name = text.slice(start, at);
    if (REASONING.test(name)) {
      closingTag = `</${name.slice(1)}`;
      return enter('reasoning');
    }
    if (REASONING_BEGINNING.test(name)) return 'tag';
    // The character that makes it no tag may be the one that begins the document.
    at -= 1;
    lineStart = false;
    return enter('prose');
  }

  function reasoning(): State {
    const end = text.indexOf(closingTag, start);
    if (end < 0) {
      at = text.length;
      start = Math.max(start, at - closingTag.length + 1);
      return 'reasoning';
    }
    at = end + closingTag.length;
    lineStart = true;
    return enter('prose');
  }

  function readHead(): State {
    const verdict = head.read(text.charAt(at));
    at += 1;
    if (verdict === 'json' || (verdict === 'open' && at - start >= HEAD_LIMIT)) {
      at = start;
      return enter('document');
    }
    if (verdict === 'open') return 'head';
    if (verdict === 'closed') fallback ??= text.slice(start, at);
    // Only in a key could there be another beginning: what made this one prose would have made it so for every bracket
    // that was open.
    else at = start + head.opened;
    lineStart = false;
    return enter('prose');
  }

  /** Whether the document goes on is a matter of brackets and quotes; whether it is JSON is for the tokenizer. */
  function document(): State {
    const character = text.charAt(at);
    at += 1;
    if (escaped) escaped = false;
    else if (inString && character === '\\') escaped = true;
    else if (character === '"') inString = !inString;
    else if (inString) return 'document';
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    return depth === 0 ? 'rest' : 'document';
  }

  const steps: Readonly<Record<State, () => State>> = {
    prose,
    tag,
    reasoning,
    head: readHead,
    document,
    rest: () => 'rest',
  };

  return {
    push(delta) {
      if (state === 'rest') return '';
      if (beginning.length < BEGINNING_LIMIT) beginning += delta.slice(0, BEGINNING_LIMIT);
      text = text.slice(start) + delta;
      at -= start;
      start = 0;
      while (at < text.length && state !== 'rest') state = steps[state]();
      const passed = state === 'document' || state === 'rest' ? text.slice(start, at) : '';
      if (state === 'prose' || passed !== '') start = at;
      return passed;
    },
    end() {
      if (state === 'document' || state === 'rest') return '';
      if (fallback !== undefined) return fallback;
      if (state === 'head') return text.slice(start);
      throw new NoJsonError(beginning);
    },
  };
}
