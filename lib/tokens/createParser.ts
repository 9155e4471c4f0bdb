import Parser from 'jsonparse';

/** What a parser tells while it is written to. */
export interface ParserListener {
  /** A structural character, a literal or a number was read. */
  onToken(token: number): void;
  /** A one-character escape was read; `code` is what it stands for. */
  onEscape(code: number): void;
}

/**
 * A jsonparse parser that was made without its constructor, which would allocate a 64 KB Buffer. Nothing else in it
 * needs one as long as it is never given the body, the closing quote or the last hex digit of a string.
 *
 * A character that it refuses leaves it in the state STOP.
 */
export function createParser(listener: ParserListener): Parser {
  // The cast: `Object.create` does not say what it makes.
  const parser = Object.create(Parser.prototype) as Parser;
  parser.tState = Parser.C.START;
  parser.string = undefined;
  parser.unicode = undefined;
  parser.offset = -1;
  parser.onToken = (token) => {
    listener.onToken(token);
  };
  parser.appendStringChar = (code) => {
    listener.onEscape(code);
  };
  parser.onError = () => undefined;
  return parser;
}
