import { Cursor } from './Cursor.js';
import { keepSame } from './keepSame.js';

/** Shows what other cursors for the same value show, now this one, now that one. */
export abstract class RelayingCursor extends Cursor {
  private from: unknown;
  private relayed: unknown;

  /** What one has shown stays the same object when another shows just that. */
  protected relay(view: unknown, from: unknown): void {
    if (from !== this.from) this.view = keepSame(view, this.view);
    else if (view !== this.relayed) this.view = view;
    this.from = from;
    this.relayed = view;
  }
}
