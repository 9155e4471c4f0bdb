import Parser from 'jsonparse';

/** Where in a token the lexer is. */
export type LexerState = 'between' | 'string' | 'escape' | 'hex' | 'true' | 'false' | 'null';

/** A structural character or a literal. Strings are not told: their end is for the user of the lexer to see. */
export type LexerToken =
  'object-start' | 'object-end' | 'array-start' | 'array-end' | 'colon' | 'comma' | 'true' | 'false' | 'null';

/**
 * jsonparse, behind the one face that the tokenizer knows: this is the only file that knows its states.
 *
 * It is given one character at a time, and only those that decide something. Never the body, a backslash or the closing
 * quote of a string, nor a number, nor the last digit of an escape: for those jsonparse would need the 64 KB Buffer
 * that its constructor allocates, and it would let pass texts that are not JSON.
 *
 * One parser of jsonparse serves all lexers: each puts its own state there for the time that a character takes.
 */
export class Lexer {
  /** In jsonparse's words, and in ours. Set together, by `#move`. */
  #tState = Parser.C.START;
  #state: LexerState = 'between';
  /** The hex digits of the escape that is open. */
  #unicode: string | undefined;

  get state(): LexerState {
    return this.#state;
  }

  /**
   * Reads a character. After `'wrong'` the lexer must not be used any more.
   *
   * @returns The thing that ends with it, if anything does; an escape is told by the code unit that it stands for.
   */
  read(code: number): LexerToken | number | 'wrong' | undefined {
    const parser = shareParser();
    parser.tState = this.#tState;
    parser.unicode = this.#unicode;
    told = undefined;
    bytes[0] = code;
    parser.write(bytes);
    this.#unicode = parser.unicode;
    this.#move(parser.tState);
    return parser.tState === Parser.C.STOP ? 'wrong' : told;
  }

  /** Reads one of the four digits of an escape. jsonparse alone would take `:;<=>?` for digits. */
  readHexDigit(code: number): number | 'wrong' | undefined {
    if (!isHexDigit(code)) return 'wrong';
    if (this.#tState !== Parser.C.STRING6) {
      this.read(code);
      return undefined;
    }
    this.#move(Parser.C.STRING1);
    return parseInt((this.#unicode ?? '') + String.fromCharCode(code), 16);
  }

  /** A backslash has come, in a string. */
  startEscape(): void {
    this.#move(Parser.C.STRING2);
  }

  /** The closing quote has come. */
  endString(): void {
    this.#move(Parser.C.START);
  }

  #move(tState: number): void {
    if (tState === this.#tState) return;
    this.#tState = tState;
    this.#state = toState(tState);
  }
}

/** The thing that jsonparse has read to its end, set while it reads a character. */
let told: LexerToken | number | undefined;
/** The one character that jsonparse is given, in the form in which it takes it. */
const bytes = [0];
let parser: Parser | undefined;

/** Made when the first character is read, without its constructor, see above. */
function shareParser(): Parser {
  if (parser !== undefined) return parser;
  // The cast: `Object.create` does not say what it makes.
  parser = Object.create(Parser.prototype) as Parser;
  parser.onToken = (token) => {
    told = toToken(token);
  };
  parser.appendStringChar = (code) => {
    told = code;
  };
  parser.onError = () => undefined;
  return parser;
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
