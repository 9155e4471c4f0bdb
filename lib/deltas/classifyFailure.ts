import { IdleTimeoutError } from '../completions/IdleTimeoutError.js';
import { IncompleteCompletionError, type IncompleteReason } from './IncompleteCompletionError.js';

/** The kind of an error, as its reader needs it; see {@link classifyFailure}. */
export type FailureKind = IncompleteReason | 'timeout' | 'rate-limited' | 'unavailable' | 'internal';

/**
 * The words by which errors are known, in lower case: codes of Node and undici, names of classes, types and codes in
 * the bodies that OpenAI, Anthropic, Google, Bedrock and those who copy them send.
 */
const WORDS: Readonly<Record<'interrupted' | 'timeout' | 'rate-limited' | 'unavailable', readonly string[]>> = {
  interrupted: [
    ...['econnreset', 'epipe', 'econnaborted', 'err_stream_premature_close', 'err_http2_stream_error'],
    ...['err_http2_session_error', 'und_err_socket', 'und_err_closed', 'und_err_destroyed', 'und_err_aborted'],
    ...['und_err_res_content_length_mismatch', 'aborterror', 'apiuseraborterror', 'interrupted'],
  ],
  timeout: [
    ...['etimedout', 'esockettimedout', 'und_err_connect_timeout', 'und_err_headers_timeout', 'und_err_body_timeout'],
    ...['timeout', 'timeouterror', 'timeout_error', 'apiconnectiontimeouterror', 'request_timeout', 'gateway_timeout'],
    ...['deadline_exceeded', 'modeltimeoutexception'],
  ],
  'rate-limited': [
    ...['rate-limited', 'rate_limited', 'rate_limit', 'rate_limit_error', 'rate_limit_exceeded', 'too_many_requests'],
    ...['insufficient_quota', 'quota_exceeded', 'resource_exhausted', 'tokens', 'requests', 'ratelimiterror'],
    ...['throttlingexception', 'throttled', 'throttling_error'],
  ],
  unavailable: [
    ...['econnrefused', 'enotfound', 'eai_again', 'eai_fail', 'ehostunreach', 'ehostdown', 'enetunreach', 'enetdown'],
    ...['overloaded', 'overloaded_error', 'server_overloaded', 'engine_overloaded', 'engine_overloaded_error'],
    ...['model_overloaded', 'slow_down', 'api_error', 'server_error', 'internal_server_error', 'internal_error'],
    ...['internalservererror', 'internalserverexception', 'service_unavailable', 'serviceunavailableexception'],
    ...['service_unavailable_error', 'unavailable', 'bad_gateway', 'modelnotreadyexception'],
  ],
};

const KINDS = new Map(
  Object.entries(WORDS).flatMap(([kind, words]) => words.map((word) => [word, kind as keyof typeof WORDS])),
);

/**
 * Words of messages, for errors that have nothing else. Only the kind is derived from them: messages may quote
 * anything.
 */
const MESSAGES: readonly (readonly [RegExp, FailureKind])[] = [
  [/rate.?limit|too many requests/i, 'rate-limited'],
  [/overloaded|over(?:loaded)? capacity|service unavailable|temporarily unavailable|bad gateway/i, 'unavailable'],
  [/timed? ?out/i, 'timeout'],
  [/^terminated$|socket hang up|other side closed|premature close/i, 'interrupted'],
  [/^(?:fetch failed|failed to fetch|load failed|connection error\.?|networkerror .*)$/i, 'unavailable'],
];

/** Where an error keeps what it knows: its cause, the errors of an `AggregateError`, what the provider has sent. */
const WITHIN = ['error', 'body', 'response', 'cause', 'lastError'] as const;
const DEEPEST = 6;

/**
 * The kind of an error, refusals apart, for errors of an SDK, of `fetch`, of Node, or of a provider in the middle of
 * its answer.
 *
 * An HTTP status decides; then the words of the error and of all that it holds, and at last the messages. Anything
 * else is `internal`.
 */
export function classifyFailure(error: unknown): FailureKind {
  if (error instanceof IncompleteCompletionError) return error.reason;
  if (error instanceof IdleTimeoutError) return 'timeout';
  const parts = listParts(error);
  return (
    findFirst(parts, classifyStatus) ??
    findFirst(parts, classifyWords) ??
    findFirst(parts, classifyMessage) ??
    'internal'
  );
}

/** The error and what it holds, outermost first. */
function listParts(error: unknown, depth = 0, visited = new Set<unknown>()): readonly object[] {
  if (typeof error !== 'object' || error === null || depth > DEEPEST || visited.has(error)) return [];
  visited.add(error);
  const within = WITHIN.map((key) => readMember(error, key));
  const several = readMember(error, 'errors');
  const all = Array.isArray(several) ? [...within, ...(several as unknown[]).slice(0, 10)] : within;
  return [error, ...all.flatMap((part) => listParts(part, depth + 1, visited))];
}

function findFirst(
  parts: readonly object[],
  kindOf: (part: object) => FailureKind | undefined,
): FailureKind | undefined {
  for (const part of parts) {
    const kind = kindOf(part);
    if (kind !== undefined) return kind;
  }
  return undefined;
}

/** Servers that pass on the error of another one write its status as a number into `code`. */
function classifyStatus(part: object): FailureKind | undefined {
  const status = ['status', 'statusCode', 'code']
    .map((key) => readMember(part, key))
    .find((value) => typeof value === 'number' && value >= 400 && value < 600);
  if (typeof status !== 'number') return undefined;
  if (status === 429) return 'rate-limited';
  if (status === 408) return 'timeout';
  return status >= 500 ? 'unavailable' : 'internal';
}

function classifyWords(part: object): FailureKind | undefined {
  for (const word of ['code', 'type', 'status', 'name'].map((key) => readMember(part, key))) {
    const kind = typeof word === 'string' ? KINDS.get(word.toLowerCase()) : undefined;
    if (kind !== undefined) return kind;
  }
  // Most SDKs tell their errors apart by the class alone.
  const maker = readMember(part, 'constructor');
  return typeof maker === 'function' ? KINDS.get(maker.name.toLowerCase()) : undefined;
}

function classifyMessage(part: object): FailureKind | undefined {
  const message = ['message', 'error', 'body']
    .map((key) => readMember(part, key))
    .find((text) => typeof text === 'string');
  return typeof message === 'string' ? MESSAGES.find(([words]) => words.test(message.slice(0, 500)))?.[1] : undefined;
}

/** A getter that throws is as good as absent. */
function readMember(part: object, key: string): unknown {
  try {
    return (part as Readonly<Record<string, unknown>>)[key];
  } catch {
    return undefined;
  }
}
