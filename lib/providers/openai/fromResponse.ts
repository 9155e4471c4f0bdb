import type { OpenAI } from 'openai';
import { defer, type Observable } from 'rxjs';
import type { CompletionEvent } from '../../completions/CompletionEvent.js';
import { withTurnParts } from '../../completions/withTurnParts.js';
import { fromCompletion, type FromCompletionConfig } from '../../completions/fromCompletion.js';
import { SdkResponse } from '../SdkResponse.js';
import type { OpenAIRequestOptions } from './fromChatCompletion.js';
import type { ResponseEvent } from './ResponseEvent.js';
import { createResponseReader } from './createResponseReader.js';
import { responseFormat } from './responseFormat.js';
import { ResponseTurn } from './ResponseTurn.js';
import { checkArguments } from '../checkArguments.js';
import { expectOptions } from '../../foundation/expectArgument.js';

/** The part of an OpenAI client that is used here; clients from 4.87 on have it. */
export interface ResponsesClient {
  readonly responses: {
    create(
      body: OpenAI.Responses.ResponseCreateParamsStreaming,
      options: OpenAIRequestOptions & { readonly signal: AbortSignal },
    ): PromiseLike<AsyncIterable<ResponseEvent>>;
  };
}

/** The request, as the SDK has it; that it streams goes without saying. */
export type ResponseBody = Omit<OpenAI.Responses.ResponseCreateParamsStreaming, 'stream'>;

export interface ResponseConfig extends FromCompletionConfig {
  /**
   * Whether there are `turn-part` events: parts that the API wants back with the results of calls. Default: `false`.
   */
  readonly turnParts?: boolean;
  /** How the request is made: the SDK's own options, for this request alone. */
  readonly requestOptions?: OpenAIRequestOptions | undefined;
}

/**
 * One answer of OpenAI's responses API, or of any server that speaks it.
 *
 * Like {@link fromCompletion}, for `client.responses.create`.
 *
 * 1. A call's `index` is its place in the output; calls of tools that OpenAI itself runs are left out.
 * 2. A response that fails is an error: the SDK's own where it throws one, else a {@link ProviderError}.
 *
 * @example
 * import OpenAI from 'openai';
 * import { textDeltas } from 'rx-structured';
 * import { fromResponse } from 'rx-structured/openai';
 *
 * fromResponse(new OpenAI(), { model: 'gpt-4o-mini', input: 'Say hello.' })
 *   .pipe(textDeltas())
 *   .subscribe((delta) => {
 *     console.log(delta);
 *   });
 *
 * @throws {@link ProviderError} on the error channel, for an error in the stream that the SDK passes on.
 * @see {@link textDeltas} and {@link toolCalls} for the stages after
 * @see {@link openaiResponses} for a model to ask for structured answers
 * @param client An OpenAI client, from 4.87 on.
 * @param body The request.
 * @param config How long to wait for a chunk, and the SDK's own options of a request.
 * @returns An Observable that makes a request per subscription, and emits the answer's events.
 * @since 0.1.0
 */
export function fromResponse(
  client: ResponsesClient,
  body: ResponseBody,
  config: ResponseConfig = {},
): Observable<CompletionEvent> {
  checkArguments('fromResponse', { client, method: 'responses.create', params: body });
  expectOptions('fromResponse', config);
  return defer(() => {
    const events = createResponseReader();
    const turn = config.turnParts === true ? withTurnParts(events, new ResponseTurn()) : events;
    const response = new SdkResponse(client, responseFormat, turn);
    return fromCompletion(
      (signal) =>
        response.open(client.responses.create({ ...body, stream: true }, { ...config.requestOptions, signal })),
      (chunks) => response.read(chunks),
      config,
    );
  });
}
