import type * as t from 'io-ts';
import type { Json } from '../../partials/PartialJson.js';
import type { Literal } from '../ioTs/CodecKind.js';
import { canGrowInto } from './canGrowInto.js';
import { Cursor, wholly, reject, type Plan, type Verdict } from './Cursor.js';
import type { Place } from './Place.js';
import { createProblem, toReasons, type Rejection } from './Rejection.js';

export type Choice = Literal | null;

/**
 * One of a few values, known beforehand: literals, keys, unions of them. Withheld until whole, rejected by prefix.
 *
 * A union of literals is read as one choice and not as a union: a hundred countries would be a hundred cursors.
 */
export function planChoice(codec: t.Mixed, choices: readonly Choice[]): Plan {
  return { ...wholly, open: (place) => new ChoiceCursor(place, codec, choices), isShared: false };
}

/** Whether a value that is still open may become this one. */
export function canBecome(soFar: Json | undefined, choice: Choice): boolean {
  // The length first: it costs nothing, while the characters of a growing string have to be put together to be
  // compared.
  if (typeof soFar === 'string' && typeof choice === 'string')
    return soFar.length <= choice.length && choice.startsWith(soFar);
  if (typeof soFar === 'number' && typeof choice === 'number') return canGrowInto(soFar, choice);
  return soFar === choice;
}

class ChoiceCursor extends Cursor {
  /** The choices that the value may still become. It only shrinks. */
  #choices: readonly Choice[];
  readonly #codec: t.Mixed;

  constructor(place: Place, codec: t.Mixed, choices: readonly Choice[]) {
    super(place);
    this.#codec = codec;
    this.#choices = choices;
  }

  grow(value: Json): boolean {
    // A choice that the value cannot become any more never comes back, so each snapshot looks at fewer.
    this.#choices = this.#choices.filter((choice) => canBecome(value, choice));
    return this.#choices.length > 0 || this.fail(this.#explain(value));
  }

  close(value: unknown): Verdict {
    // It was withheld before: half a literal does not have the type.
    if (this.#choices.some((choice) => choice === value)) return this.accept(value);
    return reject(this.#explain(value));
  }

  /** io-ts says of a union of literals what each of them has against the value. */
  #explain(value: unknown): Rejection {
    const context = [{ key: '', type: this.#codec, actual: value }];
    const result = this.#codec.validate(value, context);
    return result._tag === 'Left' ? toReasons(result.left, context) : createProblem(value);
  }
}
