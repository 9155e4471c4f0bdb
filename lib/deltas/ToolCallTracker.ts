import type { ToolDeltaEvent } from '../completions/CompletionEvent.js';

/** One call of an answer, the same object for every delta of it. `id` and `name` are filled in as they come. */
export interface TrackedCall {
  readonly index: number;
  id?: string;
  name?: string;
}

/** At an index, a delta belongs to the call it names, and one that names none to the call written there last. */
function belongsTo(call: TrackedCall, { id, name }: ToolDeltaEvent): boolean {
  if (id !== undefined && call.id !== undefined) return id === call.id;
  return name === undefined || call.name === undefined || name === call.name;
}

/**
 * Tells the calls of one answer apart, by index and id: some servers write every call at index 0, some repeat id and
 * name with every delta, and some send an index alone.
 *
 * @returns A function from a delta to its call.
 */
export class ToolCallTracker {
  /** The calls at an index, the one written last first. */
  readonly #calls = new Map<number, TrackedCall[]>();

  /** The call that a delta belongs to, a new one where it belongs to none of those before. */
  callOf(delta: ToolDeltaEvent): TrackedCall {
    const here = this.#calls.get(delta.index) ?? [];
    const call = here.find((each) => belongsTo(each, delta)) ?? { index: delta.index };
    if (delta.id !== undefined) call.id = delta.id;
    if (delta.name !== undefined) call.name = delta.name;
    if (here[0] !== call) this.#calls.set(delta.index, [call, ...here.filter((each) => each !== call)]);
    return call;
  }
}
