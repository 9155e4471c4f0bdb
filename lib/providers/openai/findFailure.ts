/** The failure in an event for which the SDK throws an error. */
export function findFailure(data: object, event: string | undefined): unknown {
  const error = 'error' in data ? data.error : undefined;
  if (error !== undefined && error !== null && error !== false && error !== '') return error;
  return event === 'error' ? data : undefined;
}
