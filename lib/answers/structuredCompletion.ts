import { defer, Observable } from 'rxjs';
import type { Either, Right } from 'fp-ts/lib/Either.js';
import type { CompletionInfo } from '../completions/CompletionInfo.js';
import type { CompletionModel } from '../completions/CompletionModel.js';
import { createAnswerSchema } from './createAnswerSchema.js';
import { checkQuestion } from './checkQuestion.js';
import { toCodec, type CodecLike } from '../codecs/standardSchema/toCodec.js';
import { hasObjectRoot } from './hasObjectRoot.js';
import type { Decoded, DecodedComplete, DecodedPartial } from '../decoded/Decoded.js';
import type { Validate } from '../decoded/Complaints.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import type { Message } from '../completions/Message.js';
import { countRetries } from '../retry/countRetries.js';
import { AttemptLog } from './AttemptLog.js';
import { CheckFailure } from './CheckFailure.js';
import { readDelay, fallBack, isList, type FallbackConfig, type Turn } from './fallBack.js';
import type { Unavailable } from './Unavailable.js';
import { validateWith } from '../decoded/validateWith.js';
import { decodeAnswer, wrap, type DecodeAnswerConfig } from './decodeAnswer.js';
import { tellOfWords } from './tellOfWords.js';
import { Attempts } from '../retry/Attempts.js';
import { locateLeft } from './locateLeft.js';
import { Conversation, type ConversationConfig } from './Conversation.js';
import { createAttempts, type ToolsConfig } from './tools/createAttempts.js';
import { prepareTools } from './tools/prepareTools.js';
import type { Tools } from './tools/tool.js';
import type { ToolEvent, ToolEventOf } from './tools/ToolEvent.js';

/** The question to a model, and how its answer is read. */
export interface StructuredCompletionConfig<A, M, S extends Tools = never>
  extends ConversationConfig<M>, DecodeAnswerConfig, ToolsConfig<S>, FallbackConfig {
  /** The type of the answer. Anything but an object is asked for as `{ "value": … }` and unwrapped. */
  readonly codec: CodecLike<A>;
  /**
   * Checks that need more than the codec, see {@link validateWith}: its complaints are a Left, and the model is told
   * them when it is asked again.
   */
  readonly validate?: Validate<A>;
}

/** The complete value, and the facts about the completion. */
export interface CompletedAnswer<A, T = unknown> extends DecodedComplete<A> {
  readonly completion: CompletionInfo<T>;
}

/**
 * The answer while it is written, and at its end. `T` is the provider's own type of a turn, see {@link CompletionInfo}.
 */
export type StructuredAnswer<A, T = unknown> = DecodedPartial<A> | CompletedAnswer<A, T>;

/**
 * Asks a model for a value of a type, and shows the value grow while the model writes it.
 *
 * Like `ajax`, with a typed answer before the answer is there.
 *
 * ```text
 *  attempt 1      --P--P--L|                 P partial, L Left (attempt 1, retriesLeft 1), C complete
 *  attempt 2               --P--P--P--C|
 *                 structuredCompletion(model, { codec, messages, retries: 1 })
 *  result         --P--P--L--P--P--P--C|
 * ```
 *
 * 1. Cold: every subscription asks anew; unsubscribing aborts the request at once.
 * 2. A partial really has its type: parts that cannot be known yet are left out.
 * 3. A Left comes as soon as nothing that may follow could make the answer right, and aborts the request.
 * 4. With `retries`, the model is asked again in the same subscription, with its own answer and the problems in it.
 * 5. With several models, the next one is asked when a model failed, at any moment, or was rejected in all its
 *    attempts. A failure that is followed by another attempt is a Left (`Unavailable`); `attempt` counts through. The
 *    last model's error stays an error.
 * 6. `Complete` is the last value; its `completion` says what all attempts have cost, and holds the turns to append to
 *    the conversation before the next question.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js';
 * import * as t from 'io-ts';
 * import { structuredCompletion } from 'rx-structured';
 * import { scriptedModel } from 'rx-structured/testing';
 *
 * const model = scriptedModel(['{"name":"John","age":30}'], { chunkSize: 11 }); // openaiChat(new OpenAI(), …)
 *
 * structuredCompletion(model, {
 *   codec: t.type({ name: t.string, age: t.number }),
 *   messages: [{ role: 'user', content: 'Extract user info: John is 30 years old.' }],
 * }).subscribe(
 *   E.match(
 *     (invalid) => console.log(invalid.message),
 *     (answer) => console.log(answer._tag, answer.value),
 *   ),
 * );
 * // Logs:
 * // Partial { name: 'Jo' }
 * // Partial { name: 'John', age: 3 }
 * // Partial { name: 'John', age: 30 }
 * // Complete { name: 'John', age: 30 }
 *
 * @throws TypeError on the error channel, where it is called with something else than a model, a codec and messages.
 * @throws {@link SchemaError} on the error channel, where the codec has no JSON Schema that the model takes.
 * @throws {@link RefusalError} on the error channel, when the model declined.
 * @throws {@link IncompleteCompletionError} on the error channel, when the answer was cut off.
 * @throws The SDK's own errors on the error channel, unchanged. None of these is ever asked again.
 * @see {@link structuredElements} for a list, element by element
 * @see {@link retryOnValidationError} for the stage that asks again
 * @param model What to ask: a client, its parameters and a way of asking; or several, each for when the one before
 * fails.
 * @param config What it is asked, and how its answer is read.
 * @returns An Observable of the growing answer: Rights while it is right, a Left for each rejected attempt.
 * @since 0.1.0
 */
