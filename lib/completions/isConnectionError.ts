/** Codes of Node and its fetch for broken connections; each may be the `code` of an error, or of its cause. */
const CODES =
  /^(ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ENETDOWN|ENETRESET|ENETUNREACH|EHOSTUNREACH|UND_ERR_(SOCKET|BODY_TIMEOUT|ABORTED)|ERR_STREAM_PREMATURE_CLOSE|ERR_HTTP2_STREAM_ERROR)$/;

/** Messages of fetch in Node, Chromium, Firefox and Safari for a body that was cut. */
const MESSAGES =
  /^(terminated|other side closed|premature close|network error|error in body stream|error in input stream|load failed|the network connection was lost\.?|failed to fetch|fetch failed)$/i;

/** As deep as SDKs wrap errors in errors. */
const DEEPEST = 5;

/**
 * Whether an error says that the connection broke, and nothing about the answer: the error of a socket, or the
 * `SyntaxError` of the parser that got half of an event. It does not tell when it broke: the server may never have been
 * reached.
 */
export function isConnectionError(error: unknown): boolean {
  let inner = error;
  for (let depth = 0; depth < DEEPEST && inner instanceof Error; depth += 1) {
    if (inner instanceof SyntaxError) return true;
    if ('code' in inner && typeof inner.code === 'string' && CODES.test(inner.code)) return true;
    if (MESSAGES.test(inner.message) && (inner.name === 'TypeError' || inner.name === 'Error')) return true;
    inner = inner.cause;
  }
  return false;
}
