import type { ToolDeltaEvent } from '../../completions/CompletionEvent.js';
import { ArgumentsEnd } from '../../deltas/ArgumentsEnd.js';
import { keepText } from '../keepObjects.js';
import type { ChatToolCall } from './ChatChunk.js';

/** Gives every call of a completion an index, also where the server leaves it out. */
export class ChatCalls {
  readonly #indexes = new Map<string, number>();
  /** The index that was written last, and the highest. */
  #last = -1;
  #highest = -1;
  /** The name of the call that was written last without an index. */
  #name = '';
  #end = new ArgumentsEnd();

  toEvent(call: ChatToolCall): ToolDeltaEvent {
    const fields = call.function ?? call.custom ?? {};
    const id = keepText(call.id);
    const name = keepText(fields.name);
    const text = readArguments(fields.arguments ?? fields.input);
    const index = typeof call.index === 'number' ? call.index : this.#place(id, name, text);
    this.#last = index;
    this.#highest = Math.max(this.#highest, index);
    if (id !== '') this.#indexes.set(id, index);
    return { type: 'tool-delta', index, ...(id !== '' && { id }), ...(name !== '' && { name }), text };
  }

  /** The place of a call without an index. */
  #place(id: string, name: string, text: string): number {
    const isNew = this.#isNew(id, name);
    const index = isNew ? this.#highest + 1 : (this.#indexes.get(id) ?? this.#last);
    if (isNew || index !== this.#last) this.#end = new ArgumentsEnd();
    if (isNew || name !== '') this.#name = name;
    this.#end.write(text);
    return index;
  }

  #isNew(id: string, name: string): boolean {
    if (id !== '') return !this.#indexes.has(id);
    if (this.#last === -1) return true;
    // A name begins a call, unless the server repeats it while the arguments go on.
    return name !== '' && !(name === this.#name && this.#end.state === 'open');
  }
}

function readArguments(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
