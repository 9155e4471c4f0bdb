/** The parts of jsonparse 1.3.1 that `Lexer` uses. They are not in the published declarations. */
declare module 'jsonparse' {
  class Parser {
    /** The names of tokens and of states. */
    static readonly C: Readonly<
      Record<
        | 'LEFT_BRACE'
        | 'RIGHT_BRACE'
        | 'LEFT_BRACKET'
        | 'RIGHT_BRACKET'
        | 'COLON'
        | 'COMMA'
        | 'TRUE'
        | 'FALSE'
        | 'NULL'
        | 'START'
        | 'STOP'
        | 'TRUE1'
        | 'TRUE3'
        | 'FALSE1'
        | 'FALSE4'
        | 'NULL1'
        | 'NULL3'
        | 'STRING1'
        | 'STRING2'
        | 'STRING3'
        | 'STRING6',
        number
      >
    >;
    tState: number;
    unicode: string | undefined;
    write(bytes: ArrayLike<number>): void;
    onToken(token: number, value: unknown): void;
    onError(error: Error): void;
    appendStringChar(code: number): void;
  }
  export = Parser;
}
