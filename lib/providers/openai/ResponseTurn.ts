import type { TurnPartEvent } from '../../completions/CompletionEvent.js';
import type { ResponseEvent, ResponseItem } from './ResponseEvent.js';

/**
 * Keeps the items of one response as the API wants them sent back: reasoning, messages and calls, each as it came. One
 * for each request.
 *
 * Source: "Keeping reasoning items in context" in OpenAI's guide to reasoning models.
 */
export class ResponseTurn {
  #kept = 0;

  /** The item that an event has closed; all items at once for a server that closes none of them before the end. */
  *read({ type, item, response }: ResponseEvent): Iterable<TurnPartEvent> {
    if (type === 'response.output_item.done' && item) yield* this.#keep(item);
    else if (response?.output && this.#kept === 0 && /^response\.(completed|incomplete)$/.test(type))
      for (const each of response.output) yield* this.#keep(each);
  }

  *#keep(item: ResponseItem): Iterable<TurnPartEvent> {
    this.#kept += 1;
    yield { type: 'turn-part', raw: item };
  }
}
