import { Observable, type Observer, type Subscription } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { ListSplitter, type ElementTokens } from '../tokens/ListSplitter.js';
import { DeltaReader } from '../tokens/DeltaReader.js';
import type { JsonTokens } from '../tokens/JsonToken.js';
import type { ToJsonTokensConfig } from '../tokens/toJsonTokens.js';
import { TokenReader } from '../partials/TokenReader.js';
import type { DecodeWithConfig } from '../decoded/decodeWith.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import { PartialReader } from '../decoded/PartialReader.js';
import type { GrowingText } from '../foundation/GrowingText.js';
import { subscribeFor } from '../foundation/subscribeFor.js';
import { ElementReader } from './ElementReader.js';
import { InOrder } from './InOrder.js';

/** Providers answer with objects only, so a list is asked for as a member of one. */
export const LIST_KEY = 'items';

/** The elements are decoded on their own: for the document around them, the list is empty. */
const List = t.type({ [LIST_KEY]: t.UnknownArray });

/** An element as it closes, or as soon as it is wrong. Each element has one. */
export interface ElementRead<A> {
  readonly index: number;
  readonly either: Either<InvalidAnswer, A>;
  /** The reader of the element, which still has the model's text of it. */
  readonly reader: { readonly words: string };
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
 *
 * @param text The text, where it is kept elsewhere: it has each delta before the delta comes.
 */
export function readElements<A>(
  deltas: Observable<string>,
  codec: t.Type<A, unknown>,
  config: ToJsonTokensConfig & DecodeWithConfig,
  text?: GrowingText,
): Observable<ElementRead<A> | ListRead> {
  return new Observable((subscriber) => {
    const tokens = new ListReader(subscriber, codec, config, subscriber);
    subscribeFor(subscriber, deltas, new DeltaReader(tokens, config, text));
  });
}

/** Reads the tokens of a list, and tells `target` the verdict on each element. */
class ListReader<A> implements Observer<JsonTokens> {
  readonly #target: InOrder<ElementRead<A> | ListRead>;
  readonly #codec: t.Type<A, unknown>;
  readonly #config: DecodeWithConfig;
  readonly #owner: Subscription;
  readonly #splitter = new ListSplitter(LIST_KEY);
  /** Reads the document around the elements. */
  readonly #list: Observer<JsonTokens>;
  /** The element that is open, and which one it is. */
  #element: ElementReader<A> | undefined;
  #index = -1;

  /** @param owner The subscriber, which may unsubscribe while an element is delivered. */
  constructor(
    target: Observer<ElementRead<A> | ListRead>,
    codec: t.Type<A, unknown>,
    config: DecodeWithConfig,
    owner: Subscription,
  ) {
    this.#target = new InOrder(target, owner);
    this.#codec = codec;
    this.#config = config;
    this.#owner = owner;
    const verdict = new PartialReader(
      {
        next: (either) => {
          if (either._tag === 'Left' || either.right._tag === 'Complete') this.#target.next({ index: 'list', either });
        },
        error: (error) => {
          this.#target.error(error);
        },
        complete: () => {
          this.#target.complete();
        },
      },
      List,
      {},
    );
    this.#list = new TokenReader(verdict, {}, owner);
  }

  next(batch: JsonTokens): void {
    const { list, elements } = this.#splitter.split(batch);
    try {
      for (const piece of elements) if (!this.#owner.closed) this.#readElement(piece);
    } catch (error) {
      this.#target.error(error);
      return;
    }
    // The text of the elements is not needed: after the first one, a list can be wrong by its syntax only, and errors
    // of syntax bring their text.
    if (list.length > 0 && !this.#owner.closed) this.#list.next(list);
  }

  error(error: unknown): void {
    this.#list.error(error);
  }

  complete(): void {
    this.#list.complete();
  }

  #readElement({ index, tokens, isLast }: ElementTokens): void {
    if (this.#element === undefined || index !== this.#index) {
      this.#index = index;
      this.#element = new ElementReader(this.#codec, this.#config, [LIST_KEY, index]);
    }
    const reader = this.#element;
    const either = reader.read(tokens);
    if (isLast) this.#element = undefined;
    if (either instanceof Promise) this.#target.nextLater(either.then((known) => ({ index, either: known, reader })));
    else if (either !== undefined) this.#target.next({ index, either, reader });
  }
}
