import * as t from 'io-ts';
import type { AnswerEvent, CompleteEvent, InvalidEvent, ToolCallEvent } from './AnswerEvent.js';
import { FAILURE_CODES, type FailureCode } from './FailureCode.js';
import { SseError } from './SseError.js';

/** The first message; with it, how many milliseconds to wait before coming back, if that makes sense. */
export interface BeginMessage {
  readonly type: 'begin';
  readonly retry?: number;
  /** How many milliseconds of silence there may be at the server, where that is not the default. */
  readonly heartbeat?: number;
}

/** The last message. */
export interface DoneMessage {
  readonly type: 'done';
}

type Body<E> = Omit<E, 'type'>;

const begin = t.partial({ retry: t.number, heartbeat: t.number });

const invalid = t.intersection([
  t.type({
    tag: t.keyof({ InvalidJson: null, InvalidValue: null }),
    message: t.string,
    path: t.array(t.union([t.string, t.number])),
    attempt: t.number,
    // JSON has no `Infinity`: it writes `null`.
    retriesLeft: t.union([t.number, t.null]),
  }),
  t.partial({ text: t.string }),
]);

const usage = t.intersection([
  t.type({ inputTokens: t.number, outputTokens: t.number }),
  t.partial({ cachedInputTokens: t.number, reasoningTokens: t.number }),
]);

const attempt = t.intersection([
  t.type({ attempt: t.number, startedAt: t.number, duration: t.number, characters: t.number }),
  t.partial({
    step: t.number,
    model: t.string,
    id: t.string,
    firstEventAfter: t.number,
    finishReason: t.string,
    usage,
  }),
]);

const complete = t.type({
  completion: t.partial({
    id: t.string,
    model: t.string,
    finishReason: t.string,
    usage,
    attempts: t.array(attempt),
  }),
});

const unavailable = t.type({ message: t.string, attempt: t.number, retriesLeft: t.union([t.number, t.null]) });

const failed = t.type({ code: t.string, message: t.string });

const tool = t.intersection([
  t.type({
    name: t.string,
    id: t.string,
    step: t.number,
    state: t.keyof({ writing: null, running: null, done: null, failed: null }),
  }),
  t.partial({ input: t.unknown, progress: t.unknown, output: t.unknown, message: t.string }),
]);

// The codecs know no difference between an absent key and `undefined`, which JSON does not have.
const isBegin = (body: unknown): body is Body<BeginMessage> => begin.is(body);
const isInvalid = (body: unknown): body is Omit<Body<InvalidEvent>, 'retriesLeft'> & { retriesLeft: number | null } =>
  invalid.is(body);
const isComplete = (body: unknown): body is Body<CompleteEvent> => complete.is(body);
const isUnavailable = (body: unknown): body is t.TypeOf<typeof unavailable> => unavailable.is(body);
const isTool = (body: unknown): body is Body<ToolCallEvent> => tool.is(body);
const isFailed = (body: unknown): body is t.TypeOf<typeof failed> => failed.is(body);

/** A server that is newer than this client may know more kinds of failures. */
function toCode(word: string): FailureCode {
  return FAILURE_CODES.find((code) => code === word) ?? 'internal';
}

/**
 * The meaning of a server-sent event; `undefined` for an unknown one, so that later versions may add some.
 *
 * @throws SseError if it is not one of ours.
 */
export function readMessage(type: string, data: string): AnswerEvent | BeginMessage | DoneMessage | undefined {
  const body = parse(data);
  if (type === 'message' && typeof body === 'string') return { type: 'text', text: body };
  if (type === 'wrapped' && typeof body === 'string') return { type: 'text', text: body, wrapped: true };
  if (type === 'reasoning' && typeof body === 'string') return { type, text: body };
  if (type === 'begin' && isBegin(body)) return { type, ...body };
  if (type === 'invalid' && isInvalid(body)) return { type, ...body, retriesLeft: body.retriesLeft ?? Infinity };
  if (type === 'unavailable' && isUnavailable(body))
    return { type, ...body, retriesLeft: body.retriesLeft ?? Infinity };
  if (type === 'step') return { type };
  if (type === 'tool' && isTool(body)) return { type, ...body };
  if (type === 'complete' && isComplete(body)) return { type, ...body };
  if (type === 'failed' && isFailed(body)) return { type, code: toCode(body.code), message: body.message };
  if (type === 'done') return { type };
  if (
    ['message', 'wrapped', 'reasoning', 'begin', 'invalid', 'unavailable', 'tool', 'complete', 'failed'].includes(type)
  )
    throw createMalformed(type, data);
  return undefined;
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

/** The message does not quote the event: it may hold the answer. */
function createMalformed(type: string, data: string): SseError {
  const message = `The event stream holds a ${type} that is not an answer's, of ${data.length} characters.`;
  return new SseError('malformed', message, 200, data.slice(0, 200));
}
