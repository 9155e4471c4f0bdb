import { GrowingText } from '../foundation/GrowingText.js';
import { JsonGrammar } from './JsonGrammar.js';
import { JsonSyntaxError, type JsonSyntaxErrorCode } from './JsonSyntaxError.js';
import { withText, type JsonToken, type JsonTokens } from './JsonToken.js';
import { Lexer, type LexerToken } from './Lexer.js';
import { endsNumber, nextNumberPart, type NumberPart } from './NumberPart.js';

const TAB = 0x09;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const LEFT_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const LEFT_BRACE = 0x7b;

export interface JsonLimits {
  readonly maxDepth: number;
  readonly maxLength: number;
  readonly maxWhitespace: number;
}

/** Longer keys are cut in messages. In UTF-16 code units. */
const LONGEST_QUOTED_KEY = 60;

/**
 * Reads a JSON text, delta by delta, into tokens. Every character is looked at once.
 *
 * Three parts share the work. The `Lexer` tells which token a character begins or goes on with; `JsonGrammar` tells
 * which may come next; strings and numbers, of which most of a text consists, are read here, a run at a time.
 *
 * It never throws and never calls out: tokens are taken with `take`, and `failure` and `done` are states.
 */
export class JsonTokenizer {
  /** Why the text is not a JSON document. Set once; nothing is read after it. */
  failure: JsonSyntaxError | undefined;
  /** The document is closed, and only whitespace has followed for longer than allowed. Set once. */
  done = false;

  readonly #limits: JsonLimits;
  readonly #grammar = new JsonGrammar();
  readonly #lexer = new Lexer();
  /** Read and not taken. Filled by whatever ends a token or a delta, emptied by `take`. */
  #tokens: JsonToken[] | undefined;

  /** All that was read, and whether it is kept here. */
  readonly #text: GrowingText;
  readonly #isOwnText: boolean;
  /** The text that has not gone out with tokens. Emptied by `take`; an error cuts off what stands after it. */
  #unsent = '';
  /** The delta that is being read, and where it begins in the text. Set by `#begin`. */
  #delta = '';
  #base = 0;
  /** Where in the delta we are. Set to 0 by `#begin`, moved on by whatever reads a character. */
  #at = 0;
  /** Where in the delta to stop for now: the length limit or its end. Set by `#readUntil`. */
  #end = 0;

  /** Where the token that is being read begins in the text. Set by its first character, kept over deltas. */
  #offset = 0;
  /**
   * Whether a key, a string or a number is open. Set by its first character; cleared by the closing quote, or by the
   * first character that cannot belong to the number.
   */
  #growing: 'key' | 'string' | 'number' | undefined;
  /**
   * The part of a key, string or number that was read and not told. Filled character by character or run by run;
   * emptied when it is told, which is at the end of a delta, or of the value. A key is told whole.
   */
  #piece = '';
  /** Nothing of the open string or number was told. Set by its first character, cleared by its first token. */
  #pieceIsFirst = false;
  /** The part that the open number has come to. Set by each of its characters, cleared when it ends. */
  #numberPart: NumberPart | undefined;
  /** How many whitespace characters have come in a row. Cleared by any other between two tokens. */
  #whitespace = 0;

  /** @param text The text, where it is kept elsewhere: it has each delta before `write` is called with it. */
  constructor(limits: JsonLimits, text?: GrowingText) {
    this.#limits = limits;
    this.#isOwnText = text === undefined;
    this.#text = text ?? new GrowingText();
  }

