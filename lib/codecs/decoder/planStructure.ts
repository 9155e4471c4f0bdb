import type { Json, JsonPath } from '../../partials/PartialJson.js';
import type { StructurePartials } from '../annotations/Annotation.js';
import { Cursor, wholly, withheld, type Plan, type Verdict } from './Cursor.js';
import type { Place } from './Place.js';

export interface StructurePlanConfig {
  readonly partials: StructurePartials;
  /** A rejection by the structure, because of keys, holds whatever the codec says. */
  readonly isStrict: boolean;
}

/**
 * A codec that is only a function, with the structure of the values that it accepts: zod's schemas, for example.
 *
 * The structure may reject early and says what partials show; the verdict is the codec's.
 */
export function planStructure(structure: Plan, codec: Plan, config: StructurePlanConfig): Plan {
  return {
    ...wholly,
    open: (place) => new StructureCursor(place, structure.open(place), codec.open(place), config),
    claims: () => true,
    parts: structure.parts,
  };
}

class StructureCursor extends Cursor {
  /** The codec may make anything of the value, whatever its structure shows. */
  override isWire = false;
  readonly #structure: Cursor;
  readonly #whole: Cursor;
  readonly #config: StructurePlanConfig;

  constructor(place: Place, structure: Cursor, whole: Cursor, config: StructurePlanConfig) {
    super(place);
    this.#structure = structure;
    this.#whole = whole;
    this.#config = config;
  }

  grow(value: Json, path: JsonPath, depth: number): boolean {
    if (!this.#structure.grow(value, path, depth)) return this.fail(this.#structure.rejection);
    // The codec itself is not shown open values: it validates whole ones.
    if (this.#config.partials === 'show') this.shown = this.#structure.shown;
    return true;
  }

  close(value: unknown): Verdict {
    // Such a part is decoded by an outer codec: here its structure decides everything.
    const isForOuter = this.#config.partials === 'never';
    const verdict = isForOuter ? this.#structure.close(value) : this.#whole.close(value);
    if (verdict._tag === 'Left') return verdict;
    // The codec has not answered yet, and its structure is all there is to show.
    if (!isForOuter && this.#whole.shown === withheld) return this.#closeStructure(value);
    // The structure knows which keys are extra, and the codec may not mind them.
    const strict = this.#config.isStrict && !isForOuter ? this.#structure.close(value) : verdict;
    return strict._tag === 'Left' ? strict : this.accept(verdict.right, isForOuter ? withheld : verdict.right);
  }

  #closeStructure(value: unknown): Verdict {
    const verdict = this.#structure.close(value);
    const isShown = this.#config.partials === 'show';
    return verdict._tag === 'Left' ? verdict : this.accept(value, isShown ? this.#structure.shown : withheld);
  }
}
