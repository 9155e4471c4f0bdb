import { findPart, type Part } from './findPart.js';
import type { PartialJson } from './PartialJson.js';

/** The change of one element between two snapshots of an array. */
export interface ElementChange {
  readonly partial: PartialJson;
  /** It did not show before. */
  readonly isNew: boolean;
}

/** Tells, snapshot by snapshot, which elements of an array have changed. */
export class ArrayElements {
  #started = 0;
  /** The element that started last, while it is open. */
  #open: Part = 'awaited';

  /** The changes since the snapshot before, in the order of the elements. */
  read(array: PartialJson, length: number): ElementChange[] {
    const changes: ElementChange[] = [];
    if (this.#open !== 'awaited') this.#add(changes, array, this.#started - 1, false);
    while (this.#started < length) this.#add(changes, array, this.#started++, true);
    return changes;
  }

  #add(changes: ElementChange[], array: PartialJson, index: number, isNew: boolean): void {
    const partial = findPart(array, [index], this.#open);
    if (typeof partial === 'string' || partial === this.#open) return;
    changes.push({ partial, isNew });
    this.#open = partial.complete ? 'awaited' : partial;
  }
}
