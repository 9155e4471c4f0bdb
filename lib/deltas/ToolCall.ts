import type { Observable } from 'rxjs';

/** One tool call of an answer, while the model writes it. */
export interface ToolCall {
  /** Tells the calls of one answer apart, together with `id`. */
  readonly index: number;
  /** What the provider calls it; a tool's result refers to it. Not every server sends one. */
  readonly id?: string;
  /** The tool. Empty if the server never names it. */
  readonly name: string;
  /** The arguments, as deltas of JSON text. Whoever subscribes late gets what was written so far, then the rest. */
  readonly arguments: Observable<string>;
}
