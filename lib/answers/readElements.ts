import {
  catchError,
  connect,
  filter,
  groupBy,
  map,
  merge,
  mergeMap,
  NEVER,
  Observable,
  Subject,
  takeUntil,
  takeWhile,
} from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { ListSplitter } from '../tokens/ListSplitter.js';
import type { SplitTokens } from '../tokens/ListSplitter.js';
import type { JsonTokens } from '../tokens/JsonToken.js';
import { accumulatePartial } from '../partials/accumulatePartial.js';
import { decodeWith } from '../decoded/decodeWith.js';
import type { DecodeWithConfig } from '../decoded/decodeWith.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';

/** Providers answer with objects only, so a list is asked for as a member of one. */
export const LIST_KEY = 'items';

/** The elements are decoded on their own: for the document around them, the list is empty. */
const List = t.type({ [LIST_KEY]: t.UnknownArray });

/** An element as it closes, or as soon as it is wrong. */
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
 * Reads a list element by element; of those that were read, nothing is kept. The last value is the verdict on the list.
 */
export function readElements<A>(
  tokens: Observable<JsonTokens>,
  codec: t.Type<A, unknown>,
  config: DecodeWithConfig,
): Observable<ElementRead<A> | ListRead> {
  return new Observable((subscriber) => {
    const splitter = new ListSplitter(LIST_KEY);
    const stop = new Subject<void>();
    // `connect` has nothing to unsubscribe from as long as a synchronous source has not returned.
    subscriber.add(() => {
      stop.next();
    });
    tokens
      .pipe(
        map((batch) => splitter.split(batch)),
        takeUntil(stop),
      )
      .pipe(
        connect((split) => merge(elementsOf(split, codec, config), verdictOf(split))),
        takeWhile(({ index }) => index !== 'list', true),
      )
      .subscribe(subscriber);
  });
}

function elementsOf<A>(
  split: Observable<SplitTokens>,
  codec: t.Type<A, unknown>,
  config: DecodeWithConfig,
): Observable<ElementRead<A>> {
  return split.pipe(
    // How the list ends is for the verdict to say.
    catchError(() => NEVER),
    mergeMap(({ elements }) => elements),
    groupBy(({ index }) => index, { duration: (group) => group.pipe(filter(({ isLast }) => isLast)) }),
    mergeMap((element) =>
      element.pipe(
        map((piece) => piece.tokens),
        accumulatePartial(),
        decodeWith(codec, { ...config, pathPrefix: [LIST_KEY, element.key] }),
        map((either) => {
          if (either._tag === 'Left') return { index: element.key, either };
          const { right: decoded } = either;
          return decoded._tag === 'Partial'
            ? undefined
            : { index: element.key, either: { ...either, right: decoded.value } };
        }),
        filter((read) => read !== undefined),
      ),
    ),
  );
}

function verdictOf(split: Observable<SplitTokens>): Observable<ListRead> {
  return split.pipe(
    map(({ list }) => list),
    accumulatePartial(),
    decodeWith(List),
    filter((either) => either._tag === 'Left' || either.right._tag === 'Complete'),
    map((either) => ({ index: 'list', either })),
  );
}
