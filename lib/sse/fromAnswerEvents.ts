import { Observable } from 'rxjs';
import { subscribeFor } from '../foundation/subscribeFor.js';
import type { Either } from 'fp-ts/lib/Either.js';
import { tell, type Watcher } from '../completions/AnswerDeltaEvent.js';
import type { ToolEvent } from '../answers/tools/ToolEvent.js';
import type { Unavailable } from '../answers/Unavailable.js';
import { toCodec, type CodecLike } from '../codecs/standardSchema/toCodec.js';
import type { CompletionInfo } from '../completions/CompletionInfo.js';
import { IncompleteCompletionError } from '../deltas/IncompleteCompletionError.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import type { AnswerEvent, CompleteEvent, InvalidEvent, SentCompletion, ToolCallEvent } from './AnswerEvent.js';
import type { StructuredAnswer } from '../answers/structuredCompletion.js';
import type { DecodeAnswerConfig } from '../answers/decodeAnswer.js';
import { RemoteAttempt, type Verdict } from './RemoteAttempt.js';
import { toError } from './toError.js';
import { fromToolCallEvent } from './toToolCallEvent.js';
import { expectArgument, expectOptions, hasMethod } from '../foundation/expectArgument.js';

/** A call of one of these tools, as the server tells it. Its types are the server's affair. */
export type RemoteToolEvent<K extends string> = [K] extends [never] ? never : ToolEvent<K>;

/** How the text is read, and a watcher. */
export interface FromAnswerEventsConfig<K extends string = never> extends DecodeAnswerConfig {
  /** The tools whose calls are shown, by name, where the server lets them travel. None by default. */
  readonly tools?: readonly K[];
  /** Is told what the model thinks, as `reasoning-delta`, where the server lets that travel. */
  readonly watch?: Watcher;
}

/**
 * Decodes the events that a server sends for a completion, with the same results as the server.
 *
 * Like `dematerialize`, with the partial documents made anew from their text.
 *
 * ```text
 *  events   --t-ti---t-c|       t: text   i: invalid   c: complete
 *           fromAnswerEvents(events, codec)
 *  result   --P-PL---P-C|       P partial   L Left   C complete
 * ```
 *
 * 1. Every attempt is decoded for itself. Whether its answer is right is for the server to say: it may know more.
 * 2. A Left is the server's, `errors` excepted, which do not travel: they are those found here in the same place, or
 *    the message alone. If a model failed and another one is asked, the Left is `Unavailable`, without its
 *    `error`.
 * 3. Where the server says complete, and this codec does not agree, the last word is a Left without retries.
 * 4. Events that end without a verdict were interrupted. `complete` is the end: nothing after it is waited for.
 *
 * {@link fromSse} does the same with the events of a response; use it for those of a WebSocket or a worker.
 *
 * @example
 * import { of } from 'rxjs';
 * import * as t from 'io-ts';
 * import { fromAnswerEvents, type AnswerEvent } from 'rx-structured/sse';
 *
 * const events: AnswerEvent[] = [
 *   { type: 'text', text: '{"age":3' },
 *   { type: 'text', text: '0}' },
 *   { type: 'complete', completion: {} },
 * ];
 * fromAnswerEvents(of(...events), t.type({ age: t.number })).subscribe((either) => {
 *   if (either._tag === 'Right') console.log(either.right._tag, either.right.value);
 * });
 * // Logs:
 * // Partial { age: 3 }
 * // Partial { age: 30 }
 * // Complete { age: 30 }
 *
 * @throws {@link RefusalError}, {@link IncompleteCompletionError} or {@link RemoteCompletionError} on the error
 * channel, as the server says.
 * @see {@link answerEvents} for the other end
 * @param events What the server sends.
 * @param decoder What the answer must be: the server's codec, or its schema.
 * @param config How the text is read.
 * @returns An Observable of the same values as on the server.
 * @since 0.1.0
 */
