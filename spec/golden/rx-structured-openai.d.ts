export type AnswerMode = 'json-schema' | 'tool' | 'json-object' | 'text';

export type ChatCompletionBody = Omit<OpenAI.ChatCompletionCreateParamsStreaming, 'stream'>;

export interface ChatCompletionClient {
    readonly chat: {
        readonly completions: {
            create(body: OpenAI.ChatCompletionCreateParamsStreaming, options: OpenAIRequestOptions & {
                readonly signal: AbortSignal;
            }): PromiseLike<AsyncIterable<ChatChunk>>;
        };
    };
}

export interface ChatCompletionConfig extends FromCompletionConfig {
    readonly turnParts?: boolean;
    readonly requestOptions?: OpenAIRequestOptions | undefined;
}

export type OpenAIRequestOptions = Omit<OpenAI.RequestOptions, 'signal' | 'stream'>;

export interface OpenaiChatConfig extends ChatCompletionConfig {
    readonly mode?: AnswerMode;
    readonly afterThought?: boolean;
    readonly strict?: boolean;
}

export type OpenaiChatParams = Omit<ChatCompletionBody, 'messages' | 'response_format'>;

export interface OpenaiResponsesConfig extends ResponseConfig {
    readonly mode?: AnswerMode;
    readonly afterThought?: boolean;
    readonly strict?: boolean;
}

export type OpenaiResponsesParams = Omit<ResponseBody, 'input'>;

export type ResponseBody = Omit<OpenAI.Responses.ResponseCreateParamsStreaming, 'stream'>;

export interface ResponseConfig extends FromCompletionConfig {
    readonly turnParts?: boolean;
    readonly requestOptions?: OpenAIRequestOptions | undefined;
}

export interface ResponsesClient {
    readonly responses: {
        create(body: OpenAI.Responses.ResponseCreateParamsStreaming, options: OpenAIRequestOptions & {
            readonly signal: AbortSignal;
        }): PromiseLike<AsyncIterable<ResponseEvent>>;
    };
}

export declare function fromChatCompletion(client: ChatCompletionClient, body: ChatCompletionBody, config?: ChatCompletionConfig): Observable<CompletionEvent>;

export declare function fromResponse(client: ResponsesClient, body: ResponseBody, config?: ResponseConfig): Observable<CompletionEvent>;

export declare function openaiChat(client: ChatCompletionClient, params: OpenaiChatParams, config?: OpenaiChatConfig): CompletionModel<Message, Message>;

export declare function openaiResponses(client: ResponsesClient, params: OpenaiResponsesParams, config?: OpenaiResponsesConfig): CompletionModel<Item, Item>;

// Not exported, but spoken of:

export interface AnswerSchema {
    readonly name: string;
    readonly description?: string;
    readonly schema: Readonly<Record<string, unknown>>;
}

export type AnswerStep = 'any-step' | 'last-step';

export interface ChatChoice {
    readonly index?: number | null;
    readonly delta?: ChatMessage | null;
    readonly message?: ChatMessage | null;
    readonly finish_reason?: string | null;
    readonly usage?: ChatUsage | null;
    readonly error?: unknown;
}

export interface ChatChunk {
    readonly id?: string | null;
    readonly model?: string | null;
    readonly object?: string | null;
    readonly choices?: readonly ChatChoice[] | null;
    readonly usage?: ChatUsage | null;
    readonly error?: unknown;
}

export interface ChatContentPart {
    readonly type?: string | null;
    readonly text?: string | null;
    readonly thinking?: string | readonly ChatContentPart[] | null;
    readonly refusal?: string | null;
}

export interface ChatFunction {
    readonly name?: string | null;
    readonly arguments?: unknown;
    readonly input?: unknown;
}

export interface ChatMessage {
    readonly content?: string | readonly ChatContentPart[] | null;
    readonly refusal?: string | null;
    readonly reasoning?: string | null;
    readonly reasoning_content?: string | null;
    readonly reasoning_details?: readonly ChatReasoningDetail[] | null;
    readonly tool_calls?: readonly ChatToolCall[] | null;
    readonly function_call?: ChatFunction | null;
}

export interface ChatReasoningDetail {
    readonly text?: string | null;
    readonly summary?: string | null;
}

export interface ChatToolCall {
    readonly index?: number | null;
    readonly id?: string | null;
    readonly function?: ChatFunction | null;
    readonly custom?: ChatFunction | null;
}

export interface ChatUsage {
    readonly prompt_tokens?: number | null;
    readonly completion_tokens?: number | null;
    readonly prompt_tokens_details?: {
        readonly cached_tokens?: number | null;
    } | null;
    readonly completion_tokens_details?: {
        readonly reasoning_tokens?: number | null;
    } | null;
    readonly prompt_cache_hit_tokens?: number | null;
}

export type CompletionEvent = StartEvent | TextDeltaEvent | ToolDeltaEvent | ReasoningDeltaEvent | RefusalDeltaEvent | UsageEvent | FinishEvent | TurnPartEvent;

