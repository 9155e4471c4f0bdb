import { StructuredError } from '../../foundation/StructuredError.js';

/**
 * Why there is no schema: nobody knows the JSON form of a codec (`no-schema`), no JSON value would do (`impossible`),
 * strict mode has no word for it (`unknown-value`, `open-record`, `root`), or it is too big (`limit`).
 */
export type SchemaErrorCode = 'impossible' | 'limit' | 'no-schema' | 'open-record' | 'root' | 'unknown-value';

/** A codec that JSON Schema, or the strict subset asked for, cannot express; the message says what to do. */
export class SchemaError extends StructuredError {
  protected static override readonly brand = 'rx-structured/SchemaError';
  override readonly name = 'SchemaError';

  /**
   * @param code What is the matter.
   * @param path Where in the document: `$.items[].meta`.
   * @param advice What it is, and what to do.
   */
  constructor(
    readonly code: SchemaErrorCode,
    readonly path: string,
    advice: string,
  ) {
    super(`${path}: ${advice}`);
  }
}
