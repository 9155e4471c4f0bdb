/** What Node and its fetch call connections that break; each may be the `code` of an error, or of its cause. */
const CODES =
  /^(ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ENETDOWN|ENETRESET|ENETUNREACH|EHOSTUNREACH|UND_ERR_(SOCKET|BODY_TIMEOUT|ABORTED)|ERR_STREAM_PREMATURE_CLOSE|ERR_HTTP2_STREAM_ERROR)$/;

/** What the fetches of Node, Chromium, Firefox and Safari say of a body that does not come to its end. */
const MESSAGES =
  /^(terminated|other side closed|premature close|network error|error in body stream|error in input stream|load failed|the network connection was lost\.?|failed to fetch|fetch failed)$/i;

/** As deep as SDKs wrap errors in errors. */
const DEEPEST = 5;

/**
 * Whether an error says that the connection broke, and nothing about the answer: the error of a socket, or the
 * `SyntaxError` of whoever parsed the half of an event that it ended in. It does not tell when it broke: what is asked
 * for may never have been reached.
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
