/** What an event says went wrong, where the SDK throws an error for it. */
export function failureIn(data: object, event: string | undefined): unknown {
  const error = 'error' in data ? data.error : undefined;
  if (error !== undefined && error !== null && error !== false && error !== '') return error;
  return event === 'error' ? data : undefined;
}
