export interface CompletionSpanConfig {
    readonly provider: string;
    readonly model: string;
}

export interface TraceCompletionConfig extends CompletionSpanConfig {
    readonly watch?: (event: WatchedEvent) => void;
    readonly tracer?: Tracer;
}

export declare function traceCompletion<E extends InvalidAnswer, A>(run: (watch: (event: WatchedEvent) => void) => Observable<Either<E, A>>, config: TraceCompletionConfig): Observable<Either<E, A>>;

// Not exported, but spoken of:

export interface AnswerDeltaEvent {
    readonly type: 'answer-delta';
    readonly text: string;
    readonly wrapped?: true;
}

export type CompletionEvent = StartEvent | TextDeltaEvent | ToolDeltaEvent | ReasoningDeltaEvent | RefusalDeltaEvent | UsageEvent | FinishEvent;

export interface FinishEvent {
    readonly type: 'finish';
    readonly reason: FinishReason;
    readonly raw: unknown;
}

export type FinishReason = 'stop' | 'length' | 'content-filter' | 'tool-calls' | 'refusal' | 'other';

export interface InvalidAnswer {
    readonly _tag: 'InvalidJson' | 'InvalidValue';
    readonly message: string;
    readonly errors: Errors;
    readonly path: JsonPath;
    readonly text: string;
    readonly attempt: number;
    readonly retriesLeft: number;
}


export type JsonPath = readonly (string | number)[];

export interface ReasoningDeltaEvent {
    readonly type: 'reasoning-delta';
    readonly text: string;
}

export interface RefusalDeltaEvent {
    readonly type: 'refusal-delta';
    readonly text: string;
}

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
}

export interface ToolDeltaEvent {
    readonly type: 'tool-delta';
    readonly index: number;
    readonly id?: string;
    readonly name?: string;
    readonly text: string;
}

export interface UsageEvent {
    readonly type: 'usage';
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly cachedInputTokens?: number;
    readonly reasoningTokens?: number;
    readonly raw: unknown;
}

export type WatchedEvent = CompletionEvent | AnswerDeltaEvent;
