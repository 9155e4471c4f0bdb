/** A model failed, and another attempt follows: what it had shown is to be dropped. Travels as a `Left`. */
export interface Unavailable {
  readonly _tag: 'Unavailable';
  /**
   * Why it failed: what would have been the error notification without another model. A server keeps it to itself: over
   * SSE it is absent.
   */
  readonly error?: unknown;
  readonly message: string;
  /** Which attempt this was, counted from 1 over all models. */
  readonly attempt: number;
  /** How many attempts may still come, those of the other models included. */
  readonly retriesLeft: number;
}
