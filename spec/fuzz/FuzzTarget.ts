import type * as fc from 'fast-check';

/** A part of the library that is given random inputs, as long as there is time. */
export interface FuzzTarget {
  readonly name: string;
  /** Holds for every input. */
  readonly property: fc.IRawProperty<unknown>;
}
