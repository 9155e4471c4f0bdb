import type * as t from 'io-ts';
import type { StandardSchema } from '../standardSchema/StandardSchema.js';

/** The words for a model about a value, beyond its type. */
export interface Description {
  readonly title?: string;
  /** A sentence or two: what the value means, its unit, how to find it. */
  readonly description?: string;
  /** Values as the model would write them. */
  readonly examples?: readonly unknown[];
  /**
   * The JSON form of a codec that is only a function: a JSON Schema, or a codec whose documents look the same
   * (`t.string` for a codec that decodes strings).
   */
  readonly schema?: Readonly<Record<string, unknown>> | t.Decoder<unknown, unknown>;
}

/** What the library itself knows of a codec besides. */
interface Known extends Description {
  /** The schema of another library that the codec was made of: it is asked when JSON Schema is written. */
  readonly vendorSchema?: StandardSchema;
}

/** Any codec, whatever it decodes from. */
type Codec = t.Decoder<never, unknown>;

// Registered, so that the ESM and the CommonJS build read each other's descriptions; a property rather than a WeakMap,
// so that `withFallback`, `withMessage` and other clones keep what was said about the codec they were made of.
const key = Symbol.for('rx-structured/description');

interface Described {
  readonly [key]?: Known;
}

/** A copy of a codec, with what is said about it. */
export function describe<C extends Codec>(codec: C, about: Known): C {
  const copy = Object.create(Object.getPrototypeOf(codec) as object, Object.getOwnPropertyDescriptors(codec)) as C;
  return Object.assign(copy, { [key]: { ...readDescription(codec), ...about } }, rebind(codec, copy));
}

/** io-ts binds `decode` to the codec it was made for; a `decode` that was replaced stays as it is. */
function rebind(codec: Codec, copy: Codec): Partial<Codec> {
  if (!codec.decode.name.startsWith('bound ')) return {};
  return { decode: (Object.getPrototypeOf(copy) as Codec).decode.bind(copy) };
}

/** The description of a codec. */
export function readDescription(codec: Codec): Known | undefined {
  return (codec as Described)[key];
}
