/**
 * Keywords of our own, in the JSON Schema that another library writes of itself: what was lost when it was written.
 * `readSchemaShape` reads them, and they are never written.
 */
export const marks = {
  /** Which JSON is meant is not known: a {@link OpaqueMark}. */
  opaque: '$opaque',
  /** Only a key left out will do. */
  absent: '$absent',
  /** The pattern with which the library checks the `format` beside it. */
  formatPattern: '$formatPattern',
  /** Regular expressions whose flags JSON Schema has no place for, as `/a/i`. */
  flagged: '$flagged',
} as const;

/** A part of a schema that has no JSON form. */
export interface OpaqueMark {
  /** As the user has written it: `z.date()`. */
  readonly name: string;
  /** Which part of which library it is: `z.date`. */
  readonly gap: string;
}
