export type AnswerEvent = TextEvent | ReasoningEvent | StepEvent | ToolCallEvent | InvalidEvent | UnavailableEvent | CompleteEvent | FailedEvent;

export interface AnswerEventsConfig {
    readonly failure?: (error: unknown) => FailedEvent | undefined;
    readonly reasoning?: boolean;
    readonly tools?: readonly string[];
}

export interface CompleteEvent {
    readonly type: 'complete';
    readonly completion: SentCompletion;
}

export type DecodeAnswerConfig = ToJsonTokensConfig & AccumulatePartialConfig & DecodeWithConfig;

export interface FailedEvent {
    readonly type: 'failed';
    readonly code: FailureCode;
    readonly message: string;
}

export type FailureCode = (typeof FAILURE_CODES)[number];

export interface FromAnswerEventsConfig<K extends string = never> extends DecodeAnswerConfig {
    readonly tools?: readonly K[];
    readonly watch?: Watcher;
}

export interface FromSseInit<A, K extends string = never> extends RequestInit, FromAnswerEventsConfig<K> {
    readonly codec: CodecLike<A>;
    readonly resumes?: number;
    readonly heartbeat?: number;
    readonly maxEventLength?: number;
    readonly fetch?: typeof globalThis.fetch;
}

export interface InvalidEvent extends Pick<InvalidAnswer, 'message' | 'path' | 'attempt' | 'retriesLeft'> {
    readonly type: 'invalid';
    readonly tag: InvalidAnswer['_tag'];
    readonly text?: string;
}

export interface NodeResponse {
    readonly destroyed?: boolean;
    readonly stream?: {
        readonly destroyed: boolean;
    } | undefined;
    readonly req?: {
        readonly method?: string | undefined;
    };
    writeHead(status: number, headers: Record<string, string>): unknown;
    write(chunk: Uint8Array): boolean;
    end(): unknown;
    destroy(): unknown;
    once(event: 'close' | 'drain', listener: () => void): unknown;
    removeListener(event: 'close' | 'drain', listener: () => void): unknown;
}

export interface ReasoningEvent {
    readonly type: 'reasoning';
    readonly text: string;
}

export declare class RemoteCompletionError extends StructuredError {
    readonly code: Exclude<FailureCode, 'refused' | IncompleteReason>;
    protected static readonly brand = "rx-structured/RemoteCompletionError";
    readonly name = "RemoteCompletionError";
    readonly text: string;
    constructor(code: Exclude<FailureCode, 'refused' | IncompleteReason>, message: string, text: string);
}

export type RemoteToolEvent<K extends string> = [
    K
] extends [
    never
] ? never : ToolEvent<K>;

export type SentCompletion = Partial<Omit<CompletionInfo, 'text' | 'messages'>>;

export interface SseConfig {
    readonly lastEventId?: string | null | undefined;
    readonly resumable?: boolean;
    readonly retry?: number;
    readonly heartbeat?: number;
}

export declare class SseError extends StructuredError {
    readonly code: SseErrorCode;
    readonly status: number;
    protected static readonly brand = "rx-structured/SseError";
    readonly name = "SseError";
    readonly body: string;
    constructor(code: SseErrorCode, message: string, status: number, body?: string);
}

export type SseErrorCode = 'status' | 'content-type' | 'malformed' | 'too-long';

export interface SseMessage {
    readonly id?: string;
    readonly type?: string;
    readonly data?: string;
    readonly retry?: number;
    readonly comment?: string;
}

export interface SseResponseConfig extends SseConfig {
    readonly signal?: AbortSignal;
    readonly method?: string;
    readonly headers?: ConstructorParameters<typeof Headers>[0];
}

export interface StepEvent {
    readonly type: 'step';
}

export interface TextEvent {
    readonly type: 'text';
    readonly text: string;
    readonly wrapped?: true;
}

export interface ToolCallEvent {
    readonly type: 'tool';
    readonly name: string;
    readonly id: string;
    readonly step: number;
    readonly state: 'writing' | 'running' | 'done' | 'failed';
    readonly input?: unknown;
    readonly progress?: unknown;
    readonly output?: unknown;
    readonly message?: string;
}

export interface UnavailableEvent extends Pick<Unavailable, 'message' | 'attempt' | 'retriesLeft'> {
    readonly type: 'unavailable';
}

