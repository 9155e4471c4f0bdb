import { keepText } from '../keepObjects.js';
import type { ResponseEvent, ResponseItem } from './ResponseEvent.js';

/** An item of a response's output: a message, a call, or something that is neither. */
export interface TrackedItem {
  /** Its place in the output, different from that of any other. */
  readonly index: number;
  /** Its beginning was told. */
  isAnnounced: boolean;
  /** Some of it was told: what is whole at its end repeats it. */
  isWritten: boolean;
  /** It is whole: an event about something at its place that has another id is about another item. */
  isDone: boolean;
  /** Set for text on the way to the answer. */
  isCommentary: boolean;
  /** How the server names it: the item's id, and of a call the id that its result refers to. */
  id: string;
  callId: string;
  type: string;
}

/**
 * Knows the items of one response. They are known by their ids; where ids are missing, or change from event to event as
 * some proxies encrypt them, by their place in the output. In the last event the places may be others.
 */
export class ResponseItems {
  readonly #items: TrackedItem[] = [];
  /** The items by the place that events give them. */
  readonly #places = new Map<number, TrackedItem>();

  /** The item that begins with this event. Some servers give all of them one place. */
  begin(event: ResponseEvent, item: ResponseItem): TrackedItem {
    const place = findPlace(event);
    const here = this.#places.get(place);
    const named = this.#findNamed(keepText(item.id), keepText(item.call_id));
    // A delta may have come before.
    const known = named ?? (here?.type === '' ? here : this.#add(place));
    this.#places.set(place, known);
    return this.#learn(known, item, keepText(item.id), keepText(item.call_id));
  }

  /** The item that an event is about. */
  findItem(event: ResponseEvent, item?: ResponseItem): TrackedItem {
    const id = keepText(item?.id) || keepText(event.item_id);
    const callId = keepText(item?.call_id);
    const place = findPlace(event);
    const here = this.#places.get(place);
    const isHere = here !== undefined && (item === undefined || (!here.isDone && fits(here, item)));
    const known = this.#findNamed(id, callId) ?? (isHere ? here : this.#add(place));
    this.#places.set(place, known);
    return this.#learn(known, item, id, callId);
  }

  /** The items of the output that the last event repeats, each of ours at most once. */
  findInOutput(output: readonly ResponseItem[]): readonly TrackedItem[] {
    const named = output.map((item) => this.#findNamed(keepText(item.id), keepText(item.call_id)));
    const taken = new Set(named);
    return output.map((item, place) => {
      let known = named[place] ?? this.#findUnnamed(item, place, taken);
      known ??= this.#add(this.#places.has(place) ? undefined : place);
      taken.add(known);
      return this.#learn(known, item, keepText(item.id), keepText(item.call_id));
    });
  }

  /** The item with one of these names. */
  #findNamed(id: string, callId: string): TrackedItem | undefined {
    return this.#items.find((each) => (callId !== '' && each.callId === callId) || (id !== '' && each.id === id));
  }

  /** The item of the same type that is at this place, or else the first one that is left. */
  #findUnnamed(
    item: ResponseItem,
    place: number,
    taken: ReadonlySet<TrackedItem | undefined>,
  ): TrackedItem | undefined {
    const isFree = (each: TrackedItem): boolean => !taken.has(each) && fits(each, item);
    const here = this.#places.get(place);
    return here !== undefined && isFree(here) ? here : this.#items.find(isFree);
  }

  #add(place: number | undefined): TrackedItem {
    const highest = Math.max(-1, ...this.#items.map(({ index }) => index));
    const item: TrackedItem = {
      index: place !== undefined && this.#items.every(({ index }) => index !== place) ? place : highest + 1,
      isAnnounced: false,
      isWritten: false,
      isDone: false,
      isCommentary: false,
      id: '',
      callId: '',
      type: '',
    };
    this.#items.push(item);
    return item;
  }

  #learn(known: TrackedItem, item: ResponseItem | undefined, id: string, callId: string): TrackedItem {
    known.id ||= id;
    known.callId ||= callId;
    known.type ||= keepText(item?.type);
    const phase = keepText(item?.phase);
    if (phase !== '') known.isCommentary = phase !== 'final_answer';
    return known;
  }
}

function findPlace({ output_index: place }: ResponseEvent): number {
  return typeof place === 'number' ? place : 0;
}

/** Deltas do not say of which type their item is, and calls whose ids both sides name are other calls. */
function fits(known: TrackedItem, item: ResponseItem): boolean {
  const isSameCall = known.callId === '' || keepText(item.call_id) === '' || known.callId === item.call_id;
  return isSameCall && (known.type === '' || known.type === item.type);
}
