import { StructuredError } from '../../foundation/StructuredError.js';
import type { PatchOperation } from './PartialPatch.js';

/** A patch does not fit the document it is applied to: one before it was lost, or it is for another document. */
export class JsonPatchError extends StructuredError {
  protected static override readonly brand = 'rx-structured/JsonPatchError';
  override readonly name = 'JsonPatchError';

  /** The operation that cannot be applied. */
  declare readonly operation: PatchOperation;

  constructor(operation: PatchOperation, reason: string) {
    super(`cannot ${operation.op} at ${JSON.stringify(operation.path)}: ${reason}`, { operation });
  }
}