export type WatchedRun<A> = (watch: (event: WatchedEvent) => void) => Observable<Either<InvalidAnswer | Unavailable, Decoded<A> | ToolEvent>>;

export declare function answerEvents<A>(run: WatchedRun<A>, config?: AnswerEventsConfig): Observable<AnswerEvent>;

export declare function fromAnswerEvents<A, K extends string = never>(events: Observable<AnswerEvent>, decoder: CodecLike<A>, config?: FromAnswerEventsConfig<K>): Observable<Either<InvalidAnswer | Unavailable, StructuredAnswer<A> | RemoteToolEvent<K>>>;

export declare function fromSse<A, K extends string = never>(input: string | URL | Request, init: FromSseInit<A, K>): Observable<Either<InvalidAnswer | Unavailable, StructuredAnswer<A> | RemoteToolEvent<K>>>;

export declare function toMessageEvents(config?: SseConfig): OperatorFunction<AnswerEvent, SseMessage>;

export declare function toSseResponse(events: Observable<AnswerEvent>, config?: SseResponseConfig): Response;

export declare function writeResponse(response: Response, to: NodeResponse): void;

// Not exported, but spoken of:

export interface AccumulatePartialConfig {
    readonly numbers?: Growth;
    readonly strings?: Growth;
    readonly sample?: ObservableInput<unknown>;
}

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

export type CodecLike<A> = t.Type<A, unknown> | StandardSchema<unknown, A>;

export interface CompletedAnswer<A, T = unknown> extends DecodedComplete<A> {
    readonly completion: CompletionInfo<T>;
}

export type CompletionEvent = StartEvent | TextDeltaEvent | ToolDeltaEvent | ReasoningDeltaEvent | RefusalDeltaEvent | UsageEvent | FinishEvent | TurnPartEvent;

export interface CompletionInfo<T = unknown> {
    readonly id?: string;
    readonly model?: string;
    readonly finishReason?: FinishReason;
    readonly usage?: Usage;
    readonly text: string;
    readonly messages: readonly (T | Message)[];
    readonly attempts: readonly AttemptInfo[];
}

export interface DecodeWithConfig {
    readonly failFast?: boolean;
    readonly excess?: Excess;
    readonly pathPrefix?: JsonPath;
}

export type Decoded<A> = DecodedPartial<A> | DecodedComplete<A>;

export interface DecodedComplete<A> {
    readonly _tag: 'Complete';
    readonly value: A;
}

export interface DecodedPartial<A> {
    readonly _tag: 'Partial';
    readonly value: PartialOf<A>;
    readonly path: JsonPath;
}

export type Excess = 'allow' | 'strip' | 'error';

export declare const FAILURE_CODES: readonly [
    "refused",
    "length",
    "content-filter",
    "interrupted",
    "paused",
    "other",
    "timeout",
    "rate-limited",
    "unavailable",
    "internal"
];

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

export type Growth = 'growing' | 'whole';

type HasMethod<A> = {
    [K in keyof A]-?: IsMethod<A[K]>;
}[keyof A];

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

export type IncompleteReason = 'length' | 'content-filter' | 'interrupted' | 'paused' | 'other';

export interface InvalidAnswer {
    readonly _tag: 'InvalidJson' | 'InvalidValue';
    readonly message: string;
    readonly errors: Errors;
    readonly path: JsonPath;
    readonly text: string;
    readonly attempt: number;
    readonly retriesLeft: number;
}

type IsMethod<T> = unknown extends T ? false : T extends (...args: never) => unknown ? true : false;

type IsSum<A> = A extends None ? true : A extends Some<unknown> ? true : A extends Left<unknown> ? true : A extends Right<unknown> ? true : false;


export type JsonPath = readonly (string | number)[];

export interface Message {
    readonly role: 'system' | 'user' | 'assistant';
    readonly content: string | readonly MessagePart[];
}

export type MessagePart = TextPart | ImagePart | FilePart;

export type PartialOf<A> = unknown extends A ? A : A extends boolean | number | string | bigint | symbol | null | undefined ? PartialOfScalar<A> : typeof shown extends keyof A ? PartialOfShown<A> : A extends Whole ? A : A extends readonly unknown[] ? PartialOfArray<A> : true extends HasMethod<A> | IsSum<A> ? A : {
    readonly [K in keyof A]?: PartialOf<A[K]>;
};

