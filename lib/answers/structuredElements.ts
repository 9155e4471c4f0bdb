import { defer, EMPTY, filter, map, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import type { CompletionModel } from '../completions/CompletionModel.js';
import { remember } from '../foundation/remember.js';
import type { ToJsonTokensConfig } from '../tokens/toJsonTokens.js';
import { createAnswerSchema } from './createAnswerSchema.js';
import { checkQuestion } from './checkQuestion.js';
import { toCodec, type CodecLike } from '../codecs/standardSchema/toCodec.js';
import type { DecodeWithConfig } from '../decoded/decodeWith.js';
import { countRetries } from '../retry/countRetries.js';
import { tellOfWords } from './tellOfWords.js';
import { retryOnValidationError } from '../retry/retryOnValidationError.js';
import { AttemptLog } from './AttemptLog.js';
import { CheckFailure } from './CheckFailure.js';
import { Conversation, type ConversationConfig } from './Conversation.js';
import { readDelay, fallBack, isList, type FallbackConfig, type Turn } from './fallBack.js';
import { ListInProgress } from './ListInProgress.js';
import type { Unavailable } from './Unavailable.js';
import type { DecodedElement, InvalidElement } from './DecodedElement.js';
import { readAttempt, type RejectedList } from './readAttempt.js';
import type { Validate } from '../decoded/Complaints.js';
import { validateElements } from './validateElements.js';
import { LIST_KEY, readElements } from './readElements.js';
import { createAttempts, type ToolsConfig } from './tools/createAttempts.js';
import { prepareTools } from './tools/prepareTools.js';
import type { Tools } from './tools/tool.js';
import type { ToolEvent, ToolEventOf } from './tools/ToolEvent.js';

/** The question to a model, and how its list is read. */
export interface StructuredElementsConfig<A, M, S extends Tools = never>
  extends ConversationConfig<M>, ToJsonTokensConfig, DecodeWithConfig, ToolsConfig<S>, FallbackConfig {
  /** The type of each element. The library adds the list around them. */
  readonly codec: CodecLike<A>;
  /**
   * Checks each element that its codec takes, see {@link validateWith}. Those of several elements run at the same time,
   * and each element is there when its own check is over.
   */
  readonly validate?: Validate<A>;
}

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
 * 1. A right element is an `Element` with its `index`, as counted in the first answer, and the `attempt` that gave it.
 * 2. A bad element is a Left with its `index`, as soon as it is bad, and the list goes on.
 * 3. With `retries`, the bad elements, and they alone, are asked for again when the list has ended; those come last.
 * 4. No element is lost: one that was asked for again, and left out, is a Left of the attempt that left it out. It is
 *    asked for again while retries are left.
 * 5. A Left without an index says that the list itself is wrong, and its attempt over. All that the attempt was asked
 *    for is asked for again: drop the elements that have its `attempt`.
 * 6. Nothing of an element is kept once it was delivered, but the model's own words where it may be asked again.
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
 *     ({ index, value }) => console.log(index, value),
 *   ),
 * );
 * // Logs:
 * // 0 { name: 'Ann' }
 * // wrong: 1 $.items[1].name: expected string, got 7
 * // 2 { name: 'Eve' }
 *
 * @throws What {@link structuredCompletion} throws, on the error channel, after the elements that were read.
 * @see {@link structuredCompletion} for an answer that is one value
 * @see {@link elementsAt} for elements that are shown while they grow
 * @param model What to ask: a client, its parameters and a way of asking.
 * @param config What it is asked, and how each element is read.
 * @returns An Observable of the elements in the order in which they close.
 * @since 0.1.0
 */