export function structuredCompletion<A, S extends Tools = never>(
  model: readonly CompletionModel<never>[],
  config: StructuredCompletionConfig<A, never, S>,
): Observable<Either<InvalidAnswer | Unavailable, StructuredAnswer<A, Message> | ToolEventOf<S>>>;
export function structuredCompletion<A, M, S extends Tools = never>(
  model: readonly CompletionModel<M>[],
  config: StructuredCompletionConfig<A, M, S>,
): Observable<Either<InvalidAnswer | Unavailable, StructuredAnswer<A, Message> | ToolEventOf<S>>>;
export function structuredCompletion<A, M, T, S extends Tools = never>(
  model: CompletionModel<M, T>,
  config: StructuredCompletionConfig<A, M, S>,
): Observable<Either<InvalidAnswer, StructuredAnswer<A, T> | ToolEventOf<S>>>;
export function structuredCompletion<A, M, S extends Tools = never>(
  model: CompletionModel<M> | readonly CompletionModel<M>[],
  config: StructuredCompletionConfig<A, M, S>,
): Observable<Either<InvalidAnswer | Unavailable, StructuredAnswer<A> | ToolEventOf<S>>> {
  return defer(() => {
    checkQuestion('structuredCompletion', model, config);
    const models = isList(model) ? model : [model];
    const log = new AttemptLog(config.watch);
    let asked: CompletionModel<M> | undefined;
    let before: Conversation<M> | undefined;
    const ask = (each: CompletionModel<M>, turn: Turn) => {
      asked = each;
      return askModel(each, config, turn, (talk) => {
        if (before !== undefined) talk.takeOverSteps(before.steps);
        before = talk;
      });
    };
    const answers = fallBack(models, ask, countRetries(config.retries ?? 0), config, log);
    return log.show(answers, (left) => {
      const codec = toCodec(config.codec);
      const isWrapped = asked !== undefined && !hasObjectRoot(codec, asked);
      return locateLeft(left, (deltas) => decodeAnswer(deltas, codec, isWrapped, config));
    });
  });
}

/** One model, with all its retries. */
function askModel<A, M, S extends Tools>(
  model: CompletionModel<M>,
  config: StructuredCompletionConfig<A, M, S>,
  { log, count, isOnly }: Turn,
  handOver: (talk: Conversation<M>) => void,
): Observable<Either<InvalidAnswer, StructuredAnswer<A> | ToolEventOf<S>>> {
  const { retries = 0, validate } = config;
  const codec = toCodec(config.codec);
  const isObject = hasObjectRoot(codec, model);
  const schema = isObject
    ? createAnswerSchema(codec, codec.name, model, config)
    : createAnswerSchema(wrap(codec), codec.name, model, config, '.value');
  const tools = prepareTools(config.tools, model, schema.name);
  const talk = new Conversation(model, schema, config, { isWrapped: !isObject, isNeutral: !isOnly, log });
  handOver(talk);

  const answers = createAttempts<InvalidAnswer, Decoded<A>, M, unknown>(
    talk,
    tools,
    {
      read: (deltas) => decodeAnswer(deltas, codec, !isObject, config, talk.text),
      isLive: ({ _tag }) => _tag === 'Partial',
    },
    { ...config, answer: config.answer ?? model.answer, answerName: schema.name },
  );
  // TypeScript cannot see, of a type parameter, that the whole of a `Decoded<A>` is an `A`.
  const check = validate && CheckFailure.mark(validate as Validate<unknown>, isOnly);
  // After the tools: whether a whole value is the answer is known only when its request has ended without a call.
  const startAttempt = (): ReturnType<typeof answers> =>
    check === undefined ? answers() : answers().pipe(validateWith(check));

  const createReask = (failures: readonly InvalidAnswer[]) => {
    const failure = failures.at(-1);
    if (failure !== undefined) talk.reject(count(failure));
    return startAttempt();
  };

  const show = (either: Either<InvalidAnswer, Decoded<A> | ToolEvent>) =>
    either._tag === 'Left' ? { ...either, left: tellOfWords(either.left, model) } : withCompletion<A, S>(either, talk);

  return new Observable((subscriber) => {
    const policy = { count: retries, reask: createReask, ...readDelay(config, count) };
    new Attempts(subscriber, startAttempt(), policy, show).begin();
  });
}

function withCompletion<A, S extends Tools>(
  either: Right<Decoded<A> | ToolEvent>,
  talk: { describe(): CompletionInfo },
): Either<never, StructuredAnswer<A> | ToolEventOf<S>> {
  const { right } = either;
  if (right._tag === 'Complete') return { _tag: 'Right', right: { ...right, completion: talk.describe() } };
  // An event is of one of these tools; an unknown tool has a name of its own, and only fails.
  return either as Right<DecodedPartial<A> | ToolEventOf<S>>;
}
