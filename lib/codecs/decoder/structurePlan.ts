import type * as t from 'io-ts';
import type { Json, JsonPath } from '../../partials/PartialJson.js';
import type { StructurePartials } from '../annotations/Annotation.js';
import { Cursor, withheld, type Plan } from './Cursor.js';
import type { Place } from './Place.js';

/** A codec that is only a function, with the structure of the values that it accepts. */
export function structurePlan(structure: Plan, codec: Plan, partials: StructurePartials): Plan {
  return {
    open: (place) => new StructureCursor(place, structure.open(place), codec.open(place), partials),
    claims: () => true,
  };
}

class StructureCursor extends Cursor {
  override raw = false;

  constructor(
    place: Place,
    private readonly structure: Cursor,
    private readonly whole: Cursor,
    private readonly partials: StructurePartials,
  ) {
    super(place);
  }

  grow(value: Json, path: JsonPath, depth: number): boolean {
    if (!this.structure.grow(value, path, depth)) return this.fail(this.structure.errors);
    if (this.partials === 'show') this.view = this.structure.view;
    return true;
  }

  close(value: unknown): t.Validation<unknown> {
    // What is hidden is decoded further out; all there is to be said of it here the structure says.
    const isHidden = this.partials === 'hide';
    const result = isHidden ? this.structure.close(value) : this.whole.close(value);
    return result._tag === 'Left' ? result : this.accept(result.right, isHidden ? withheld : result.right);
  }
}
