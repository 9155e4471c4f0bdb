import type * as t from 'io-ts';

/**
 * The partials of a value with a structure: those of the structure, none until the value is complete, or none at all.
 */
export type StructurePartials = 'show' | 'withhold' | 'never';

/** Judges values on their own, before the whole that they belong to is decoded. */
export interface Judge {
  /** Complaints about a value that is still open, at this step, if no continuation can put it right. */
  judgeOpen(value: unknown, step: string | number | undefined): readonly string[];
  /** Complaints about a complete value, if any; `undefined` if it may be wrong, and must not be shown. */
  judgeWhole(value: unknown): readonly string[] | undefined;
}

/** How the partials of a codec's values are made. */
export type Annotation =
  | { readonly kind: 'closed' }
  | { readonly kind: 'complete' }
  | { readonly kind: 'judged'; readonly judge: Judge }
  | { readonly kind: 'present'; readonly key: string }
  | { readonly kind: 'state' }
  | {
      readonly kind: 'structure';
      readonly structure: t.Mixed;
      readonly partials: StructurePartials;
      /** The codecs that strip or reject keys that the schema does not know. */
      readonly excess?: { readonly strip: t.Mixed; readonly error: t.Mixed };
    };

// Registered and enumerable, so that the ESM and the CommonJS build read each other's, and so that clones keep it.
const key = Symbol.for('rx-structured/annotation');

interface Annotated {
  readonly [key]?: { readonly annotation: Annotation; readonly codec: t.Mixed };
}

/**
 * A copy of a codec that carries an annotation: the same tag, props and verdicts, so that whatever looks into a codec
 * finds in the copy what it would find in the original.
 */
export function annotate(codec: t.Mixed, annotation: Annotation): t.Mixed {
  const copy = Object.create(
    Object.getPrototypeOf(codec) as object,
    Object.getOwnPropertyDescriptors(codec),
  ) as t.Mixed;
  return Object.assign(copy, { [key]: { annotation, codec } });
}

/**
 * The annotation of a codec and the codec without it. A clone that validates otherwise than the codec that was
 * annotated has kept the property, but is not what was annotated any more.
 */
export function readAnnotation(codec: t.Mixed): { annotation: Annotation; codec: t.Mixed } | undefined {
  const annotated = (codec as Annotated)[key];
  return annotated !== undefined && annotated.codec.validate === codec.validate ? annotated : undefined;
}

/**
 * Whether a codec is a clone of one with state: `withMessage(withState(t.string), …)`. Its type says so, and therefore
 * partials have to show states, also where the clone validates in its own way.
 */
export function isCloneWithState(codec: t.Mixed): boolean {
  return (codec as Annotated)[key]?.annotation.kind === 'state';
}
