export interface CachedConfig {
    key?(question: Question<unknown>): string;
}

export interface EventStore {
    get(key: string): Stored | PromiseLike<Stored>;
    set(key: string, events: readonly CompletionEvent[]): unknown;
}

export interface LimitedConfig {
    readonly concurrency: number;
}

export declare function cached(store: EventStore, config?: CachedConfig): <M>(model: CompletionModel<M>) => CompletionModel<M>;

export declare function limited(config: LimitedConfig): <M>(model: CompletionModel<M>) => CompletionModel<M>;

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

export type SchemaDialect = 'openai' | 'anthropic' | 'open';

export interface StartEvent {
    readonly type: 'start';
    readonly id?: string;
    readonly model?: string;
    readonly requestId?: string;
    readonly headers?: Readonly<Record<string, string>>;
}

type Stored = readonly CompletionEvent[] | null | undefined;

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
