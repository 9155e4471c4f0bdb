import { Cursor } from './Cursor.js';
import { keepSame } from './keepSame.js';

/** Shows what other cursors for the same value show, now this one, now that one. */
export abstract class RelayingCursor extends Cursor {
  private from: unknown;
  private relayed: unknown;

  /** What one has shown stays the same object when another shows just that. */
  protected relay(view: unknown, from: unknown): void {
    const isNew = view !== this.relayed;
    if (from !== this.from) this.view = isObject(view) ? keepSame(view, this.view) : view;
    else if (isNew) this.view = view;
    this.from = from;
    this.relayed = view;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
