import type { ToolDeltaEvent } from '../completions/CompletionEvent.js';
import { ArgumentsEnd } from './ArgumentsEnd.js';

/** One call of an answer, the same object for every delta of it. `id` and `name` are filled in as they come. */
export interface TrackedCall {
  readonly index: number;
  id?: string;
  name?: string;
}

/** A call, and how far its arguments are. */
interface Tracked extends TrackedCall {
  readonly end: ArgumentsEnd;
  /** Its name came once more after its arguments had closed: the next arguments are those of another call. */
  namedAgain?: Pick<ToolDeltaEvent, 'id' | 'name'>;
}

const isBlank = (text: string): boolean => text.trim() === '';

/**
 * Tells the calls of one answer apart.
 *
 * A delta is of the call that has its id; without an id, of the call at its index. Another call begins with a new id,
 * with another name, and with a name after arguments that have closed; a new id without a name, where arguments have not
 * closed, is one more of the same call. So servers are read right that write every call at index 0, that repeat id and name
 * with every delta, that make up an id for every delta, that give ids and no index, or names alone.
 *
 * At an index where no call has begun, a delta without id and name goes on with the call that is open: some servers
 * count the deltas.
 */
export class ToolCallTracker {
  /** The calls at an index, the one written last first. */
  readonly #calls = new Map<number, readonly Tracked[]>();
  /** The call that was written last. */
  #last: Tracked | undefined;

  /** The call that this delta belongs to; to be asked once for each delta, in order. */
  findCall(delta: ToolDeltaEvent): TrackedCall {
    const here = this.#calls.get(delta.index) ?? [];
    const call = this.#findKnown(delta, here) ?? this.#create(delta, here);
    if (delta.id !== undefined) call.id ??= delta.id;
    if (delta.name !== undefined) call.name = delta.name;
    call.end.write(delta.text);
    if (here[0] !== call) this.#calls.set(delta.index, [call, ...here.filter((each) => each !== call)]);
    this.#last = call;
    return call;
  }

  #create({ index }: ToolDeltaEvent, here: readonly Tracked[]): Tracked {
    const { id, name } = here[0]?.namedAgain ?? {};
    return { index, end: new ArgumentsEnd(), ...(id !== undefined && { id }), ...(name !== undefined && { name }) };
  }

  #findKnown(delta: ToolDeltaEvent, here: readonly Tracked[]): Tracked | undefined {
    if (delta.id !== undefined) return this.#findById(delta, here);
    return delta.name === undefined ? this.#findAt(delta, here) : this.#findByName(delta, here);
  }

  #findById(delta: ToolDeltaEvent, here: readonly Tracked[]): Tracked | undefined {
    const isSame = ({ id, name }: Tracked): boolean => id === delta.id && isAgreeing(name, delta.name);
    const same = here.find(isSame) ?? [...this.#calls.values()].flat().find(isSame);
    if (same !== undefined) return goesOn(same, delta);
    const [last] = here;
    if (last === undefined || beginsAnother(last, delta)) return undefined;
    // The id may come after the first arguments.
    if (last.id === undefined) return isAgreeing(last.name, delta.name) ? last : undefined;
    return delta.name === undefined && last.end.state !== 'closed' ? last : undefined;
  }

  #findByName(delta: ToolDeltaEvent, here: readonly Tracked[]): Tracked | undefined {
    const same = here.find(({ name }) => isAgreeing(name, delta.name));
    return same && goesOn(same, delta);
  }

  #findAt(delta: ToolDeltaEvent, here: readonly Tracked[]): Tracked | undefined {
    const [call] = here;
    if (call !== undefined) return call.namedAgain && !isBlank(delta.text) ? undefined : call;
    const last = this.#last;
    if (last === undefined) return undefined;
    const isHead = last.id !== undefined || last.name !== undefined;
    return isBlank(delta.text) || (isHead && last.end.state !== 'closed') ? last : undefined;
  }
}

function isAgreeing(known: string | undefined, told: string | undefined): boolean {
  return known === undefined || told === undefined || known === told;
}

/** The call itself, unless the delta begins another one of its name. */
function goesOn(call: Tracked, delta: ToolDeltaEvent): Tracked | undefined {
  if (beginsAnother(call, delta)) return undefined;
  const { id, name } = delta;
  if (call.end.state === 'closed' && call.name !== undefined && name !== undefined)
    call.namedAgain = { ...(id !== undefined && { id }), name };
  return call;
}

/** A name after a closed document, with arguments of its own. */
function beginsAnother({ end }: Tracked, { name, text }: ToolDeltaEvent): boolean {
  return name !== undefined && end.state === 'closed' && !isBlank(text);
}
