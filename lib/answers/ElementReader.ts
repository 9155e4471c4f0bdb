import type { Either } from 'fp-ts/lib/Either.js';
import type * as t from 'io-ts';
import { Decoder } from '../codecs/decoder/Decoder.js';
import type { DecodeWithConfig } from '../decoded/decodeWith.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import { createInvalidValue } from '../decoded/createInvalidValue.js';
import { GrowingText } from '../foundation/GrowingText.js';
import { PartialDocument } from '../partials/PartialDocument.js';
import type { JsonPath, PartialJson } from '../partials/PartialJson.js';
import type { JsonTokens } from '../tokens/JsonToken.js';

/**
 * Reads one element of a list from its tokens.
 *
 * A document and a decoder, without the operators around them: a list has thousands of elements, and subscribing to
 * three operators for each costs more than reading it.
 */
export class ElementReader<A> {
  readonly #text = new GrowingText();
  readonly #document = new PartialDocument('growing', 'growing', this.#text);
  readonly #decoder: Decoder<A>;
  readonly #path: JsonPath;
  #isOver = false;

  /** @param path Where in the answer the element stands. */
  constructor(codec: t.Type<A, unknown>, { failFast = true, excess = 'allow' }: DecodeWithConfig, path: JsonPath) {
    this.#decoder = new Decoder(codec, { failFast, excess });
    this.#path = path;
  }

  /** The model's own words for the element, as far as they were read. */
  get words(): string {
    return this.#text.toString();
  }

  /**
   * The verdict, once: when the element has closed, or as soon as nothing could make it right. A promise of it where a
   * schema validates asynchronously.
   *
   * @throws What a codec throws.
   */
  read(tokens: JsonTokens): Either<InvalidAnswer, A> | Promise<Either<InvalidAnswer, A>> | undefined {
    if (this.#isOver) return undefined;
    this.#text.append(tokens.text);
    this.#document.add(tokens);
    const snapshot = this.#document.takeSnapshot();
    if (snapshot === undefined) return undefined;
    this.#decoder.write(snapshot);
    const { waiting } = this.#decoder;
    this.#isOver = waiting !== undefined || this.#decoder.rejection !== undefined || this.#decoder.result !== undefined;
    if (waiting === undefined) return this.#judge(snapshot);
    return waiting.then(() => {
      const verdict = this.#judge(snapshot);
      if (verdict === undefined) throw new Error('there is no verdict, though everything has been read');
      return verdict;
    });
  }

  #judge(snapshot: PartialJson): Either<InvalidAnswer, A> | undefined {
    const { rejection, result } = this.#decoder;
    if (rejection !== undefined)
      return { _tag: 'Left', left: createInvalidValue(rejection, snapshot, this.words, this.#path) };
    return result === undefined ? undefined : { _tag: 'Right', right: result.value };
  }
}
