/** The parts of an answer, as the AI SDK's providers write them; read by `PartReader` as far as they are known. */
export interface LanguageModelPart {
  readonly type: string;
}

/** The result of `doStream`. */
export interface LanguageModelResult {
  readonly stream: {
    getReader(): { read(): PromiseLike<{ readonly done: boolean; readonly value?: LanguageModelPart | undefined }> };
  };
  /** The request that was sent, if the provider tells it. */
  readonly request?: { readonly body?: unknown } | undefined;
  readonly response?: { readonly headers?: Readonly<Record<string, string>> | undefined } | undefined;
}

/**
 * A model of the AI SDK, as far as it is used here: `LanguageModelV2`, `LanguageModelV3` and `LanguageModelV4` are such
 * models, and so is what `wrapLanguageModel` makes of them.
 */
export interface AnyLanguageModel {
  /** `'v2'`, `'v3'` or `'v4'`. */
  readonly specificationVersion: string;
  readonly provider: string;
  readonly modelId: string;
  /** Which URLs the provider fetches by itself, by media type. */
  readonly supportedUrls:
    PromiseLike<Readonly<Record<string, readonly RegExp[]>>> | Readonly<Record<string, readonly RegExp[]>>;
  doStream(options: never): PromiseLike<LanguageModelResult>;
}

/** The options of a model's `doStream`. */
export type LanguageModelOptions<L extends AnyLanguageModel> = L extends { doStream(options: infer O): unknown }
  ? O
  : never;

/** A message as a model has it: an element of its prompt. */
export type LanguageModelMessage<L extends AnyLanguageModel> =
  LanguageModelOptions<L> extends { readonly prompt: readonly (infer M)[] } ? M : never;
