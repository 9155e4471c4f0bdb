import Parser from 'jsonparse';
import { createParser } from './createParser.js';
import { GrowingText } from '../foundation/GrowingText.js';
import { JsonGrammar } from './JsonGrammar.js';
import { JsonSyntaxError, type JsonSyntaxErrorCode } from './JsonSyntaxError.js';
import type { JsonToken, JsonTokens } from './JsonToken.js';
import { endsNumber, nextNumberPart, type NumberPart } from './NumberPart.js';

const { C } = Parser;

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

/**
 * Reads a JSON text, delta by delta, into tokens.
 *
 * jsonparse tells the tokens apart; the grammar, strings and numbers are kept strict here, since jsonparse alone lets
 * much pass that is no JSON. Every character is looked at once.
 *
 * It never throws and never calls out: tokens are taken with `take`, and `failure` and `done` are states.
 */
export class JsonTokenizer {
  /** Why the text is no JSON document. Nothing is read after it. */
  failure: JsonSyntaxError | undefined;
  /** The document is closed and only whitespace has followed for so long that more need not be waited for. */
  done = false;

  readonly #limits: JsonLimits;
  readonly #parser: Parser;
  readonly #byte = [0];
  readonly #grammar = new JsonGrammar();
  #tokens: JsonToken[] = [];

  readonly #text = new GrowingText();
  /** The text that has not gone out with tokens. */
  #unsent = '';
  #delta = '';
  /** Where the delta begins in the text, where in the delta we are, and where in it we stop for now. */
  #base = 0;
  #at = 0;
  #end = 0;

  /** Where the value or key that is being read begins. */
  #offset = 0;
  /** What of a string, key or number has been read and not been told. */
  #piece = '';
  #pieceIsFirst = false;
  #growing: 'key' | 'string' | 'number' | undefined;
  #numberPart: NumberPart | undefined;
  #whitespace = 0;

