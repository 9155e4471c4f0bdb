import Parser from 'jsonparse';

/** Where in a token the lexer is. */
export type LexerState = 'between' | 'string' | 'escape' | 'hex' | 'true' | 'false' | 'null';

/** A token that is told when it ends. Strings are not told: their end is for the user of the lexer to see. */
export type LexerToken =
  'object-start' | 'object-end' | 'array-start' | 'array-end' | 'colon' | 'comma' | 'true' | 'false' | 'null';

export interface LexerListener {
  /** A structural character or the last letter of a literal was read. */
  onToken(token: LexerToken): void;
  /** An escape was read to its end; `code` is the code unit that it stands for. */
  onEscape(code: number): void;
}

/**
 * jsonparse, behind the one face that the tokenizer knows: this is the only file that knows its states.
 *
 * It is given one character at a time, and only those that decide something. Never the body, a backslash or the closing
 * quote of a string, nor a number, nor the last digit of an escape: for those jsonparse would need the 64 KB Buffer
 * that its constructor allocates, and it would let pass texts that are not JSON.
 */
export class Lexer {
  readonly #parser: Parser;
  readonly #listener: LexerListener;
  /** The one character that jsonparse is given, in the form in which it takes it. */
  readonly #bytes = [0];

  constructor(listener: LexerListener) {
    this.#listener = listener;
    // The cast: `Object.create` does not say what it makes. It is made without its constructor, see above.
    const parser = Object.create(Parser.prototype) as Parser;
    parser.tState = Parser.C.START;
    parser.unicode = undefined;
    parser.onToken = (token) => {
      const name = toToken(token);
      if (name !== undefined) listener.onToken(name);
    };
    parser.appendStringChar = (code) => {
      listener.onEscape(code);
    };
    parser.onError = () => undefined;
    this.#parser = parser;
  }

  get state(): LexerState {
    return toState(this.#parser.tState);
  }

  /** Reads a character, and says whether it may stand there. If it may not, the lexer must not be used any more. */
  read(code: number): boolean {
    this.#bytes[0] = code;
    this.#parser.write(this.#bytes);
    return this.#parser.tState !== Parser.C.STOP;
  }

  /** Reads one of the four digits of an escape. jsonparse alone would take `:;<=>?` for digits. */
  readHexDigit(code: number): boolean {
    if (!isHexDigit(code)) return false;
    if (this.#parser.tState !== Parser.C.STRING6) return this.read(code);
    this.#parser.tState = Parser.C.STRING1;
    this.#listener.onEscape(parseInt((this.#parser.unicode ?? '') + String.fromCharCode(code), 16));
    return true;
  }

  /** A backslash has come, in a string. */
  startEscape(): void {
    this.#parser.tState = Parser.C.STRING2;
  }

  /** The closing quote has come. */
  endString(): void {
    this.#parser.tState = Parser.C.START;
  }
}

function toState(state: number): LexerState {
  const { C } = Parser;
  if (state === C.STRING1) return 'string';
  if (state === C.STRING2) return 'escape';
  if (state >= C.STRING3 && state <= C.STRING6) return 'hex';
  if (state >= C.TRUE1 && state <= C.TRUE3) return 'true';
  if (state >= C.FALSE1 && state <= C.FALSE4) return 'false';
  return state >= C.NULL1 && state <= C.NULL3 ? 'null' : 'between';
}

function toToken(token: number): LexerToken | undefined {
  const { C } = Parser;
  switch (token) {
    case C.LEFT_BRACE:
      return 'object-start';
    case C.RIGHT_BRACE:
      return 'object-end';
    case C.LEFT_BRACKET:
      return 'array-start';
    case C.RIGHT_BRACKET:
      return 'array-end';
    case C.COLON:
      return 'colon';
    case C.COMMA:
      return 'comma';
    case C.TRUE:
      return 'true';
    case C.FALSE:
      return 'false';
    case C.NULL:
      return 'null';
    default:
      return undefined;
  }
}

function isHexDigit(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);
}
