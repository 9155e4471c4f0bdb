/** How an answer is sent. */
export interface SseConfig {
  /**
   * What the client says to have seen, from its `Last-Event-ID` header. A client that comes back to an answer which is
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
  /** Milliseconds of silence after which a comment is sent, `Infinity` for none. Default 15,000. */
  readonly heartbeat?: number;
}

export const HEARTBEAT = 15_000;

/** What clients are told to wait before they come back; `undefined` where it is of no use. */
export function retryOf({ resumable = false, retry = 1000 }: SseConfig): number | undefined {
  return resumable ? retry : undefined;
}

/** How many events the client has seen; `undefined` where it cannot go on from there. */
export function positionOf({ lastEventId, resumable = false }: SseConfig): number | undefined {
  if (lastEventId === undefined || lastEventId === null || lastEventId === '') return 0;
  return resumable && /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : undefined;
}
