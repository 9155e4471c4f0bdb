import { toDelay } from '../foundation/toDelay.js';

/** How an answer is sent. */
export interface SseConfig {
  /**
   * The last event that the client got, from its `Last-Event-ID` header. A client that comes back to an answer which is
   * not `resumable` is told not to, and the model is not asked again.
   */
  readonly lastEventId?: string | null | undefined;
  /**
   * The events are the same for every subscriber, from the first one on (`shareReplay()`, or a log): clients that have
   * lost their connection come back by themselves, and go on where they were. Default `false`.
   */
  readonly resumable?: boolean;
  /** Milliseconds that a client waits before it comes back to a resumable answer. Default 1,000. */
  readonly retry?: number;
  /**
   * Milliseconds of silence after which a comment is sent; `Infinity`, `NaN`, 0 and negatives mean none. Default
   * 15,000. A client takes three times as much silence for a lost connection, so without a heartbeat it has to be told,
   * see {@link FromSseInit}.
   */
  readonly heartbeat?: number;
}

const HEARTBEAT = 15_000;
const RETRY = 1000;

/** The delay that clients are told before they come back; `undefined` if it is useless. */
export function readRetry({ resumable = false, retry = RETRY }: SseConfig): number | undefined {
  return resumable ? Math.round(toDelay(Number.isNaN(retry) ? RETRY : retry)) : undefined;
}

/** After how much silence a comment is sent; `undefined` for none. */
export function readHeartbeat({ heartbeat = HEARTBEAT }: SseConfig): number | undefined {
  return heartbeat > 0 && heartbeat < Infinity ? toDelay(heartbeat) : undefined;
}

/**
 * The heartbeat, where a client has to know: it assumes the default, so it has to be told of a slower one. It is
 * told of a faster one if it can come back sooner.
 */
export function readToldHeartbeat(config: SseConfig): number | undefined {
  const heartbeat = readHeartbeat(config);
  if (heartbeat === undefined || heartbeat === HEARTBEAT) return undefined;
  return heartbeat > HEARTBEAT || config.resumable === true ? heartbeat : undefined;
}

/** How much silence a client takes for a lost connection, given the heartbeat of the server. */
export function readSilence(heartbeat = HEARTBEAT): number {
  // A comment comes after one to two heartbeats of silence; fast ones are late where a machine is busy.
  return Math.max(1000, heartbeat * 3);
}

/** How many events the client has received; `undefined` where it cannot go on from there. */
export function readPosition({ lastEventId, resumable = false }: SseConfig): number | undefined {
  if (lastEventId === undefined || lastEventId === null || lastEventId === '') return 0;
  return resumable && /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : undefined;
}
