import { boundMessage } from '../../foundation/boundMessage.js';

/** The message of whatever a tool has thrown, as the model and a remote page are told it; never empty, nor too long. */
export function describeError(error: unknown): string {
  const said = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  const message = typeof said === 'string' || typeof said === 'number' ? String(said) : '';
  return message === '' ? 'the tool failed' : boundMessage(message);
}
