import { filter, map, Observable, Subject, takeUntil } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { ListSplitter, type ElementTokens } from '../tokens/ListSplitter.js';
import type { JsonTokens } from '../tokens/JsonToken.js';
import { accumulatePartial } from '../partials/accumulatePartial.js';
import { decodeWith } from '../decoded/decodeWith.js';
import type { DecodeWithConfig } from '../decoded/decodeWith.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import { ElementReader } from './ElementReader.js';

/** Providers answer with objects only, so a list is asked for as a member of one. */
export const LIST_KEY = 'items';

/** The elements are decoded on their own: for the document around them, the list is empty. */
const List = t.type({ [LIST_KEY]: t.UnknownArray });

/** An element as it closes, or as soon as it is wrong. Each element has one. */
export interface ElementRead<A> {
  readonly index: number;
  readonly either: Either<InvalidAnswer, A>;
}

/** The list itself is wrong, or has come to its end. */
export interface ListRead {
  readonly index: 'list';
  readonly either: Either<InvalidAnswer, unknown>;
}

/**
 * Reads a list element by element, and keeps no element that was read. The last value is the verdict on the list.
 *
 * A codec that throws is an error notification.
 */
export function readElements<A>(
  tokens: Observable<JsonTokens>,
  codec: t.Type<A, unknown>,
  config: DecodeWithConfig,
): Observable<ElementRead<A> | ListRead> {
  return new Observable((subscriber) => {
    const splitter = new ListSplitter(LIST_KEY);
    // Unlike the subscription, it is there already when the source emits while it is being subscribed to.
    const stop = new Subject<void>();
    subscriber.add(() => {
      stop.next();
    });

    let index = -1;
    let element: ElementReader<A> | undefined;
    const readElement = (piece: ElementTokens): void => {
      if (element === undefined || piece.index !== index) {
        index = piece.index;
        element = new ElementReader(codec, config, [LIST_KEY, index]);
      }
      const either = element.read(piece.tokens);
      if (piece.isLast) element = undefined;
      if (either !== undefined) subscriber.next({ index: piece.index, either });
    };

    const readElementsOf = (batch: JsonTokens): JsonTokens => {
      const { list, elements } = splitter.split(batch);
      for (const piece of elements) if (!subscriber.closed) readElement(piece);
      return list;
    };

    const list = tokens.pipe(
      map(readElementsOf),
      // Most deltas lie within an element. The text of the elements is not needed: after the first one, a list can be
      // wrong by its syntax only, and such errors bring their text.
      filter(({ length }) => length > 0),
    );
    verdictOf(list)
      .pipe(takeUntil(stop))
      .subscribe({
        next: (verdict) => {
          subscriber.next(verdict);
          subscriber.complete();
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
      });
  });
}

function verdictOf(list: Observable<JsonTokens>): Observable<ListRead> {
  return list.pipe(
    accumulatePartial(),
    decodeWith(List),
    filter((either) => either._tag === 'Left' || either.right._tag === 'Complete'),
    map((either) => ({ index: 'list', either })),
  );
}
