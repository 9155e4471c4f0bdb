import { defer, type Observable } from 'rxjs';
import type { CompletionEvent } from '../../completions/CompletionEvent.js';
import { fromCompletion, type FromCompletionConfig } from '../../completions/fromCompletion.js';
import { isKeepAlive } from '../isKeepAlive.js';
import { ResponseReader } from '../ResponseReader.js';
import type {
  AnyLanguageModel,
  LanguageModelOptions,
  LanguageModelPart,
  LanguageModelResult,
} from './AnyLanguageModel.js';
import { withTurnParts } from '../../completions/withTurnParts.js';
import { PartReader } from './PartReader.js';
import { PromptTurn } from './PromptTurn.js';
import { expectArgument, hasMethod } from '../../foundation/expectArgument.js';

/** The options of `doStream`, all but those that belong to the subscription. */
export type FromLanguageModelOptions<L extends AnyLanguageModel> = Omit<
  LanguageModelOptions<L>,
  'abortSignal' | 'includeRawChunks'
>;

export interface LanguageModelStreamConfig extends FromCompletionConfig {
  /**
   * Whether there are `turn-part` events: parts that the API wants back with the results of calls. Default: `false`.
   */
  readonly turnParts?: boolean;
}

/**
 * One answer of a model of the AI SDK: of any provider that has a package for it.
 *
 * Like {@link fromCompletion}, for `model.doStream`.
 *
 * 1. Models of the versions V2, V3 and V4 are read alike, and so are those that `wrapLanguageModel` makes.
 * 2. A connection that was cut gives no `finish`, whatever the provider makes of it.
 * 3. A refusal that a provider tells as text is a refusal: raw chunks are asked for to recognize it.
 * 4. Unsubscribing aborts the signal, and nothing else: a reader that is cancelled as well rejects in some providers.
 * 5. `doStream` never repeats a request; errors come unchanged, the AI SDK's `APICallError` for an HTTP status.
 *
 * @example
 * import { createOpenAI } from '@ai-sdk/openai';
 * import { textDeltas } from 'rx-structured';
 * import { fromLanguageModel } from 'rx-structured/ai-sdk';
 *
 * fromLanguageModel(createOpenAI()('gpt-4o-mini'), {
 *   prompt: [{ role: 'user', content: [{ type: 'text', text: 'Say hello.' }] }],
 * })
 *   .pipe(textDeltas())
 *   .subscribe((delta) => {
 *     console.log(delta);
 *   });
 *
 * @throws {@link ProviderError} on the error channel, for an error in the stream that is not an `Error`.
 * @see {@link textDeltas} and {@link toolCalls} for the stages after
 * @see {@link languageModel} for a model to ask for structured answers
 * @param model A model of the AI SDK's interface for providers, of version V2, V3 or V4.
 * @param options The options of the call, as the model has them.
 * @param config How long to wait for a part.
 * @returns An Observable that makes a request per subscription, and emits the answer's events.
 * @since 0.1.0
 */
export function fromLanguageModel<L extends AnyLanguageModel>(
  model: L,
  options: FromLanguageModelOptions<L>,
  config?: LanguageModelStreamConfig,
): Observable<CompletionEvent> {
  expectLanguageModel('fromLanguageModel', model);
  expectArgument('fromLanguageModel', typeof options === 'object', 'the options of a call, { prompt: … }', options);
  return readStreamParts((signal) => callModel(model, options, signal), config);
}

/** @throws TypeError where something else was given: a provider, or the name of a model, most often. */
export function expectLanguageModel(caller: string, model: unknown): void {
  const isModel = hasMethod(model, 'doStream') && typeof Reflect.get(model as object, 'provider') === 'string';
  expectArgument(caller, isModel, "a model of the AI SDK, as google('gemini-2.5-flash') makes one", model);
}

/** Calls a model with options that are of its own version. */
export function callModel(
  model: AnyLanguageModel,
  options: object,
  abortSignal: AbortSignal,
): PromiseLike<LanguageModelResult> {
  return model.doStream({ ...options, abortSignal, includeRawChunks: true } as never);
}

/**
 * The events of one call.
 *
 * @param check Sees each part before it is read; what it throws is the error notification.
 */
export function readStreamParts(
  call: (signal: AbortSignal) => PromiseLike<LanguageModelResult>,
  config: LanguageModelStreamConfig = {},
  check?: (part: LanguageModelPart) => void,
): Observable<CompletionEvent> {
  return defer(() => {
    const parts = new PartReader();
    const readPart = (part: LanguageModelPart) => parts.read(part);
    const reader = new ResponseReader(config.turnParts === true ? withTurnParts(readPart, new PromptTurn()) : readPart);
    return fromCompletion(
      async (signal) => {
        const { stream, response } = await call(signal);
        reader.tell(new Headers(response?.headers));
        return readParts(stream);
      },
      function* (part) {
        check?.(part);
        yield* reader.read(part);
      },
      config,
    );
  });
}

/** A raw chunk of the API that only holds the connection open. */
function isSilent(part: LanguageModelPart): boolean {
  return part.type === 'raw' && 'rawValue' in part && isKeepAlive(part.rawValue);
}

/** Never cancels: the signal alone ends it. */
async function* readParts(stream: LanguageModelResult['stream']): AsyncGenerator<LanguageModelPart> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    if (value !== undefined && !isSilent(value)) yield value;
  }
}
