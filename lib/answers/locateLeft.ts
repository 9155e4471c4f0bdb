import { from, tap, type Observable } from 'rxjs';
import type { AnyAnswer } from '../decoded/Decoded.js';

/** How many characters at the end of a text are read one by one. The Left came with the last delta, which is short. */
const TAIL = 4000;

/**
 * Finds the very character at which an answer became wrong: reads its text once more, character by character at the end.
 * Only done where the answer is looked at by people.
 *
 * @param left A Left with the text as far as it was read; others have no place.
 * @param read What reads an answer's text.
 * @returns The character's offset; `undefined` where the text was only wrong as a whole.
 */
export function locateLeft(
  left: unknown,
  read: (deltas: Observable<string>) => Observable<AnyAnswer>,
): number | undefined {
  const { text } = left as { readonly text?: unknown };
  if (typeof text !== 'string') return undefined;
  const head = text.slice(0, Math.max(0, text.length - TAIL));
  let fed = 0;
  let isWhole = false;
  let offset: number | undefined;
  const pieces = [...(head === '' ? [] : [head]), ...text.slice(head.length).split('')];
  read(
    from(pieces).pipe(
      tap({
        next: (piece) => {
          fed += piece.length;
        },
        complete: () => {
          isWhole = true;
        },
      }),
    ),
  ).subscribe({
    next: ({ _tag }) => {
      if (_tag === 'Left' && !isWhole) offset ??= fed - 1;
    },
    // The text is only read for its verdict.
    error: () => undefined,
  });
  return offset;
}
