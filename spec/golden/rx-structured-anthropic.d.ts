export interface AnthropicMessagesConfig extends MessageConfig {
    readonly mode?: AnthropicMode;
    readonly afterThought?: boolean;
}

export type AnthropicMessagesParams = Omit<MessageBody, 'messages'>;

export type AnthropicMode = Exclude<AnswerMode, 'json-object'>;

export type AnthropicRequestOptions = Omit<Anthropic.RequestOptions, 'signal' | 'stream'>;

export type MessageBody = Omit<Anthropic.MessageCreateParamsStreaming, 'stream'>;

export interface MessageConfig extends FromCompletionConfig {
    readonly turnParts?: boolean;
    readonly requestOptions?: AnthropicRequestOptions | undefined;
}

export interface MessagesClient {
    readonly messages: {
        create(body: Anthropic.MessageCreateParamsStreaming, options: AnthropicRequestOptions & {
            readonly signal: AbortSignal;
        }): PromiseLike<AsyncIterable<MessageEvent>>;
    };
}

export declare function anthropicMessages(client: MessagesClient, params: AnthropicMessagesParams, config?: AnthropicMessagesConfig): CompletionModel<Message, Message>;

export declare function fromMessage(client: MessagesClient, body: MessageBody, config?: MessageConfig): Observable<CompletionEvent>;

// Not exported, but spoken of:

export type AnswerMode = 'json-schema' | 'tool' | 'json-object' | 'text';

export interface AnswerSchema {
    readonly name: string;
    readonly description?: string;
    readonly schema: Readonly<Record<string, unknown>>;
}

export type AnswerStep = 'any-step' | 'last-step';

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

export interface Message {
    readonly role: 'system' | 'user' | 'assistant';
    readonly content: string | readonly MessagePart[];
}

type Message = Anthropic.MessageParam;

export interface MessageBlock {
    readonly type?: string | null;
    readonly id?: string | null;
    readonly name?: string | null;
    readonly input?: unknown;
    readonly text?: string | null;
    readonly thinking?: string | null;
}

export interface MessageDelta {
    readonly type?: string | null;
    readonly text?: string | null;
    readonly partial_json?: string | null;
    readonly thinking?: string | null;
    readonly stop_reason?: string | null;
    readonly stop_details?: {
        readonly explanation?: string | null;
    } | null;
}

export interface MessageEvent {
    readonly type: string;
    readonly index?: number | null;
    readonly message?: {
        readonly id?: string | null;
        readonly model?: string | null;
        readonly usage?: MessageUsage | null;
    } | null;
    readonly content_block?: MessageBlock | null;
    readonly delta?: MessageDelta | null;
    readonly usage?: MessageUsage | null;
}

export type MessagePart = TextPart | ImagePart | FilePart;

export interface MessageUsage {
    readonly input_tokens?: number | null;
    readonly output_tokens?: number | null;
    readonly cache_creation_input_tokens?: number | null;
    readonly cache_read_input_tokens?: number | null;
    readonly output_tokens_details?: {
        readonly thinking_tokens?: number | null;
    } | null;
}

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
