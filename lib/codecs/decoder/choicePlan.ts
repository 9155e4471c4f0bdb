import type * as t from 'io-ts';
import type { Json } from '../../partials/PartialJson.js';
import { canGrowInto } from './canGrowInto.js';
import { Cursor, type Plan } from './Cursor.js';
import type { Place } from './Place.js';

export type Choice = boolean | number | string | null;

/** One of a few values, known beforehand: literals, keys, unions of them. Withheld until whole, refused by prefix. */
export function choicePlan(codec: t.Mixed, choices: readonly Choice[]): Plan {
  return { open: (place) => new ChoiceCursor(place, codec, choices), claims: () => false };
}

/** Whether a value that is still open may become this one. */
export function canBecome(seen: Json | undefined, choice: Choice): boolean {
  // The length first: it costs nothing, while the characters of a growing string have to be put together to be seen.
  if (typeof seen === 'string' && typeof choice === 'string')
    return seen.length <= choice.length && choice.startsWith(seen);
  if (typeof seen === 'number' && typeof choice === 'number') return canGrowInto(seen, choice);
  return seen === choice;
}

class ChoiceCursor extends Cursor {
  constructor(
    place: Place,
    private readonly codec: t.Mixed,
    private choices: readonly Choice[],
  ) {
    super(place);
  }

  grow(value: Json): boolean {
    this.choices = this.choices.filter((choice) => canBecome(value, choice));
    return this.choices.length > 0 || this.fail(this.refusal(value));
  }

  close(value: unknown): t.Validation<unknown> {
    this.place.actual = value;
    const choice = this.choices.find((candidate) => candidate === value);
    return choice === undefined ? this.codec.validate(value, this.place.context()) : this.accept(choice);
  }

  /** A union has a word to say for each of its members. */
  protected override refusal(value: Json): t.Errors {
    this.place.actual = value;
    const result = this.codec.validate(value, this.place.context());
    return result._tag === 'Left' ? result.left : super.refusal(value);
  }
}
