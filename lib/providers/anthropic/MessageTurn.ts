import type { TurnPartEvent } from '../../completions/CompletionEvent.js';
import { parseObject } from '../../completions/failedTurns.js';
import type { MessageEvent } from './MessageEvent.js';

type Block = Record<string, unknown> & { readonly type: string };

/** An open block, and the JSON text of its input. */
interface OpenBlock {
  block: Block;
  json: string;
}

/**
 * Puts the blocks of one message together as the API wants them sent back: thoughts with their signatures, and calls of
 * tools that the provider runs with their results. One for each request.
 *
 * Source: "Preserving thinking blocks" in Anthropic's guide to extended thinking.
 */
export class MessageTurn {
  readonly #open = new Map<number, OpenBlock>();

  /** The block that an event has closed. */
  *read({ type, index, content_block: block, delta }: MessageEvent): Iterable<TurnPartEvent> {
    const at = index ?? 0;
    if (type === 'message_start') this.#open.clear();
    else if (type === 'content_block_start' && typeof block?.type === 'string')
      this.#open.set(at, { block: { ...block, type: block.type }, json: '' });
    else if (type === 'content_block_delta' && delta) this.#write(at, { ...delta });
    else if (type === 'content_block_stop') yield* this.#close(at);
  }

  #write(at: number, delta: Record<string, unknown>): void {
    const open = this.#open.get(at);
    if (open === undefined) return;
    if (typeof delta['partial_json'] === 'string') open.json += delta['partial_json'];
    for (const key of ['text', 'thinking', 'signature']) {
      const more = delta[key];
      if (typeof more !== 'string') continue;
      const before = open.block[key];
      open.block = { ...open.block, [key]: (typeof before === 'string' ? before : '') + more };
    }
    if (typeof delta['citation'] === 'object' && delta['citation'] !== null) {
      const before = open.block['citations'];
      open.block = {
        ...open.block,
        citations: [...(Array.isArray(before) ? (before as unknown[]) : []), delta['citation']],
      };
    }
  }

  *#close(at: number): Iterable<TurnPartEvent> {
    const open = this.#open.get(at);
    this.#open.delete(at);
    if (open === undefined) return;
    const { block, json } = open;
    // The API takes no empty text, and thoughts only with their signature.
    if (block.type === 'text' && (block['text'] ?? '') === '') return;
    if (block.type === 'thinking' && typeof block['signature'] !== 'string') return;
    yield { type: 'turn-part', raw: json === '' ? block : { ...block, input: parseObject(json) ?? {} } };
  }
}
