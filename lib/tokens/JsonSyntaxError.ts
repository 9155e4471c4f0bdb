import { StructuredError } from '../foundation/StructuredError.js';
import type { JsonPath } from './JsonPath.js';

/**
 * The kinds of errors in a JSON text. The last five are not errors of the grammar but limits and a stricter reading:
 *
 * - `unexpected-character`: a character that nothing can continue from here
 * - `unexpected-end`: the text ended inside the document, or before it
 * - `invalid-literal`: a word that is not `true`, `false` or `null`
 * - `invalid-number`: a number that lacks a digit
 * - `invalid-escape`: a backslash that is followed by no escape
 * - `control-character`: a character below U+0020, unescaped in a string
 * - `trailing-data`: more than whitespace after the document
 * - `duplicate-key`: a key that the object has already; at its closing quote
 * - `max-depth`: an object or array nested deeper than allowed
 * - `max-length`: a text longer than allowed, in UTF-16 code units
 * - `max-whitespace`: a longer run of whitespace before or inside the document than allowed
 */
export type JsonSyntaxErrorCode =
  | 'unexpected-character'
  | 'unexpected-end'
  | 'invalid-literal'
  | 'invalid-number'
  | 'invalid-escape'
  | 'control-character'
  | 'trailing-data'
  | 'duplicate-key'
  | 'max-depth'
  | 'max-length'
  | 'max-whitespace';

/** How much of the text before an error its message shows, in code units. */
const EXCERPT_LENGTH = 40;

/**
 * The text is not a JSON document.
 *
 * It is raised at the first character after which no continuation could make it one, however the text was cut.
 */
export class JsonSyntaxError extends StructuredError {
  protected static override readonly brand = 'rx-structured/JsonSyntaxError';
  override readonly name = 'JsonSyntaxError';

  /** The value that was being read. */
  declare readonly path: JsonPath;
  /** The text as far as it was read, that character included. */
  declare readonly text: string;

  constructor(
    readonly code: JsonSyntaxErrorCode,
    /** The offset of that character, in UTF-16 code units from the beginning of the text. */
    readonly offset: number,
    path: JsonPath,
    text: string,
    /** The problem, in a few words. */
    problem: string,
  ) {
    super(`offset ${offset}: ${problem}${cutExcerpt(text)}`, { path, text });
  }
}

function cutExcerpt(text: string): string {
  if (text === '') return '';
  return ` near ${text.length > EXCERPT_LENGTH ? `…${text.slice(-EXCERPT_LENGTH)}` : text}`;
}
