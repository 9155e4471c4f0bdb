import { StructuredError } from '../foundation/StructuredError.js';
import type { Json, JsonPath } from './PartialJson.js';

/** The document has something else where its elements were asked for. */
export class NotAnArrayError extends StructuredError {
  protected static override readonly brand = 'rx-structured/NotAnArrayError';
  override readonly name = 'NotAnArrayError';

  /** The value that came instead, as far as it was read. */
  declare readonly value: Json | undefined;

  constructor(
    /** Where the array was expected. */
    readonly path: JsonPath,
    value: Json | undefined,
  ) {
    super(`expected an array at ${JSON.stringify(path)}, got ${nameKind(value)}`, { value });
  }
}

function nameKind(value: Json | undefined): string {
  if (value === null) return 'null';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