export function fromAnswerEvents<A, K extends string = never>(
  events: Observable<AnswerEvent>,
  decoder: CodecLike<A>,
  config: FromAnswerEventsConfig<K> = {},
): Observable<Either<InvalidAnswer | Unavailable, StructuredAnswer<A> | RemoteToolEvent<K>>> {
  expectArgument('fromAnswerEvents', hasMethod(events, 'subscribe'), 'an Observable of events', events);
  expectOptions('fromAnswerEvents', config);
  const codec = toCodec(decoder);
  return new Observable((subscriber) => {
    const begin = (): RemoteAttempt<A> =>
      new RemoteAttempt(codec, config, subscriber, {
        next: (right) => {
          subscriber.next({ _tag: 'Right', right });
        },
        error: (error) => {
          subscriber.error(error);
        },
      });

    let attempt = begin();
    let count = 1;
    let last: AnswerEvent['type'] | undefined;

    const rejectAttempt = (event: InvalidEvent): void => {
      const { text } = attempt;
      const left = toInvalid(event, attempt.end(), text);
      attempt = begin();
      count += 1;
      subscriber.next({ _tag: 'Left', left });
    };

    /** How the connection ends does not matter any more; a schema may take its time. */
    const complete = (event: CompleteEvent): void => {
      const { text } = attempt;
      attempt.end((own) => {
        const either = toComplete(event, own, count, text);
        if (either !== undefined) subscriber.next(either);
        subscriber.complete();
      });
    };

    /** Calls of tools that were not asked for here are passed over. */
    const call = (event: ToolCallEvent): void => {
      const name = config.tools?.find((tool) => tool === event.name);
      if (name !== undefined)
        subscriber.next({ _tag: 'Right', right: fromToolCallEvent(event, name) as RemoteToolEvent<K> });
    };

    const read = (event: AnswerEvent): void => {
      last = event.type;
      if (event.type === 'text') attempt.push(event);
      else if (event.type === 'step') attempt = begin();
      else if (event.type === 'tool') call(event);
      else if (event.type === 'reasoning') tell(config.watch, { type: 'reasoning-delta', text: event.text });
      else if (event.type === 'unavailable') {
        const { type: _, ...unavailable } = event;
        attempt = begin();
        count += 1;
        subscriber.next({ _tag: 'Left', left: { _tag: 'Unavailable', ...unavailable } });
      } else if (event.type === 'failed') subscriber.error(toError(event, attempt.text));
      else if (event.type === 'complete') complete(event);
      else rejectAttempt(event);
    };

    subscribeFor(subscriber, events, {
      next: read,
      error: (error: unknown) => {
        if (last !== 'complete') subscriber.error(error);
      },
      complete: () => {
        if (last === 'invalid') subscriber.complete();
        else if (last !== 'complete') subscriber.error(new IncompleteCompletionError('interrupted', attempt.text));
      },
    });
  });
}

/** The server takes the answer for whole. If this codec does not, no further attempt will come of it. */
function toComplete<A>(
  { completion }: CompleteEvent,
  own: Verdict<A>,
  attempt: number,
  text: string,
): Either<InvalidAnswer, StructuredAnswer<A>> | undefined {
  if (own === undefined) return undefined;
  return own._tag === 'Complete'
    ? { _tag: 'Right', right: { ...own, completion: toInfo(completion, text) } }
    : { _tag: 'Left', left: { ...own, attempt, retriesLeft: 0 } };
}

/**
 * Adds the parts that are not sent: the text, and the turns in the form that every model takes. A server that sends no
 * attempts has not run {@link structuredCompletion}: then its completion is passed on as it was sent.
 */
function toInfo(sent: SentCompletion, text: string): CompletionInfo {
  const { attempts, ...rest } = sent;
  return attempts === undefined
    ? (sent as CompletionInfo)
    : { ...rest, text, messages: [{ role: 'assistant', content: text }], attempts };
}

function toInvalid<A>(event: InvalidEvent, own: Verdict<A>, sent: string): InvalidAnswer {
  const { tag: _tag, message, path, attempt, retriesLeft, text = sent } = event;
  const isSame = own !== undefined && own._tag === _tag && own.path.join() === path.join();
  const errors = isSame ? own.errors : [{ value: undefined, context: [], message }];
  return { _tag, message, errors, path, text, attempt, retriesLeft };
}