  /** Reads a delta. */
  write(delta: string): void {
    if (this.#isOver()) return;
    this.#begin(delta);
    const limit = this.#limits.maxLength - this.#base;
    this.#readUntil(Math.min(limit, delta.length));
    if (delta.length > limit && !this.#isOver() && !this.#grammar.isClosed)
      this.#fail('max-length', `longer than ${this.#limits.maxLength} characters`);
    this.#readUntil(delta.length);
    this.#endPiece();
  }

  /** The text ends here. */
  end(): void {
    if (this.#isOver()) return;
    this.#begin('');
    // Within an object or array, more digits may have been to come: only a number alone ends with the text.
    if (this.#numberPart !== undefined && endsNumber(this.#numberPart) && this.#grammar.depth === 0) this.#endNumber();
    if (!this.#grammar.isClosed)
      this.#fail('unexpected-end', `expected ${this.#describeExpected()}, got the end of the text`);
  }

  /** The tokens that were read since the last time, if any. */
  take(): JsonTokens | undefined {
    if (this.#tokens === undefined) return undefined;
    const tokens = withText(this.#tokens, this.#unsent);
    this.#tokens = undefined;
    this.#unsent = '';
    return tokens;
  }

  /** Most deltas have one token, and an array that is pushed to is made for many. */
  #addToken(token: JsonToken): void {
    if (this.#tokens === undefined) this.#tokens = [token];
    else this.#tokens.push(token);
  }

  #isOver(): boolean {
    return this.done || this.failure !== undefined;
  }

  #begin(delta: string): void {
    if (this.#isOwnText) this.#text.append(delta);
    this.#base = this.#text.length - delta.length;
    this.#unsent += delta;
    this.#delta = delta;
    this.#at = 0;
  }

  #readUntil(end: number): void {
    this.#end = end;
    while (this.#at < end && !this.#isOver()) {
      if (this.#growing === 'number') this.#readNumber();
      else this.#readByState();
    }
  }

  #readByState(): void {
    switch (this.#lexer.state) {
      case 'string':
        this.#readString();
        break;
      case 'between':
        this.#readBetween();
        break;
      case 'escape':
        this.#readLetter('invalid-escape');
        break;
      case 'hex':
        this.#readHexDigit();
        break;
      default:
        this.#readLetter('invalid-literal');
    }
  }

  #readBetween(): void {
    const code = this.#delta.charCodeAt(this.#at);
    if (code === SPACE || code === NEWLINE || code === RETURN || code === TAB) {
      this.#readWhitespace();
      return;
    }
    this.#whitespace = 0;
    if (!this.#grammar.allows(code)) {
      this.#failUnexpected(this.#grammar.isClosed ? 'trailing-data' : 'unexpected-character');
    } else if ((code === LEFT_BRACE || code === LEFT_BRACKET) && this.#grammar.depth >= this.#limits.maxDepth) {
      this.#fail('max-depth', `nested deeper than ${this.#limits.maxDepth}`);
    } else {
      this.#startToken(code);
      this.#at++;
    }
  }

  #startToken(code: number): void {
    this.#offset = this.#base + this.#at;
    this.#numberPart = nextNumberPart(undefined, code);
    if (this.#numberPart !== undefined) {
      this.#startPiece('number');
      this.#piece = this.#delta.charAt(this.#at);
      return;
    }
    if (code === QUOTE) this.#startPiece(this.#grammar.expectsKey ? 'key' : 'string');
    const ended = this.#lexer.read(code);
    if (ended !== 'wrong') this.#takeEnded(ended);
  }

  #readWhitespace(): void {
    this.#whitespace++;
    if (this.#whitespace <= this.#limits.maxWhitespace) this.#at++;
    else if (this.#grammar.isClosed) this.done = true;
    else this.#fail('max-whitespace', `more than ${this.#limits.maxWhitespace} whitespace characters in a row`);
  }

  /** A letter of a literal or after a backslash: the lexer knows which may come. */
  #readLetter(code: JsonSyntaxErrorCode): void {
    const expected = this.#describeExpected();
    const ended = this.#lexer.read(this.#delta.charCodeAt(this.#at));
    if (ended === 'wrong') {
      this.#failUnexpected(code, expected);
      return;
    }
    this.#takeEnded(ended);
    this.#at++;
  }

  #readNumber(): void {
    const from = this.#at;
    let part = this.#numberPart;
    while (this.#at < this.#end) {
      const next = nextNumberPart(part, this.#delta.charCodeAt(this.#at));
      if (next === undefined) break;
      part = next;
      this.#at++;
    }
    this.#numberPart = part;
    this.#piece += this.#delta.slice(from, this.#at);
    if (this.#at === this.#end || part === undefined) return;
    // The character that ends a number is read next, on its own merits.
    if (endsNumber(part)) this.#endNumber();
    else this.#failUnexpected('invalid-number');
  }

  #endNumber(): void {
    this.#numberPart = undefined;
    this.#endGrowing('number');
  }

  #readString(): void {
    const from = this.#at;
    let at = from;
    let code = 0;
    while (at < this.#end) {
      code = this.#delta.charCodeAt(at);
      if (code === QUOTE || code === BACKSLASH || code < SPACE) break;
      at++;
    }
    if (at > from) this.#piece += this.#delta.slice(from, at);
    this.#at = at;
    if (at === this.#end) return;
    if (code === QUOTE) this.#endString();
    else if (code === BACKSLASH) this.#lexer.startEscape();
    else this.#failUnexpected('control-character', 'control characters to be escaped');
    this.#at++;
  }

  #endString(): void {
    this.#lexer.endString();
    if (this.#growing === 'key') this.#endKey(this.#piece);
    else this.#endGrowing('string');
  }

  #endKey(key: string): void {
    this.#growing = undefined;
    this.#piece = '';
    if (this.#grammar.addKey(key)) this.#addToken({ type: 'key', offset: this.#offset, key });
    else this.#fail('duplicate-key', `duplicate key ${quoteKey(key)}`);
  }

  #readHexDigit(): void {
    const ended = this.#lexer.readHexDigit(this.#delta.charCodeAt(this.#at));
    if (ended === 'wrong') {
      this.#failUnexpected('invalid-escape');
      return;
    }
    this.#takeEnded(ended);
    this.#at++;
  }

  /** Takes in a token or an escape that the lexer has read to its end. */
  #takeEnded(ended: LexerToken | number | undefined): void {
    if (typeof ended === 'number') this.#piece += String.fromCharCode(ended);
    else if (ended !== undefined) this.#takeToken(ended);
  }

  #takeToken(token: LexerToken): void {
    switch (token) {
      case 'object-start':
        this.#addToken({ type: token, offset: this.#offset });
        this.#grammar.startObject();
        break;
      case 'array-start':
        this.#addToken({ type: token, offset: this.#offset });
        this.#grammar.startArray();
        break;
      case 'object-end':
      case 'array-end':
        this.#addToken({ type: token, offset: this.#offset });
        this.#grammar.endContainer();
        break;
      case 'colon':
        this.#grammar.readColon();
        break;
      case 'comma':
        this.#grammar.readComma();
        break;
      case 'true':
        this.#endLiteral(true);
        break;
      case 'false':
        this.#endLiteral(false);
        break;
      case 'null':
        this.#endLiteral(null);
    }
  }