export interface CompletionModel<M, T = unknown> {
    readonly model?: string;
    readonly mode?: AnswerMode;
    readonly params?: object;
    readonly dialect: SchemaDialect;
    readonly keys?: RegExp;
    ask(question: Question<M>): Observable<CompletionEvent>;
    toText(answer: AnswerSchema): OperatorFunction<CompletionEvent, string>;
    toMessages?(given: GivenAnswer): readonly T[];
    readonly answer?: AnswerStep;
    readonly heedsIdleTimeout?: boolean;
    readonly jsonInText?: boolean;
    readonly afterThought?: boolean;
    readonly jsonInFence?: boolean;
}

export interface FailedAnswer {
    readonly text: string;
    readonly correction: string;
}

export interface FilePart {
    readonly type: 'file';
    readonly data: string | Uint8Array;
    readonly mediaType: string;
    readonly filename?: string;
}

export interface FinishEvent {
    readonly type: 'finish';
    readonly reason: FinishReason;
    readonly raw: unknown;
}

export type FinishReason = 'stop' | 'length' | 'content-filter' | 'tool-calls' | 'refusal' | 'interrupted' | 'paused' | 'other';

export interface FromCompletionConfig {
    readonly idleTimeout?: number | undefined;
}

export interface GivenAnswer {
    readonly text: string;
    readonly answer: AnswerSchema;
    readonly call?: {
        readonly id?: string;
    };
    readonly steps?: readonly ToolStep[];
}

export type ImagePart = {
    readonly type: 'image';
    readonly url: string;
    readonly mediaType?: string;
    readonly data?: never;
} | {
    readonly type: 'image';
    readonly data: string | Uint8Array;
    readonly mediaType: string;
    readonly url?: never;
};

type Item = OpenAI.Responses.ResponseInputItem;

export interface Message {
    readonly role: 'system' | 'user' | 'assistant';
    readonly content: string | readonly MessagePart[];
}

type Message = OpenAI.ChatCompletionMessageParam;

export type MessagePart = TextPart | ImagePart | FilePart;

export interface Question<M> {
    readonly messages: readonly (M | Message)[];
    readonly answer: AnswerSchema;
    readonly failures: readonly FailedAnswer[];
    readonly tools?: readonly ToolSchema[];
    readonly steps?: readonly ToolStep[];
    readonly isAnswerLater?: boolean;
    readonly idleTimeout?: number;
    readonly requestOptions?: RequestOptions;
}

export interface ReasoningDeltaEvent {
    readonly type: 'reasoning-delta';
    readonly text: string;
}

export interface RefusalDeltaEvent {
    readonly type: 'refusal-delta';
    readonly text: string;
}

export interface RequestOptions {
    readonly headers?: Readonly<Record<string, string>>;
    readonly timeout?: number;
    readonly maxRetries?: number;
    readonly idempotencyKey?: string;
}

export interface ResponseEvent {
    readonly type: string;
    readonly response?: ResponseState | null;
    readonly output_index?: number | null;
    readonly item_id?: string | null;
    readonly item?: ResponseItem | null;
    readonly delta?: unknown;
}

export interface ResponseItem {
    readonly type?: string | null;
    readonly id?: string | null;
    readonly phase?: string | null;
    readonly call_id?: string | null;
    readonly name?: string | null;
    readonly arguments?: unknown;
    readonly input?: unknown;
    readonly content?: string | readonly ResponsePart[] | null;
}

export interface ResponsePart {
    readonly type?: string | null;
    readonly text?: string | null;
    readonly refusal?: string | null;
}

export interface ResponseState {
    readonly id?: string | null;
    readonly model?: string | null;
    readonly status?: string | null;
    readonly output?: readonly ResponseItem[] | null;
    readonly incomplete_details?: {
        readonly reason?: string | null;
    } | null;
    readonly error?: unknown;
    readonly usage?: ResponseUsage | null;
}

export interface ResponseUsage {
    readonly input_tokens?: number | null;
    readonly output_tokens?: number | null;
    readonly input_tokens_details?: {
        readonly cached_tokens?: number | null;
    } | null;
    readonly output_tokens_details?: {
        readonly reasoning_tokens?: number | null;
    } | null;
}

export type SchemaDialect = 'openai' | 'anthropic' | 'open';

export interface StartEvent {
    readonly type: 'start';
    readonly id?: string;
    readonly model?: string;
    readonly requestId?: string;
    readonly headers?: Readonly<Record<string, string>>;
}

export interface TextDeltaEvent {
    readonly type: 'text-delta';
    readonly text: string;
    readonly phase?: 'commentary';
}

export interface TextPart {
    readonly type: 'text';
    readonly text: string;
}

export interface ToolDeltaEvent {
    readonly type: 'tool-delta';
    readonly index: number;
    readonly id?: string;
    readonly name?: string;
    readonly text: string;
}

export interface ToolResult {
    readonly id: string;
    readonly name: string;
    readonly arguments: string;
    readonly text: string;
    readonly isError: boolean;
}

export type ToolSchema = AnswerSchema;

export interface ToolStep {
    readonly failures: number;
    readonly text: string;
    readonly calls: readonly ToolResult[];
    readonly parts: readonly unknown[];
}

export interface TurnPartEvent {
    readonly type: 'turn-part';
    readonly raw: unknown;
}

export interface UsageEvent {
    readonly type: 'usage';
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly cachedInputTokens?: number;
    readonly reasoningTokens?: number;
    readonly raw: unknown;
}
