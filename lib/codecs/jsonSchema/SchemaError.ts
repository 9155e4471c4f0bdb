import { StructuredError } from '../../foundation/StructuredError.js';

/**
 * Why a schema cannot be made: a codec does not say which JSON it takes (`no-schema`), no JSON value would do
 * (`impossible`), the provider takes no schema for it (`unknown-value`, `open-record`, `root`, `recursion`,
 * `property-name`), or it is too big (`limit`).
 */
export type SchemaErrorCode =
  'impossible' | 'limit' | 'no-schema' | 'open-record' | 'property-name' | 'recursion' | 'root' | 'unknown-value';

/** A codec that JSON Schema, or the subset that a provider takes, cannot express; the message says what to do. */
export class SchemaError extends StructuredError {
  protected static override readonly brand = 'rx-structured/SchemaError';
  override readonly name = 'SchemaError';

  /**
   * @param code What is the matter.
   * @param path Where in the document: `$.items[].meta`.
   * @param advice What is wrong, and what to do about it: the message without the path.
   */
  constructor(
    readonly code: SchemaErrorCode,
    readonly path: string,
    readonly advice: string,
  ) {
    super(`${path}: ${advice}`);
  }
}