export function structuredElements<A, S extends Tools = never>(
  model: readonly CompletionModel<never>[],
  config: StructuredElementsConfig<A, never, S>,
): Observable<Either<InvalidElement | Unavailable, DecodedElement<A> | ToolEventOf<S>>>;
export function structuredElements<A, M, S extends Tools = never>(
  model: readonly CompletionModel<M>[],
  config: StructuredElementsConfig<A, M, S>,
): Observable<Either<InvalidElement | Unavailable, DecodedElement<A> | ToolEventOf<S>>>;
export function structuredElements<A, M, S extends Tools = never>(
  model: CompletionModel<M>,
  config: StructuredElementsConfig<A, M, S>,
): Observable<Either<InvalidElement, DecodedElement<A> | ToolEventOf<S>>>;
export function structuredElements<A, M, S extends Tools = never>(
  model: CompletionModel<M> | readonly CompletionModel<M>[],
  config: StructuredElementsConfig<A, M, S>,
): Observable<Either<InvalidElement | Unavailable, DecodedElement<A> | ToolEventOf<S>>> {
  return defer(() => {
    checkQuestion('structuredElements', model, config);
    const models = isList(model) ? model : [model];
    const list = new ListInProgress<M>();
    const log = new AttemptLog(config.watch);
    const ask = (each: CompletionModel<M>, turn: Turn) => askModel(each, config, turn, list);
    const shown = fallBack(models, ask, countRetries(config.retries ?? 0), config, log).pipe(
      // That elements were wrong was said of each of them.
      filter((either) => either._tag === 'Right' || !('elements' in either.left)),
      map((either) => (either._tag === 'Right' ? unfold<A, S>(either.right) : either)),
    );
    return log.show(shown);
  });
}

/** One model, with all its retries, for the elements that the models before have not given. */
function askModel<A, M, S extends Tools>(
  model: CompletionModel<M>,
  config: StructuredElementsConfig<A, M, S>,
  { log, count, isOnly }: Turn,
  list: ListInProgress<M>,
): Observable<Either<RejectedList, Either<InvalidElement, DecodedElement<A>> | ToolEvent>> {
  const { validate } = config;
  const retries = countRetries(config.retries ?? 0);
  const codec = toCodec(config.codec);
  const schema = createAnswerSchema(listOf(codec), codec.name, model, config, `.${LIST_KEY}[]`);
  const tools = prepareTools(config.tools, model, schema.name);
  const talk = new Conversation(model, schema, config, { log });
  if (!list.handOver(talk)) return EMPTY;
  const check = validate && CheckFailure.mark(validate, isOnly);

  /** The attempt under way. */
  let numbers = count({ attempt: 1, retriesLeft: retries });
  const ask = createAttempts<RejectedList, Either<InvalidElement, DecodedElement<A>>, M, unknown>(
    talk,
    tools,
    {
      read: (deltas) => {
        const elements = readElements(deltas, codec, config, talk.text);
        return readAttempt(check === undefined ? elements : validateElements(elements, check), {
          wanted: list.wanted,
          ...numbers,
        });
      },
      isLive: () => true,
    },
    { ...config, answer: config.answer ?? model.answer, answerName: schema.name },
  );

  const startAttempt = () =>
    ask().pipe(
      tap((either) => {
        if (either._tag === 'Left') list.reject({ ...either.left, ...numbers });
      }),
    );
  const createReask = (failures: readonly RejectedList[]) => {
    list.tryAgain();
    numbers = count({ attempt: failures.length + 1, retriesLeft: retries - failures.length });
    return startAttempt();
  };
  /** Nothing was rejected, and no model gave up: then there was one answer, and it holds the whole list. */
  let isWhole = list.isFirst;
  return startAttempt().pipe(
    retryOnValidationError({ count: retries, reask: createReask, ...readDelay(config, count) }),
    map((either) => (either._tag === 'Left' ? { ...either, left: tellOfWords(either.left, model) } : either)),
    tap({
      next: (either) => {
        isWhole &&= either._tag === 'Right' && either.right._tag !== 'Left';
      },
      complete: () => {
        if (isWhole) talk.accept();
      },
    }),
  );
}

/** The list that is asked for; one for each codec, whose schema is made once. */
const listOf = remember((codec: t.Mixed): t.Mixed => t.type({ [LIST_KEY]: t.array(codec) }));

/** An element on its own, or an event of a call. */
function unfold<A, S extends Tools>(
  read: Either<InvalidElement, DecodedElement<A>> | ToolEvent,
): Either<InvalidElement, DecodedElement<A> | ToolEventOf<S>> {
  // The event is of one of these tools; an unknown tool has a name of its own, and only fails.
  return read._tag === 'Tool' ? { _tag: 'Right', right: read as ToolEventOf<S> } : read;
}
