/** The message of whatever a tool has thrown, as the model and a remote page are told it; never empty. */
export function describeError(error: unknown): string {
  const said = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  const message = typeof said === 'string' || typeof said === 'number' ? String(said) : '';
  return message === '' ? 'the tool failed' : message;
}
