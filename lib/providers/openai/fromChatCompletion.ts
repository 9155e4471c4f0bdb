import type { OpenAI } from 'openai';
import { defer, type Observable } from 'rxjs';
import type { CompletionEvent } from '../../completions/CompletionEvent.js';
import { withTurnParts } from '../../completions/withTurnParts.js';
import { fromCompletion, type FromCompletionConfig } from '../../completions/fromCompletion.js';
import { SdkResponse } from '../SdkResponse.js';
import { createChatReader } from './createChatReader.js';
import type { ChatChunk } from './ChatChunk.js';
import { chatFormat } from './chatFormat.js';
import { ChatTurn } from './ChatTurn.js';
import { checkArguments } from '../checkArguments.js';
import { expectOptions } from '../../foundation/expectArgument.js';

/** The SDK's options of one request: `headers`, `timeout`, `maxRetries`, `idempotencyKey` … */
export type OpenAIRequestOptions = Omit<OpenAI.RequestOptions, 'signal' | 'stream'>;

/** The part of an OpenAI client that is used here; the clients of all majors from 4 on have it. */
export interface ChatCompletionClient {
  readonly chat: {
    readonly completions: {
      create(
        body: OpenAI.ChatCompletionCreateParamsStreaming,
        options: OpenAIRequestOptions & { readonly signal: AbortSignal },
      ): PromiseLike<AsyncIterable<ChatChunk>>;
    };
  };
}

/** The request, as the SDK has it; that it streams goes without saying. */
export type ChatCompletionBody = Omit<OpenAI.ChatCompletionCreateParamsStreaming, 'stream'>;

export interface ChatCompletionConfig extends FromCompletionConfig {
  /**
   * Whether there are `turn-part` events: parts that the API wants back with the results of calls. Default: `false`.
   */
  readonly turnParts?: boolean;
  /** How the request is made: the SDK's own options, for this request alone. */
  readonly requestOptions?: OpenAIRequestOptions | undefined;
}

/**
 * One answer of OpenAI's chat completions API, or of any server that speaks it.
 *
 * Like {@link fromCompletion}, for `client.chat.completions.create`.
 *
 * 1. Tokens spent are asked for, unless the body has `stream_options` of its own (`null` for none).
 * 2. With several choices (`n`), choice 0 is read.
 * 3. The SDK's own errors are passed on unchanged, and its retries are the client's affair (`maxRetries`).
 *
 * @example
 * import OpenAI from 'openai';
 * import { textDeltas } from 'rx-structured';
 * import { fromChatCompletion } from 'rx-structured/openai';
 *
 * fromChatCompletion(new OpenAI(), {
 *   model: 'gpt-4o-mini',
 *   messages: [{ role: 'user', content: 'Say hello.' }],
 * })
 *   .pipe(textDeltas())
 *   .subscribe((delta) => {
 *     console.log(delta);
 *   });
 *
 * @throws {@link ProviderError} on the error channel, for an error in the stream that the SDK passes on.
 * @see {@link textDeltas} and {@link toolCalls} for the stages after
 * @see {@link openaiChat} for a model to ask for structured answers
 * @param client An OpenAI client, of any major from 4 on.
 * @param body The request.
 * @param config How long to wait for a chunk, and the SDK's own options of a request.
 * @returns An Observable that makes a request per subscription, and emits the answer's events.
 * @since 0.1.0
 */
export function fromChatCompletion(
  client: ChatCompletionClient,
  body: ChatCompletionBody,
  config: ChatCompletionConfig = {},
): Observable<CompletionEvent> {
  checkArguments('fromChatCompletion', { client, method: 'chat.completions.create', params: body });
  expectOptions('fromChatCompletion', config);
  return defer(() => {
    const events = createChatReader(body.n ?? 1);
    const turn = config.turnParts === true ? withTurnParts(events, new ChatTurn()) : events;
    const response = new SdkResponse(client, chatFormat, turn);
    return fromCompletion(
      (signal) =>
        response.open(client.chat.completions.create(toStreaming(body), { ...config.requestOptions, signal })),
      (chunks) => response.read(chunks),
      config,
    );
  });
}

/** Servers that do not know `stream_options` do not take a `null` for it either. */
function toStreaming(body: ChatCompletionBody): OpenAI.ChatCompletionCreateParamsStreaming {
  const { stream_options = { include_usage: true }, ...rest } = body;
  return { ...rest, ...(stream_options !== null && { stream_options }), stream: true };
}
