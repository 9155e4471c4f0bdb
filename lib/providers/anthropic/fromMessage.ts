import type { Anthropic } from '@anthropic-ai/sdk';
import { defer, type Observable } from 'rxjs';
import type { CompletionEvent } from '../../completions/CompletionEvent.js';
import { withTurnParts } from '../../completions/withTurnParts.js';
import { fromCompletion, type FromCompletionConfig } from '../../completions/fromCompletion.js';
import { SdkResponse } from '../SdkResponse.js';
import type { MessageEvent } from './MessageEvent.js';
import { createMessageReader } from './createMessageReader.js';
import { messageFormat } from './messageFormat.js';
import { MessageTurn } from './MessageTurn.js';
import { checkArguments } from '../checkArguments.js';
import { expectOptions } from '../../foundation/expectArgument.js';

/** The SDK's options of one request: `headers`, `timeout`, `maxRetries`, `idempotencyKey` … */
export type AnthropicRequestOptions = Omit<Anthropic.RequestOptions, 'signal' | 'stream'>;

/** The part of an Anthropic client that is used here. */
export interface MessagesClient {
  readonly messages: {
    create(
      body: Anthropic.MessageCreateParamsStreaming,
      options: AnthropicRequestOptions & { readonly signal: AbortSignal },
    ): PromiseLike<AsyncIterable<MessageEvent>>;
  };
}

/** The request, as the SDK has it; that it streams goes without saying. */
export type MessageBody = Omit<Anthropic.MessageCreateParamsStreaming, 'stream'>;

export interface MessageConfig extends FromCompletionConfig {
  /**
   * Whether there are `turn-part` events: parts that the API wants back with the results of calls. Default: `false`.
   */
  readonly turnParts?: boolean;
  /** How the request is made: the SDK's own options, for this request alone. */
  readonly requestOptions?: AnthropicRequestOptions | undefined;
}

/**
 * One answer of Anthropic's messages API.
 *
 * Like {@link fromCompletion}, for `client.messages.create`.
 *
 * 1. `usage` comes twice: that of the input as soon as the answer begins, and all of it at the end.
 * 2. Tokens that came from the provider's cache, or went there, count as input.
 * 3. The provider's explanation of a refusal is the text of the refusal.
 *
 * @example
 * import Anthropic from '@anthropic-ai/sdk';
 * import { textDeltas } from 'rx-structured';
 * import { fromMessage } from 'rx-structured/anthropic';
 *
 * fromMessage(new Anthropic(), {
 *   model: 'claude-haiku-4-5',
 *   max_tokens: 1024,
 *   messages: [{ role: 'user', content: 'Say hello.' }],
 * })
 *   .pipe(textDeltas())
 *   .subscribe((delta) => {
 *     console.log(delta);
 *   });
 *
 * @throws {@link ProviderError} on the error channel, for an error in the stream that the SDK passes on.
 * @see {@link textDeltas} and {@link toolCalls} for the stages after
 * @see {@link anthropicMessages} for a model to ask for structured answers
 * @param client An Anthropic client.
 * @param body The request.
 * @param config How long to wait for a chunk, and the SDK's own options of a request.
 * @returns An Observable that makes a request per subscription, and emits the answer's events.
 * @since 0.1.0
 */
export function fromMessage(
  client: MessagesClient,
  body: MessageBody,
  config: MessageConfig = {},
): Observable<CompletionEvent> {
  checkArguments('fromMessage', { client, method: 'messages.create', params: body });
  expectOptions('fromMessage', config);
  return defer(() => {
    const events = createMessageReader();
    const turn = config.turnParts === true ? withTurnParts(events, new MessageTurn()) : events;
    const response = new SdkResponse(client, messageFormat, turn);
    return fromCompletion(
      (signal) =>
        response.open(client.messages.create({ ...body, stream: true }, { ...config.requestOptions, signal })),
      (chunks) => response.read(chunks),
      config,
    );
  });
}
