export interface AccumulatePartialConfig {
    readonly numbers?: Growth;
    readonly strings?: Growth;
    readonly sample?: ObservableInput<unknown>;
}

export interface AddOperation {
    readonly op: 'add';
    readonly path: string;
    readonly value: Json;
}

export interface AnswerDeltaEvent {
    readonly type: 'answer-delta';
    readonly text: string;
    readonly wrapped?: true;
}

export type AnswerMode = 'json-schema' | 'tool' | 'json-object' | 'text';

export interface AnswerProgress<T = ToolEvent> {
    readonly attempt: number;
    readonly failures: readonly (InvalidAnswer | Unavailable)[];
    readonly tools: readonly T[];
}

export interface AnswerSchema {
    readonly name: string;
    readonly description?: string;
    readonly schema: Readonly<Record<string, unknown>>;
}

export type AnswerState<A, T = ToolEvent, C = CompletionInfo> = WaitingAnswer<T> | WritingAnswer<A, T> | DoneAnswer<A, T, C> | RejectedAnswer<T> | FailedAnswerState<A, T>;

export interface AnyTool {
    readonly description?: string;
    readonly input: t.Mixed | StandardSchema;
    readonly run: (input: never, context: ToolContext) => ObservableInput<unknown>;
}

export interface AppendOperation {
    readonly op: 'append';
    readonly path: string;
    readonly value: string;
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

export type Complaints = string | readonly string[] | undefined;

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

export interface ConversationConfig<M> extends AnswerSchemaConfig {
    readonly messages: readonly (M | Message)[];
    readonly retries?: number;
    readonly delay?: RetryOnValidationErrorConfig<never>['delay'];
    readonly correction?: Correction;
    readonly idleTimeout?: number;
    readonly watch?: Watcher;
}

export type Correction = (failure: InvalidAnswer, context: CorrectionContext) => string;

export interface CorrectionContext {
    readonly stopped: boolean;
    readonly elements?: number;
}

export interface DecodeToolCallsConfig extends ToJsonTokensConfig, AccumulatePartialConfig, DecodeWithConfig {
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

export interface DecodedElement<A> {
    readonly _tag: 'Element';
    readonly value: A;
    readonly index: number;
    readonly attempt: number;
}

export interface DecodedPartial<A> {
    readonly _tag: 'Partial';
    readonly value: PartialOf<A>;
    readonly path: JsonPath;
}

export interface Description {
    readonly title?: string;
    readonly description?: string;
    readonly examples?: readonly unknown[];
    readonly schema?: Readonly<Record<string, unknown>> | t.Decoder<unknown, unknown>;
}

export interface DoneAnswer<A, T = ToolEvent, C = CompletionInfo> extends AnswerProgress<T> {
    readonly phase: 'done';
    readonly value: A;
    readonly completion?: C;
}

export interface FailedAnswer {
    readonly text: string;
    readonly correction: string;
}

export interface FailedAnswerState<A, T = ToolEvent> extends AnswerProgress<T> {
    readonly phase: 'failed';
    readonly error: unknown;
    readonly value?: PartialOf<A>;
}

export interface FallbackConfig {
    readonly fallbackOn?: (error: unknown) => boolean;
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

export interface GivenTurns<T> {
    readonly assistant: (text: string) => T;
    readonly tool?: (call: {
        readonly id: string;
        readonly input: object;
        readonly json: string;
    }) => readonly T[];
    readonly step?: (step: ToolStep) => readonly T[];
}

export declare class IdleTimeoutError extends StructuredError {
    readonly idleTimeout: number;
    readonly chunks: number;
    protected static readonly brand = "rx-structured/IdleTimeoutError";
    readonly name = "IdleTimeoutError";
    constructor(idleTimeout: number, chunks: number);
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

export declare class IncompleteCompletionError extends StructuredError {
    readonly reason: IncompleteReason;
    protected static readonly brand = "rx-structured/IncompleteCompletionError";
    readonly name = "IncompleteCompletionError";
    readonly text: string;
    readonly raw?: unknown;
    constructor(reason: IncompleteReason, text: string, { raw, cause }?: IncompleteCompletionOptions);
}

export interface IncompleteCompletionOptions {
    readonly raw?: unknown;
    readonly cause?: unknown;
}

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

export declare class InvalidAnswerError extends StructuredError {
    protected static readonly brand = "rx-structured/InvalidAnswerError";
    readonly name = "InvalidAnswerError";
    readonly invalid: InvalidAnswer | Unavailable;
    constructor(invalid: InvalidAnswer | Unavailable);
}

export interface InvalidElement extends InvalidAnswer {
    readonly index?: number;
}

export type Json = null | boolean | number | string | readonly Json[] | {
    readonly [key: string]: Json;
};

export interface JsonKeyToken {
    readonly type: 'key';
    readonly offset: number;
    readonly key: string;
}

export interface JsonLiteralToken {
    readonly type: 'literal';
    readonly offset: number;
    readonly value: boolean | null;
}

export interface JsonNumberToken {
    readonly type: 'number';
    readonly offset: number;
    readonly text: string;
    readonly start: boolean;
    readonly end: boolean;
}

export declare class JsonPatchError extends StructuredError {
    protected static readonly brand = "rx-structured/JsonPatchError";
    readonly name = "JsonPatchError";
    readonly operation: PatchOperation;
    constructor(operation: PatchOperation, reason: string);
}


export interface JsonSchema {
    readonly $ref?: string;
    readonly $defs?: Readonly<Record<string, JsonSchema>>;
    readonly title?: string;
    readonly description?: string;
    readonly type?: JsonSchemaType;
    readonly enum?: readonly unknown[];
    readonly anyOf?: readonly JsonSchema[];
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly required?: readonly string[];
    readonly additionalProperties?: boolean | JsonSchema;
    readonly items?: boolean | JsonSchema;
    readonly prefixItems?: readonly JsonSchema[];
    readonly [keyword: string]: unknown;
}

export interface JsonStringToken {
    readonly type: 'string';
    readonly offset: number;
    readonly text: string;
    readonly start: boolean;
    readonly end: boolean;
}

export interface JsonStructureToken {
    readonly type: 'object-start' | 'object-end' | 'array-start' | 'array-end';
    readonly offset: number;
}

export declare class JsonSyntaxError extends StructuredError {
    readonly code: JsonSyntaxErrorCode;
    readonly offset: number;
    protected static readonly brand = "rx-structured/JsonSyntaxError";
    readonly name = "JsonSyntaxError";
    readonly path: JsonPath;
    readonly text: string;
    constructor(code: JsonSyntaxErrorCode, offset: number, path: JsonPath, text: string, problem: string);
}

export type JsonSyntaxErrorCode = 'unexpected-character' | 'unexpected-end' | 'invalid-literal' | 'invalid-number' | 'invalid-escape' | 'control-character' | 'trailing-data' | 'duplicate-key' | 'max-depth' | 'max-length' | 'max-whitespace';

export type JsonToken = JsonStructureToken | JsonKeyToken | JsonStringToken | JsonNumberToken | JsonLiteralToken;

export type JsonTokens = readonly JsonToken[] & {
    readonly text: string;
};

export interface LiveToolCall<K extends string, A> extends Pick<ToolCall, 'id' | 'index'> {
    readonly name: K;
    readonly decoded: Observable<Either<InvalidAnswer, Decoded<A>>>;
}

export type LiveToolCallOf<C extends Readonly<Record<string, t.Mixed | StandardSchema>>> = {
    [K in keyof C & string]: LiveToolCall<K, OutputOf<C[K]>>;
}[keyof C & string];

export interface MadeCall {
    readonly id: string;
    readonly name: string;
    readonly arguments: string;
    readonly step: number;
}

export interface MadeToolCall {
    readonly index: number;
    readonly id?: string;
    readonly name: string;
    readonly arguments: string;
}

export declare class MaxStepsError extends StructuredError {
    readonly maxSteps: number;
    protected static readonly brand = "rx-structured/MaxStepsError";
    readonly name = "MaxStepsError";
    readonly calls: readonly MadeCall[];
    constructor(maxSteps: number, calls: readonly MadeCall[]);
}

export interface Message {
    readonly role: 'system' | 'user' | 'assistant';
    readonly content: string | readonly MessagePart[];
}

export type MessagePart = TextPart | ImagePart | FilePart;

export type ModelOperator<M> = (model: CompletionModel<M>) => CompletionModel<M>;

export declare class NoJsonError extends StructuredError {
    protected static readonly brand = "rx-structured/NoJsonError";
    readonly name = "NoJsonError";
    readonly text: string;
    constructor(beginning: string, where?: 'after-thought');
}

export declare class NotAnArrayError extends StructuredError {
    readonly path: JsonPath;
    protected static readonly brand = "rx-structured/NotAnArrayError";
    readonly name = "NotAnArrayError";
    readonly value: Json | undefined;
    constructor(path: JsonPath, value: Json | undefined);
}

export type OutputOf<C> = C extends t.Mixed ? t.TypeOf<C> : C extends StandardSchema ? StandardOutput<C> : never;

export interface PartialJson {
    readonly value: Json | undefined;
    readonly path: JsonPath;
    readonly complete: boolean;
}

export type PartialOf<A> = unknown extends A ? A : A extends boolean | number | string | bigint | symbol | null | undefined ? PartialOfScalar<A> : typeof shown extends keyof A ? PartialOfShown<A> : A extends Whole ? A : A extends readonly unknown[] ? PartialOfArray<A> : true extends HasMethod<A> | IsSum<A> ? A : {
    readonly [K in keyof A]?: PartialOf<A[K]>;
};

export interface PartialPatch {
    readonly operations: readonly PatchOperation[];
    readonly path?: JsonPath;
    readonly complete?: true;
}

export type PatchOperation = AddOperation | ReplaceOperation | AppendOperation;

export type PresentOf<A, K extends PropertyKey> = PartialOf<A> & (A extends unknown ? {
    readonly [P in keyof Pick<A, K & keyof A>]: PartialOf<A[P]>;
} : never);

export declare class ProviderError extends StructuredError {
    readonly status?: number | undefined;
    protected static readonly brand = "rx-structured/ProviderError";
    readonly name = "ProviderError";
    readonly body: unknown;
    constructor(body: unknown, status?: number | undefined, message?: string);
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

export declare class RefusalError extends StructuredError {
    protected static readonly brand = "rx-structured/RefusalError";
    readonly name = "RefusalError";
    readonly refusal: string;
    readonly text: string;
    constructor(refusal: string, text: string);
}

export interface RejectedAnswer<T = ToolEvent> extends AnswerProgress<T> {
    readonly phase: 'invalid';
    readonly invalid: InvalidAnswer | Unavailable;
}

export interface ReplaceOperation {
    readonly op: 'replace';
    readonly path: string;
    readonly value: Json;
}

export interface ReportErrorsConfig {
    readonly limit?: number;
    readonly open?: JsonPath | undefined;
    readonly at?: JsonPath;
}

export interface RequestOptions {
    readonly headers?: Readonly<Record<string, string>>;
    readonly timeout?: number;
    readonly maxRetries?: number;
    readonly idempotencyKey?: string;
}

export interface RetryOnValidationErrorConfig<A, L extends InvalidAnswer = InvalidAnswer> {
    readonly count: number;
    readonly delay?: number | ((failure: L) => ObservableInput<unknown>);
    readonly reask?: (failures: readonly L[]) => ObservableInput<Either<L, A>>;
}

export type RightOf<E> = E extends {
    readonly _tag: 'Right';
    readonly right: infer R;
} ? R : never;

export type SchemaDialect = 'openai' | 'anthropic' | 'open';

export declare class SchemaError extends StructuredError {
    readonly code: SchemaErrorCode;
    readonly path: string;
    readonly advice: string;
    protected static readonly brand = "rx-structured/SchemaError";
    readonly name = "SchemaError";
    constructor(code: SchemaErrorCode, path: string, advice: string);
}

export type SchemaErrorCode = 'impossible' | 'limit' | 'no-schema' | 'open-record' | 'property-name' | 'recursion' | 'root' | 'unknown-value';

export type Shown<A, P> = unknown extends A ? A : A extends null | undefined ? A : A & {
    readonly [shown]?: readonly [
        P
    ];
};

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

export type StateOf<A> = {
    readonly state: 'pending';
    readonly value?: never;
} | {
    readonly state: 'growing';
    readonly value?: PartialOf<A>;
} | {
    readonly state: 'complete';
    readonly value: A;
};

export type StructuredAnswer<A, T = unknown> = DecodedPartial<A> | CompletedAnswer<A, T>;

export interface StructuredCompletionConfig<A, M, S extends Tools = never> extends ConversationConfig<M>, DecodeAnswerConfig, ToolsConfig<S>, FallbackConfig {
    readonly codec: CodecLike<A>;
    readonly validate?: Validate<A>;
}

export interface StructuredElementsConfig<A, M, S extends Tools = never> extends ConversationConfig<M>, ToJsonTokensConfig, DecodeWithConfig, ToolsConfig<S>, FallbackConfig {
    readonly codec: CodecLike<A>;
    readonly validate?: Validate<A>;
}

export interface TextDeltaEvent {
    readonly type: 'text-delta';
    readonly text: string;
    readonly phase?: 'commentary';
}

export interface TextDeltasConfig {
    readonly tool?: string | boolean;
    readonly answer?: string;
    readonly preface?: boolean;
}

export interface TextPart {
    readonly type: 'text';
    readonly text: string;
}

export interface ToJsonSchemaConfig {
    readonly dialect?: SchemaDialect;
}

export interface ToJsonTokensConfig {
    readonly maxDepth?: number;
    readonly maxLength?: number;
    readonly maxWhitespace?: number;
}

export interface Tool<I, O> {
    readonly description?: string;
    readonly input: CodecLike<I>;
    readonly run: (input: I, context: ToolContext) => ObservableInput<O>;
}

export declare class ToolAbortError extends StructuredError {
    protected static readonly brand = "rx-structured/ToolAbortError";
    readonly name = "ToolAbortError";
    constructor(message?: string, options?: {
        readonly cause?: unknown;
    });
}

export interface ToolCall {
    readonly index: number;
    readonly id?: string;
    readonly name: string;
    readonly arguments: Observable<string>;
}

export declare class ToolCallsError extends StructuredError {
    protected static readonly brand = "rx-structured/ToolCallsError";
    readonly name = "ToolCallsError";
    readonly calls: readonly MadeToolCall[];
    constructor(calls: readonly MadeToolCall[]);
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

export type ToolEventOf<T extends Tools> = [
    T
] extends [
    never
] ? never : {
    [K in keyof T & string]: T[K] extends {
        run: (input: infer I, context: ToolContext) => ObservableInput<infer O>;
    } ? ToolEvent<K, I, O> : never;
}[keyof T & string];

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

export type Tools = Readonly<Record<string, AnyTool>>;

export interface ToolsConfig<S extends Tools> {
    readonly tools?: S;
    readonly maxSteps?: number;
    readonly answer?: AnswerStep;
}

export interface Turns<M> {
    readonly assistant: (text: string) => M;
    readonly user: (text: string) => M;
    readonly tool?: (call: {
        readonly id: string;
        readonly input: object;
        readonly json: string;
        readonly error: string;
    }) => readonly M[];
}

export interface Unavailable {
    readonly _tag: 'Unavailable';
    readonly error?: unknown;
    readonly message: string;
    readonly attempt: number;
    readonly retriesLeft: number;
}

export declare class UnknownToolError extends StructuredError {
    readonly known: readonly string[];
    protected static readonly brand = "rx-structured/UnknownToolError";
    readonly name = "UnknownToolError";
    readonly tool: string;
    constructor(tool: string, known: readonly string[]);
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

export type Validate<A> = (value: A) => Complaints | ObservableInput<Complaints>;

export interface WaitingAnswer<T = ToolEvent> extends AnswerProgress<T> {
    readonly phase: 'waiting';
}

export type WatchedEvent = AttemptEvent | CompletionEvent | AnswerDeltaEvent | AttemptOverEvent;

export type Watcher = ((event: WatchedEvent) => void) | {
    readonly next: (event: WatchedEvent) => void;
};

export type WholeOf<E> = Extract<RightOf<E>, {
    readonly _tag: 'Complete';
}> extends {
    readonly value: infer A;
} ? A : never;

export interface WritingAnswer<A, T = ToolEvent> extends AnswerProgress<T> {
    readonly phase: 'writing';
    readonly value: PartialOf<A>;
    readonly path: JsonPath;
}

export declare function accumulatePartial(config?: AccumulatePartialConfig): OperatorFunction<JsonTokens, PartialJson>;

export declare function applyPatches(): OperatorFunction<PartialPatch, PartialJson>;

export declare function decodeToolCalls<C extends Readonly<Record<string, t.Mixed | StandardSchema>>>(codecs: C, config?: DecodeToolCallsConfig): OperatorFunction<ToolCall, Either<InvalidAnswer, LiveToolCallOf<C>>>;

export declare function decodeWith<A>(decoder: CodecLike<A>, config?: DecodeWithConfig): OperatorFunction<PartialJson, Either<InvalidAnswer, Decoded<A>>>;

export declare function elementsAt(...path: JsonPath): OperatorFunction<PartialJson, Observable<PartialJson>>;

export declare function extractJson(config?: ExtractJsonConfig): OperatorFunction<string, string>;

export declare function failedTurns<M>(failures: readonly FailedAnswer[], turns: Turns<M>, before?: number): M[];

export declare function finalValue<E extends AnyAnswer<InvalidAnswer | Unavailable>>(): OperatorFunction<E, WholeOf<E>>;

export declare function fromCompletion<C>(request: (signal: AbortSignal) => PromiseLike<AsyncIterable<C>>, toEvents: (chunk: C) => Iterable<CompletionEvent>, config?: FromCompletionConfig): Observable<CompletionEvent>;

export declare function fromStandardSchema<S extends StandardSchema>(schema: S): t.Type<StandardOutput<S>, unknown>;

export declare function givenTurns<T>({ text, call, steps }: GivenAnswer, turns: GivenTurns<T>): T[];

export declare function pipeModel<M>(model: CompletionModel<M>, ...operators: readonly ModelOperator<M>[]): CompletionModel<M>;

export declare function reportErrors(errors: t.Errors, config?: ReportErrorsConfig): readonly string[];

export declare function retryOnValidationError<A, L extends InvalidAnswer = InvalidAnswer>(config: RetryOnValidationErrorConfig<A, L>): MonoTypeOperatorFunction<Either<L, A>>;

export declare function schemaPrompt({ description, schema }: AnswerSchema): string;

export declare function structuredCompletion<A, S extends Tools = never>(model: readonly CompletionModel<never>[], config: StructuredCompletionConfig<A, never, S>): Observable<Either<InvalidAnswer | Unavailable, StructuredAnswer<A, Message> | ToolEventOf<S>>>;
export declare function structuredCompletion<A, M, S extends Tools = never>(model: readonly CompletionModel<M>[], config: StructuredCompletionConfig<A, M, S>): Observable<Either<InvalidAnswer | Unavailable, StructuredAnswer<A, Message> | ToolEventOf<S>>>;
export declare function structuredCompletion<A, M, T, S extends Tools = never>(model: CompletionModel<M, T>, config: StructuredCompletionConfig<A, M, S>): Observable<Either<InvalidAnswer, StructuredAnswer<A, T> | ToolEventOf<S>>>;

export declare function structuredElements<A, S extends Tools = never>(model: readonly CompletionModel<never>[], config: StructuredElementsConfig<A, never, S>): Observable<Either<InvalidElement | Unavailable, DecodedElement<A> | ToolEventOf<S>>>;
export declare function structuredElements<A, M, S extends Tools = never>(model: readonly CompletionModel<M>[], config: StructuredElementsConfig<A, M, S>): Observable<Either<InvalidElement | Unavailable, DecodedElement<A> | ToolEventOf<S>>>;
export declare function structuredElements<A, M, S extends Tools = never>(model: CompletionModel<M>, config: StructuredElementsConfig<A, M, S>): Observable<Either<InvalidElement, DecodedElement<A> | ToolEventOf<S>>>;

export declare function textDeltas(config?: TextDeltasConfig): OperatorFunction<CompletionEvent, string>;

export declare function textOf(partial: PartialJson): string;

export declare function toAnswerState<E extends Either<InvalidAnswer | Unavailable, Shown>>(): OperatorFunction<E, StateOf<E>>;

export declare function toFinishReason(word: string): FinishReason;

export declare function toJsonSchema(codec: t.Decoder<unknown, unknown> | StandardSchema, config?: ToJsonSchemaConfig): JsonSchema;

export declare function toJsonTokens(config?: ToJsonTokensConfig): OperatorFunction<string, JsonTokens>;

export declare function toPatches(): OperatorFunction<PartialJson, PartialPatch>;

export declare function tool<I, O>(definition: Tool<I, O>): Tool<I, O>;

export declare function toolCalls(): OperatorFunction<CompletionEvent, ToolCall>;

export declare function validateWith<E extends AnyAnswer>(validate: Validate<WholeOf<E>>): OperatorFunction<E, NoInfer<E> | Left<InvalidAnswer>>;

export declare function valueAt(...path: JsonPath): MonoTypeOperatorFunction<PartialJson>;

export declare function whenComplete<A, O>(codec: t.Type<A, O>): t.Type<Shown<A, A>, O>;
export declare function whenComplete<S extends StandardSchema>(schema: S): t.Type<Shown<StandardOutput<S>, StandardOutput<S>>, unknown>;

export declare function whenPresent<A, O, K extends KeyOf<A>>(codec: t.Type<A, O>, key: K): t.Type<Shown<A, PresentOf<A, K>>, O>;
export declare function whenPresent<S extends StandardSchema, K extends KeyOf<StandardOutput<S>>>(schema: S, key: K): t.Type<Shown<StandardOutput<S>, PresentOf<StandardOutput<S>, K>>, unknown>;

export declare function withDescription<C extends Codec>(codec: C, about: Description): C;
export declare function withDescription<S extends StandardSchema>(schema: S, about: Description): t.Type<StandardOutput<S>, unknown>;

export declare function withState<A, O>(codec: t.Type<A, O>): t.Type<Shown<A, StateOf<A>>, O>;
export declare function withState<S extends StandardSchema>(schema: S): t.Type<Shown<StandardOutput<S>, StateOf<StandardOutput<S>>>, unknown>;

// Not exported, but spoken of:

export interface AnswerSchemaConfig {
    readonly name?: string;
    readonly description?: string;
}

export type AnswerStep = 'any-step' | 'last-step';

export type AnyAnswer<L = unknown> = Either<L, {
    readonly _tag: string;
}>;

type Codec = t.Decoder<never, unknown>;

export type DecodeAnswerConfig = ToJsonTokensConfig & AccumulatePartialConfig & DecodeWithConfig;

export type Excess = 'allow' | 'strip' | 'error';

export interface ExtractJsonConfig {
    readonly root?: 'object' | 'array';
    readonly afterThought?: boolean;
}

export interface GivenAnswer {
    readonly text: string;
    readonly answer: AnswerSchema;
    readonly call?: {
        readonly id?: string;
    };
    readonly steps?: readonly ToolStep[];
}

export type Growth = 'growing' | 'whole';

type HasMethod<A> = {
    [K in keyof A]-?: IsMethod<A[K]>;
}[keyof A];

type InfoOf<E> = Extract<RightOf<E>, {
    readonly _tag: 'Complete';
}> extends {
    readonly completion: infer C;
} ? C : CompletionInfo;

type IsMethod<T> = unknown extends T ? false : T extends (...args: never) => unknown ? true : false;

type IsSum<A> = A extends None ? true : A extends Some<unknown> ? true : A extends Left<unknown> ? true : A extends Right<unknown> ? true : false;

export type JsonPath = readonly (string | number)[];

export type JsonSchemaType = 'array' | 'boolean' | 'integer' | 'null' | 'number' | 'object' | 'string';

type KeyOf<A> = A extends unknown ? keyof A & string : never;

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

type Shown = DecodedPartial<unknown> | DecodedComplete<unknown> | ToolEvent;

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

export type StandardOutput<S extends StandardSchema> = NonNullable<S['~standard']['types']>['output'];

export type StandardResult<A> = {
    readonly value: A;
    readonly issues?: undefined;
} | StandardFailure;

type StateOf<E> = AnswerState<WholeOf<E>, ToolsOf<E>, InfoOf<E>>;

export declare abstract class StructuredError extends Error {
    protected static readonly brand: string;
    constructor(message: string, told?: Readonly<Record<string, unknown>>);
    toJSON(): Readonly<Record<string, unknown>>;
    static [Symbol.hasInstance](value: unknown): boolean;
}

interface ToolCallState<K extends string> extends ToolContext {
    readonly _tag: 'Tool';
    readonly name: K;
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

type ToolsOf<E> = [
    Extract<RightOf<E>, ToolEvent>
] extends [
    never
] ? ToolEvent : Extract<RightOf<E>, ToolEvent>;

export interface TurnPartEvent {
    readonly type: 'turn-part';
    readonly raw: unknown;
}

type Whole = Brand<unknown> | {
    readonly _URI: unknown;
    readonly _A: unknown;
} | ((...args: never) => unknown);

declare const shown: unique symbol;
