import type { TurnPartEvent } from '../../completions/CompletionEvent.js';
import type { ChatChunk } from './ChatChunk.js';
import type { ChatTurnPart } from './toChatTurns.js';

/** Fields of a delta that some servers want back with the results of the calls. */
const TEXTS = ['reasoning_content', 'reasoning'] as const;

/**
 * Keeps what one turn of the chat completions API has besides text and calls: the thoughts of DeepSeek and OpenRouter,
 * the thought signatures that Gemini writes beside a call. OpenAI itself sends none of it. One for each request.
 *
 * Sources: "Tool calls" in DeepSeek's guide to thinking mode; "Preserving reasoning" in OpenRouter's guide; "Thought
 * signatures" in Gemini's guide to its OpenAI compatibility.
 */
export class ChatTurn {
  #message: Record<string, unknown> = {};
  #calls: Record<string, Readonly<Record<string, unknown>>> = {};
  #isTold = false;

  /** Everything there is, once the turn has ended. */
  *read({ choices }: ChatChunk): Iterable<TurnPartEvent> {
    if (!Array.isArray(choices)) return;
    for (const choice of choices as NonNullable<ChatChunk['choices']>) {
      this.#keep({ ...(choice.delta ?? choice.message) });
      if (choice.finish_reason) yield* this.#tell();
    }
  }

  #keep(delta: Record<string, unknown>): void {
    for (const key of TEXTS) {
      const more = delta[key];
      const before = this.#message[key];
      if (typeof more === 'string') this.#message[key] = (typeof before === 'string' ? before : '') + more;
    }
    const details = delta['reasoning_details'];
    if (Array.isArray(details)) {
      const before = this.#message['reasoning_details'];
      this.#message['reasoning_details'] = [
        ...(Array.isArray(before) ? (before as unknown[]) : []),
        ...(details as unknown[]),
      ];
    }
    const calls = delta['tool_calls'];
    if (!Array.isArray(calls)) return;
    for (const call of calls as readonly ({ id?: unknown; extra_content?: unknown } | null)[])
      if (typeof call?.id === 'string' && call.extra_content !== undefined)
        this.#calls[call.id] = { extra_content: call.extra_content };
  }

  *#tell(): Iterable<TurnPartEvent> {
    if (this.#isTold) return;
    this.#isTold = true;
    const message = this.#message;
    const calls = this.#calls;
    if (Object.keys(message).length === 0 && Object.keys(calls).length === 0) return;
    const raw: ChatTurnPart = { message, calls };
    yield { type: 'turn-part', raw };
  }
}
