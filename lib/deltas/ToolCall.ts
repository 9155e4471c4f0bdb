import type { Observable } from 'rxjs';

/** One tool call of an answer, while the model writes it. */
export interface ToolCall {
  /** Tells the calls of one answer apart, together with `id`. */
  readonly index: number;
  /** The provider's id of the call; a tool's result refers to it. Not every server sends one. */
  readonly id?: string;
  /** The tool. Empty if the server never names it. */
  readonly name: string;
  /** The arguments, as deltas of JSON text. Late subscribers get the text so far, then the rest. */
  readonly arguments: Observable<string>;
}
