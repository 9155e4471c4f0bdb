export interface Inspector {
    readonly url: string;
    readonly watch: (name: string) => InspectorWatcher;
    readonly close: () => Promise<void>;
}

export interface InspectorConfig {
    readonly port?: number;
}

export type InspectorWatcher = ((event: WatchedEvent) => void) & {
    readonly next: (event: WatchedEvent) => void;
};

export declare function startInspector(config?: InspectorConfig): Promise<Inspector>;

// Not exported, but spoken of:

export interface AnswerDeltaEvent {
    readonly type: 'answer-delta';
    readonly text: string;
    readonly wrapped?: true;
}

export interface AttemptEvent extends Pick<AttemptInfo, 'attempt' | 'step' | 'model' | 'startedAt'> {
    readonly type: 'attempt';
}

export interface AttemptInfo {
    readonly attempt: number;
    readonly step?: number;
    readonly model?: string;
    readonly id?: string;
    readonly requestId?: string;
    readonly startedAt: number;
    readonly firstEventAfter?: number;
    readonly duration: number;
    readonly characters: number;
    readonly finishReason?: FinishReason | 'stopped';
    readonly usage?: Usage;
}

export interface AttemptOverEvent extends AttemptInfo {
    readonly type: 'attempt-over';
    readonly text: string;
    readonly error?: unknown;
}

export type CompletionEvent = StartEvent | TextDeltaEvent | ToolDeltaEvent | ReasoningDeltaEvent | RefusalDeltaEvent | UsageEvent | FinishEvent | TurnPartEvent;

export interface FinishEvent {
    readonly type: 'finish';
    readonly reason: FinishReason;
    readonly raw: unknown;
}

export type FinishReason = 'stop' | 'length' | 'content-filter' | 'tool-calls' | 'refusal' | 'interrupted' | 'paused' | 'other';

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
    readonly phase?: 'commentary';
}

export interface ToolDeltaEvent {
    readonly type: 'tool-delta';
    readonly index: number;
    readonly id?: string;
    readonly name?: string;
    readonly text: string;
}

export interface TurnPartEvent {
    readonly type: 'turn-part';
    readonly raw: unknown;
}

export type Usage = Omit<UsageEvent, 'type' | 'raw'>;

export interface UsageEvent {
    readonly type: 'usage';
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly cachedInputTokens?: number;
    readonly reasoningTokens?: number;
    readonly raw: unknown;
}

export type WatchedEvent = AttemptEvent | CompletionEvent | AnswerDeltaEvent | AttemptOverEvent;
