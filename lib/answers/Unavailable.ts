/** A model failed, and another attempt follows: drop the values of the failed one. Emitted as a `Left`. */
export interface Unavailable {
  readonly _tag: 'Unavailable';
  /**
   * Why it failed: the error notification that there would be without another model. A server keeps it to itself: over
   * SSE it is absent.
   */
  readonly error?: unknown;
  readonly message: string;
  /** Which attempt this was, counted from 1 over all models. */
  readonly attempt: number;
  /** How many attempts may still come, those of the other models included. */
  readonly retriesLeft: number;
}