type PartialOfArray<A extends readonly unknown[]> = number extends A['length'] ? A extends {
    readonly 0: unknown;
} ? A : readonly PartialOf<A[number]>[] : {
    readonly [K in keyof A]?: PartialOf<A[K]>;
};

type PartialOfScalar<A> = typeof shown extends keyof A ? PartialOfShown<A> : A;

type PartialOfShown<A> = A extends {
    readonly [shown]?: readonly [
        infer P
    ];
} ? P : never;

export interface ReasoningDeltaEvent {
    readonly type: 'reasoning-delta';
    readonly text: string;
}

export interface RefusalDeltaEvent {
    readonly type: 'refusal-delta';
    readonly text: string;
}

export interface StandardFailure {
    readonly issues: readonly StandardIssue[];
}

export interface StandardIssue {
    readonly message: string;
    readonly path?: readonly (PropertyKey | {
        readonly key: PropertyKey;
    })[] | undefined;
}

export interface StandardJsonSchemaOptions {
    readonly target: 'draft-2020-12';
    readonly libraryOptions?: Record<string, unknown>;
}

export type StandardResult<A> = {
    readonly value: A;
    readonly issues?: undefined;
} | StandardFailure;

export interface StandardSchema<I = unknown, A = I> {
    readonly '~standard': {
        readonly version: 1;
        readonly vendor: string;
        readonly validate: (value: unknown) => StandardResult<A> | Promise<StandardResult<A>>;
        readonly types?: {
            readonly input: I;
            readonly output: A;
        } | undefined;
        readonly jsonSchema?: {
            readonly [io in 'input' | 'output']: (options: StandardJsonSchemaOptions) => object;
        };
    };
}

export interface StartEvent {
    readonly type: 'start';
    readonly id?: string;
    readonly model?: string;
    readonly requestId?: string;
    readonly headers?: Readonly<Record<string, string>>;
}

export type StructuredAnswer<A, T = unknown> = DecodedPartial<A> | CompletedAnswer<A, T>;

export declare abstract class StructuredError extends Error {
    protected static readonly brand: string;
    constructor(message: string, told?: Readonly<Record<string, unknown>>);
    toJSON(): Readonly<Record<string, unknown>>;
    static [Symbol.hasInstance](value: unknown): boolean;
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

export interface ToJsonTokensConfig {
    readonly maxDepth?: number;
    readonly maxLength?: number;
    readonly maxWhitespace?: number;
}

interface ToolCallState<K extends string> extends ToolContext {
    readonly _tag: 'Tool';
    readonly name: K;
}

export interface ToolContext {
    readonly id: string;
    readonly step: number;
}

export interface ToolDeltaEvent {
    readonly type: 'tool-delta';
    readonly index: number;
    readonly id?: string;
    readonly name?: string;
    readonly text: string;
}

export interface ToolDone<K extends string, I, O> extends ToolCallState<K> {
    readonly state: 'done';
    readonly input: I;
    readonly output: O | undefined;
}

export type ToolEvent<K extends string = string, I = unknown, O = unknown> = ToolWriting<K, I> | ToolRunning<K, I, O> | ToolDone<K, I, O> | ToolFailed<K, I>;

export interface ToolFailed<K extends string, I> extends ToolCallState<K> {
    readonly state: 'failed';
    readonly input: I | PartialOf<I> | undefined;
    readonly error: unknown;
}

export interface ToolRunning<K extends string, I, O> extends ToolCallState<K> {
    readonly state: 'running';
    readonly input: I;
    readonly progress?: O;
}

export interface ToolWriting<K extends string, I> extends ToolCallState<K> {
    readonly state: 'writing';
    readonly input: PartialOf<I> | undefined;
}

export interface TurnPartEvent {
    readonly type: 'turn-part';
    readonly raw: unknown;
}

export interface Unavailable {
    readonly _tag: 'Unavailable';
    readonly error?: unknown;
    readonly message: string;
    readonly attempt: number;
    readonly retriesLeft: number;
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

export type Watcher = ((event: WatchedEvent) => void) | {
    readonly next: (event: WatchedEvent) => void;
};

type Whole = Brand<unknown> | {
    readonly _URI: unknown;
    readonly _A: unknown;
} | ((...args: never) => unknown);

declare const shown: unique symbol;