  #endLiteral(value: boolean | null): void {
    this.#addToken({ type: 'literal', offset: this.#offset, value });
    this.#grammar.endValue();
  }

  #startPiece(growing: 'key' | 'string' | 'number'): void {
    this.#growing = growing;
    this.#pieceIsFirst = growing !== 'key';
  }

  /** At the end of a delta, what was read of a string or number is told. */
  #endPiece(): void {
    const growing = this.#growing;
    if (growing === undefined || growing === 'key') return;
    const piece = this.#piece;
    // Half a surrogate pair waits for the other half.
    const isHalf = growing === 'string' && isHighSurrogate(piece.charCodeAt(piece.length - 1));
    this.#pushPiece(growing, isHalf ? piece.slice(0, -1) : piece, false);
    this.#piece = isHalf ? piece.slice(-1) : '';
  }

  #endGrowing(growing: 'string' | 'number'): void {
    this.#pushPiece(growing, this.#piece, true);
    this.#piece = '';
    this.#growing = undefined;
    this.#grammar.endValue();
  }

  #pushPiece(type: 'string' | 'number', text: string, end: boolean): void {
    const start = this.#pieceIsFirst;
    if (text === '' && !start && !end) return;
    this.#addToken({ type, offset: start ? this.#offset : this.#base, text, start, end });
    this.#pieceIsFirst = false;
  }

  /** The words for everything that may come next here. */
  #describeExpected(): string {
    if (this.#growing === 'number')
      return this.#numberPart !== undefined && endsNumber(this.#numberPart) ? 'the rest of the document' : 'a digit';
    const { state } = this.#lexer;
    switch (state) {
      case 'between':
        return this.#grammar.expected;
      case 'string':
        return this.#growing === 'key' ? 'the rest of a key' : 'the rest of a string';
      case 'escape':
        return 'one of "\\/bfnrtu after a backslash';
      case 'hex':
        return 'four hex digits';
      default:
        return state;
    }
  }

  #failUnexpected(code: JsonSyntaxErrorCode, expected = this.#describeExpected()): void {
    this.#fail(code, `expected ${expected}, got ${JSON.stringify(this.#delta.charAt(this.#at))}`);
  }

  #fail(code: JsonSyntaxErrorCode, problem: string): void {
    const offset = this.#base + this.#at;
    // Half a surrogate pair would make the text unfit to be sent anywhere.
    const end = isHighSurrogate(this.#delta.charCodeAt(this.#at)) ? offset : offset + 1;
    const unread = Math.max(0, this.#text.length - end);
    const text = this.#text.toString().slice(0, end);
    this.failure = new JsonSyntaxError(code, offset, this.#grammar.copyPath(), text, problem);
    this.#unsent = this.#unsent.slice(0, this.#unsent.length - unread);
  }
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/** A key may be as long as the document, and messages go into prompts and over the wire. */
function quoteKey(key: string): string {
  return JSON.stringify(key.length > LONGEST_QUOTED_KEY ? `${key.slice(0, LONGEST_QUOTED_KEY)}…` : key);
}
