import { StructuredError } from '../../foundation/StructuredError.js';

/** A schema that answers later: a decoder says what it thinks of a delta before the next one comes. */
export class AsyncSchemaError extends StructuredError {
  protected static override readonly brand = 'rx-structured/AsyncSchemaError';
  override readonly name = 'AsyncSchemaError';

  /** @param vendor Whose schema it is. */
  constructor(readonly vendor: string) {
    super(
      `The ${vendor} schema validates asynchronously, and decoding does not wait. Take the asynchronous checks out of the schema and make them downstream.`,
    );
  }
}