  constructor(limits: JsonLimits) {
    this.#limits = limits;
    this.#parser = createParser({
      onToken: (token) => {
        this.#onToken(token);
      },
      onEscape: (code) => {
        this.#piece += String.fromCharCode(code);
      },
    });
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
    if (this.#numberPart !== undefined && endsNumber(this.#numberPart)) this.#endNumber();
    if (!this.#grammar.isClosed)
      this.#fail('unexpected-end', `expected ${this.#expectedNext()}, got the end of the text`);
  }

  /** The tokens that were read since the last time, if any. */
  take(): JsonTokens | undefined {
    if (this.#tokens.length === 0) return undefined;
    const tokens = Object.assign(this.#tokens, { text: this.#unsent });
    this.#tokens = [];
    this.#unsent = '';
    return tokens;
  }

  #isOver(): boolean {
    return this.done || this.failure !== undefined;
  }

  #begin(delta: string): void {
    this.#base = this.#text.length;
    this.#text.append(delta);
    this.#unsent += delta;
    this.#delta = delta;
    this.#at = 0;
  }

  #readUntil(end: number): void {
    this.#end = end;
    while (this.#at < end && !this.#isOver()) {
      const state = this.#parser.tState;
      if (state === C.STRING1) this.#readString();
      else if (state === C.START) this.#readBetween();
      else if (state === C.NUMBER1 || state === C.NUMBER3) this.#readNumber();
      else if (state >= C.STRING3 && state <= C.STRING6) this.#readHexDigit();
      else this.#readLetter();
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
      this.#offset = this.#base + this.#at;
      if (code === QUOTE) this.#startPiece(this.#grammar.expectsKey ? 'key' : 'string');
      this.#numberPart = nextNumberPart(undefined, code);
      if (this.#numberPart !== undefined) {
        this.#startPiece('number');
        this.#piece = this.#delta.charAt(this.#at);
      }
      this.#feed(code);
      this.#at++;
    }
  }

  #readWhitespace(): void {
    this.#whitespace++;
    if (this.#whitespace <= this.#limits.maxWhitespace) this.#at++;
    else if (this.#grammar.isClosed) this.done = true;
    else this.#fail('max-whitespace', `more than ${this.#limits.maxWhitespace} whitespace characters in a row`);
  }

  /** A letter of a literal or after a backslash: jsonparse knows which may come. */
  #readLetter(): void {
    const expected = this.#expectedNext();
    const code = this.#parser.tState === C.STRING2 ? 'invalid-escape' : 'invalid-literal';
    this.#feed(this.#delta.charCodeAt(this.#at));
    if (this.#parser.tState === C.STOP) this.#failUnexpected(code, expected);
    else this.#at++;
  }

  #readNumber(): void {
    const from = this.#at;
    while (this.#at < this.#end) {
      const code = this.#delta.charCodeAt(this.#at);
      const part = nextNumberPart(this.#numberPart, code);
      if (part === undefined) break;
      this.#numberPart = part;
      this.#feed(code);
      this.#at++;
    }
    this.#piece += this.#delta.slice(from, this.#at);
    if (this.#at === this.#end || this.#numberPart === undefined) return;
    if (endsNumber(this.#numberPart)) this.#endNumber();
    else this.#failUnexpected('invalid-number');
  }

  /** Whitespace ends a number for jsonparse; the character that really did is read next, on its own merits. */
  #endNumber(): void {
    this.#feed(SPACE);
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
    else if (code === BACKSLASH) this.#feed(code);
    else this.#failUnexpected('control-character', 'control characters to be escaped');
    this.#at++;
  }

  #endString(): void {
    this.#parser.tState = C.START;
    if (this.#growing === 'key') this.#endKey(this.#piece);
    else this.#endGrowing('string');
  }

  #endKey(key: string): void {
    this.#growing = undefined;
    this.#piece = '';
    if (this.#grammar.addKey(key)) this.#tokens.push({ type: 'key', offset: this.#offset, key });
    else this.#fail('duplicate-key', `duplicate key ${JSON.stringify(key)}`);
  }

  /** jsonparse would take `:;<=>?` for hex digits, and a Buffer for the fourth. */
  #readHexDigit(): void {
    const code = this.#delta.charCodeAt(this.#at);
    if (!isHexDigit(code)) {
      this.#failUnexpected('invalid-escape');
      return;
    }
    if (this.#parser.tState === C.STRING6) {
      const digits = (this.#parser.unicode ?? '') + this.#delta.charAt(this.#at);
      this.#piece += String.fromCharCode(parseInt(digits, 16));
      this.#parser.tState = C.STRING1;
    } else {
      this.#feed(code);
    }
    this.#at++;
  }

  #feed(code: number): void {
    this.#byte[0] = code;
    this.#parser.write(this.#byte);
  }

  #onToken(token: number): void {
    switch (token) {
      case C.LEFT_BRACE:
        this.#tokens.push({ type: 'object-start', offset: this.#offset });
        this.#grammar.startObject();
        break;
      case C.LEFT_BRACKET:
        this.#tokens.push({ type: 'array-start', offset: this.#offset });
        this.#grammar.startArray();
        break;
      case C.RIGHT_BRACE:
        this.#tokens.push({ type: 'object-end', offset: this.#offset });
        this.#grammar.endContainer();
        break;
      case C.RIGHT_BRACKET:
        this.#tokens.push({ type: 'array-end', offset: this.#offset });
        this.#grammar.endContainer();
        break;
      case C.COLON:
        this.#grammar.colon();
        break;
      case C.COMMA:
        this.#grammar.comma();
        break;
      case C.TRUE:
        this.#endLiteral(true);
        break;
      case C.FALSE:
        this.#endLiteral(false);
        break;
      case C.NULL:
        this.#endLiteral(null);
        break;
      default:
        // NUMBER, or STRING for a long integer: either way a number has ended.
        this.#numberPart = undefined;
        this.#endGrowing('number');
    }
  }

  #endLiteral(value: boolean | null): void {
    this.#tokens.push({ type: 'literal', offset: this.#offset, value });
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
    const kept = growing === 'string' && isHighSurrogate(piece.charCodeAt(piece.length - 1)) ? 1 : 0;
    this.#pushPiece(growing, piece.slice(0, piece.length - kept), false);
    this.#piece = piece.slice(piece.length - kept);
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
    this.#tokens.push({ type, offset: start ? this.#offset : this.#base, text, start, end });
    this.#pieceIsFirst = false;
  }

  /** What may come next, wherever we are. */
  #expectedNext(): string {
    const state = this.#parser.tState;
    if (state === C.START) return this.#grammar.expected;
    if (state === C.STRING1) return this.#growing === 'key' ? 'the rest of a key' : 'the rest of a string';
    if (state === C.STRING2) return 'one of "\\/bfnrtu after a backslash';
    if (state >= C.STRING3 && state <= C.STRING6) return 'four hex digits';
    if (state === C.NUMBER1 || state === C.NUMBER3) return 'a digit';
    if (state >= C.TRUE1 && state <= C.TRUE3) return 'true';
    if (state >= C.FALSE1 && state <= C.FALSE4) return 'false';
    return 'null';
  }

  #failUnexpected(code: JsonSyntaxErrorCode, expected = this.#expectedNext()): void {
    this.#fail(code, `expected ${expected}, got ${JSON.stringify(this.#delta.charAt(this.#at))}`);
  }

  #fail(code: JsonSyntaxErrorCode, problem: string): void {
    const offset = this.#base + this.#at;
    // Half a surrogate pair would make the text unfit to be sent anywhere.
    const end = isHighSurrogate(this.#delta.charCodeAt(this.#at)) ? offset : offset + 1;
    const unread = Math.max(0, this.#text.length - end);
    const text = this.#text.toString().slice(0, end);
    this.failure = new JsonSyntaxError(code, offset, this.#grammar.path(), text, problem);
    this.#unsent = this.#unsent.slice(0, this.#unsent.length - unread);
  }
}

function isHexDigit(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
