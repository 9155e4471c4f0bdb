import type { Observer } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import type * as t from 'io-ts';
import { Decoder } from '../codecs/decoder/Decoder.js';
import { isBranded } from '../foundation/StructuredError.js';
import type { GrowingText } from '../foundation/GrowingText.js';
import type { JsonPath, PartialJson } from '../partials/PartialJson.js';
import { textOf } from '../partials/textOf.js';
import { JsonSyntaxError } from '../tokens/JsonSyntaxError.js';
import type { Decoded } from './Decoded.js';
import type { DecodeWithConfig } from './decodeWith.js';
import type { InvalidAnswer } from './InvalidAnswer.js';
import { createInvalidJson, isJsonError } from './createInvalidJson.js';
import { createInvalidValue } from './createInvalidValue.js';
import { withWords } from './recallWords.js';

/** Reads what a document is so far, and tells `target` what a codec makes of it. After the verdict it reads no more. */
export class PartialReader<A> implements Observer<PartialJson> {
  readonly #target: Observer<Either<InvalidAnswer, Decoded<A>>>;
  readonly #codec: t.Type<A, unknown>;
  readonly #pathPrefix: JsonPath;
  readonly #decoder: Decoder<A>;
  /** The text of the document, where it is kept elsewhere; otherwise the snapshots have it. */
  readonly #text: GrowingText | undefined;
  /** The last snapshot, where the text is there: it is quoted where the document breaks off. */
  #last: PartialJson | undefined;
  /** The verdict or an error has been told. Set before it is, since `target` may make the source go on. */
  #isOver = false;
  /** The source has completed while a schema has not answered yet. */
  #isComplete = false;

  constructor(
    target: Observer<Either<InvalidAnswer, Decoded<A>>>,
    codec: t.Type<A, unknown>,
    config: DecodeWithConfig,
    text?: GrowingText,
  ) {
    const { failFast = true, excess = 'allow', pathPrefix = [] } = config;
    this.#target = target;
    this.#codec = codec;
    this.#pathPrefix = pathPrefix;
    this.#text = text;
    this.#decoder = new Decoder(codec, { failFast, excess });
  }

  next(snapshot: PartialJson): void {
    const decoder = this.#decoder;
    if (this.#isOver || decoder.waiting !== undefined) return;
    if (this.#text === undefined) this.#last = snapshot;
    const before = decoder.partial;
    try {
      decoder.write(snapshot);
    } catch (error) {
      this.#fail(error);
      return;
    }
    const { waiting } = this.#decoder;
    if (waiting !== undefined) this.#wait(waiting, snapshot);
    if (decoder.rejection !== undefined) this.#settle(snapshot);
    else if (decoder.partial !== undefined && decoder.partial !== before)
      this.#target.next({ _tag: 'Right', right: decoder.partial });
  }

  error(error: unknown): void {
    if (this.#isOver) return;
    if (isJsonError(error)) this.#end({ _tag: 'Left', left: createInvalidJson(error, this.#codec, this.#pathPrefix) });
    // Some providers never say that they have finished; that the document is closed is as good.
    else if (this.#isClosed && isEnding(error)) this.complete();
    else this.#fail(error);
  }

  complete(): void {
    if (this.#isOver) return;
    const { result, waiting } = this.#decoder;
    this.#isComplete = true;
    if (result === undefined && waiting !== undefined) return;
    this.#end(
      result === undefined
        ? { _tag: 'Left', left: createInvalidJson(this.#createEndError(), this.#codec, this.#pathPrefix) }
        : { _tag: 'Right', right: withWords({ _tag: 'Complete', value: result.value }, this.#words) },
    );
  }

  /** The text so far. */
  get #words(): string {
    if (this.#text !== undefined) return this.#text.toString();
    return this.#last === undefined ? '' : textOf(this.#last);
  }

  /** The document has closed. */
  get #isClosed(): boolean {
    return this.#decoder.result !== undefined || this.#decoder.waiting !== undefined;
  }

  /** A schema has not answered yet. */
  #wait(answers: Promise<void>, snapshot: PartialJson): void {
    const words = this.#words;
    answers.then(
      () => {
        this.#settle(snapshot, words);
      },
      (error: unknown) => {
        this.#fail(error);
      },
    );
  }

  /** There is a verdict. The whole value is told when the source has completed. */
  #settle(snapshot: PartialJson, words = this.#words): void {
    const { rejection } = this.#decoder;
    if (this.#isOver) return;
    if (rejection !== undefined)
      this.#end({ _tag: 'Left', left: createInvalidValue(rejection, snapshot, words, this.#pathPrefix) });
    else if (this.#isComplete) this.complete();
  }

  #end(verdict: Either<InvalidAnswer, Decoded<A>>): void {
    this.#isOver = true;
    this.#target.next(verdict);
    this.#target.complete();
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#target.error(error);
  }

  /** The source has ended, and the document has not. */
  #createEndError(): JsonSyntaxError {
    const text = this.#words;
    const problem = 'expected the rest of the document, got the end of the text';
    return new JsonSyntaxError('unexpected-end', text.length, this.#last?.path ?? [], text, problem);
  }
}

/** Errors that only say how the completion ended. Their classes stay out of pages that decode and ask nothing. */
const ENDINGS = [
  'rx-structured/IncompleteCompletionError',
  'rx-structured/ToolCallsError',
  'rx-structured/IdleTimeoutError',
];

/** Whether an error only says how the completion ended, and not that the request failed. */
function isEnding(error: unknown): boolean {
  return isBranded(error, ...ENDINGS);
}
