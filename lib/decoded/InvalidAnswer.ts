import type { Errors } from 'io-ts';
import type { JsonPath } from '../partials/PartialJson.js';

/** The model's answer is wrong: not JSON, or not the JSON the codec asks for. Travels as a `Left`. */
export interface InvalidAnswer {
  readonly _tag: 'InvalidJson' | 'InvalidValue';
  /** The problems and their places, one line each, written for the model to read. */
  readonly message: string;
  /** For io-ts reporters. */
  readonly errors: Errors;
  /** Where the first problem is. */
  readonly path: JsonPath;
  /** The answer as far as it was read. */
  readonly text: string;
  /** Which attempt this was, counted from 1. */
  readonly attempt: number;
  /** How many attempts are still to come. */
  readonly retriesLeft: number;
}
