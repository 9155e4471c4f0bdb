import { concat, defer, EMPTY, filter, map, of } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import type { CompletionModel } from '../completions/CompletionModel.js';
import { toJsonTokens } from '../tokens/toJsonTokens.js';
import type { ToJsonTokensConfig } from '../tokens/toJsonTokens.js';
import { answerSchema } from './answerSchema.js';
import { toCodec, type CodecLike } from '../codecs/standardSchema/toCodec.js';
import type { DecodeWithConfig } from '../decoded/decodeWith.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import { retryOnValidationError } from '../retry/retryOnValidationError.js';
import { conversation } from './conversation.js';
import type { ConversationConfig } from './conversation.js';
import { LIST_KEY, readElements } from './readElements.js';
import type { ElementRead, ListRead } from './readElements.js';

/** What a model is asked, and how its list is read. */
export interface StructuredElementsConfig<A, M> extends ConversationConfig<M>, ToJsonTokensConfig, DecodeWithConfig {
  /** What each element must be. The list around them is the library's business. */
  readonly codec: CodecLike<A>;
}

/** An element is wrong, and the list goes on; or, without an index, the list is, and the attempt is over. */
export interface InvalidElement extends InvalidAnswer {
  /** Which element, from 0, as counted in the first answer. */
  readonly index?: number;
}

/** Why an attempt is followed by another: the whole list was wrong, or these elements of it. */
interface Refused extends InvalidAnswer {
  readonly elements?: readonly number[];
}

/** One answer: what becomes of each element, and at last, where it has to be asked again, why. */
type Attempt<A> = Observable<Either<Refused, Either<InvalidElement, A>>>;

/**
 * Asks a model for a list, and gives each element the moment it closes.
 *
 * Like `structuredCompletion` and `mergeAll`, with an Either for each element on its own.
 *
 * ```text
 *  text       --[--a--b--c--]-|      a, c: right   b: wrong
 *             structuredElements(model, { codec, messages, retries: 1 })
 *  result     -----A--L--C----------B-|      L Left (index 1); then the bad ones are asked for again
 * ```
 *
 * 1. A bad element is a Left with its `index`, as soon as it is bad, and the list goes on.
 * 2. With `retries`, the bad elements, and they alone, are asked for again when the list has ended; those come last.
 * 3. A Left without an index says that the list itself is wrong, and its attempt over: all is asked for again.
 * 4. Nothing of an element is kept once it was delivered, but the model's own words where it may be asked again.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js';
 * import * as t from 'io-ts';
 * import { structuredElements } from 'rx-structured';
 * import { scriptedModel } from 'rx-structured/testing';
 *
 * const model = scriptedModel(['{"items":[{"name":"Ann"},{"name":7},{"name":"Eve"}]}']); // openaiChat(new OpenAI(), …)
 *
 * structuredElements(model, {
 *   codec: t.type({ name: t.string }),
 *   messages: [{ role: 'user', content: 'Who is there?' }],
 * }).subscribe(
 *   E.match(
 *     ({ index, message }) => console.log('wrong:', index, message),
 *     (user) => console.log(user),
 *   ),
 * );
 * // Logs:
 * // { name: 'Ann' }
 * // wrong: 1 $.items[1].name: expected string, got 7
 * // { name: 'Eve' }
 *
 * @throws What {@link structuredCompletion} throws, on the error channel, after the elements that were read.
 * @see {@link structuredCompletion} for an answer that is one value
 * @see {@link elementsAt} for elements that are shown while they grow
 * @param model What to ask: a client, its parameters and a way of asking.
 * @param config What it is asked, and how each element is read.
 * @returns An Observable of the elements in the order in which they close.
 * @since 0.1.0
 */
export function structuredElements<A, M>(
  model: CompletionModel<M>,
  config: StructuredElementsConfig<A, M>,
): Observable<Either<InvalidElement, A>> {
  const { retries: count = 0, delay } = config;
  const codec = toCodec(config.codec);

  return defer(() => {
    const list = t.type({ [LIST_KEY]: t.array(codec) });
    const talk = conversation(model, answerSchema(list, codec.name, model.dialect, config), config);
    const answer = (): Observable<ElementRead<A> | ListRead> =>
      readElements(talk.ask().pipe(toJsonTokens(config)), codec, config);

    let asked: readonly number[] | undefined;
    const reask = (failures: readonly Refused[]): Attempt<A> => {
      const failure = failures.at(-1);
      if (failure !== undefined) talk.refuse(failure, failure.elements?.length);
      asked = failure?.elements ?? asked;
      return attemptOf(answer(), asked, failures.length + 1, count - failures.length);
    };

    return attemptOf(answer(), asked, 1, count).pipe(
      retryOnValidationError({ count, reask, ...(delay !== undefined && { delay }) }),
      // That elements were wrong was said of each of them.
      filter((either) => either._tag === 'Right' || either.left.elements === undefined),
      map((either) => (either._tag === 'Right' ? either.right : either)),
    );
  });
}

/** @param asked Which elements are asked for, as counted in the first answer; all of them where it is not given. */
function attemptOf<A>(
  answer: Observable<ElementRead<A> | ListRead>,
  asked: readonly number[] | undefined,
  attempt: number,
  retriesLeft: number,
): Attempt<A> {
  return defer(() => {
    /** What is to be asked for again. */
    const wrong: (InvalidElement & { readonly index: number })[] = [];

    const passOn = (read: ElementRead<A>): Either<Refused, Either<InvalidElement, A>> => {
      const index = asked === undefined ? read.index : asked[read.index];
      if (index === undefined) return { _tag: 'Left', left: unasked(read.index) };
      if (read.either._tag === 'Right') return { _tag: 'Right', right: read.either };
      const invalid = read.either.left;
      const left = { ...invalid, attempt, retriesLeft, index, path: [index, ...invalid.path.slice(2)] };
      if (retriesLeft > 0) wrong.push(left);
      return { _tag: 'Right', right: { _tag: 'Left', left } };
    };

    return concat(
      answer.pipe(
        filter((read) => read.index !== 'list' || read.either._tag === 'Left'),
        map((read) => (read.index === 'list' ? (read.either as Either<InvalidAnswer, never>) : passOn(read))),
      ),
      defer(() => (wrong.length === 0 ? EMPTY : of({ _tag: 'Left' as const, left: summary(wrong) }))),
    );
  });
}

function unasked(index: number): Refused {
  return {
    _tag: 'InvalidValue',
    message: `$.${LIST_KEY}[${index}]: no such element was asked for, only the ${index} before it`,
    errors: [],
    path: [index],
    text: '',
    attempt: 1,
    retriesLeft: 0,
  };
}

function summary(wrong: readonly (InvalidElement & { readonly index: number })[]): Refused {
  const [first] = wrong;
  if (first === undefined) throw new Error('nothing is wrong');
  return {
    ...first,
    message: wrong.map(({ message }) => message).join('\n'),
    errors: wrong.flatMap(({ errors }) => errors),
    elements: wrong.map(({ index }) => index),
  };
}
