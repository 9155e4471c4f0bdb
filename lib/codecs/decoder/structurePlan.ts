import type * as t from 'io-ts';
import type { Json, JsonPath } from '../../partials/PartialJson.js';
import type { StructurePartials } from '../annotations/Annotation.js';
import { Cursor, withheld, type Plan } from './Cursor.js';
import type { Place } from './Place.js';

export interface StructurePlanConfig {
  readonly partials: StructurePartials;
  /** What the structure refuses, for its keys, is refused whatever the codec says. */
  readonly isStrict: boolean;
}

/** A codec that is only a function, with the structure of the values that it accepts. */
export function structurePlan(structure: Plan, codec: Plan, config: StructurePlanConfig): Plan {
  return {
    open: (place) => new StructureCursor(place, structure.open(place), codec.open(place), config),
    claims: () => true,
  };
}

class StructureCursor extends Cursor {
  override raw = false;

  constructor(
    place: Place,
    private readonly structure: Cursor,
    private readonly whole: Cursor,
    private readonly config: StructurePlanConfig,
  ) {
    super(place);
  }

  grow(value: Json, path: JsonPath, depth: number): boolean {
    if (!this.structure.grow(value, path, depth)) return this.fail(this.structure.errors);
    if (this.config.partials === 'show') this.view = this.structure.view;
    return true;
  }

  close(value: unknown): t.Validation<unknown> {
    // A hidden part is decoded further out: its structure says all there is to be said here.
    const isHidden = this.config.partials === 'hide';
    const result = isHidden ? this.structure.close(value) : this.whole.close(value);
    if (result._tag === 'Left') return result;
    const refusal = this.config.isStrict && !isHidden ? this.structure.close(value) : result;
    return refusal._tag === 'Left' ? refusal : this.accept(result.right, isHidden ? withheld : result.right);
  }
}
