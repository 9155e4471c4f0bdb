/** What a right reading of a recording gives. */
export interface Expectation {
  readonly text: string;
  readonly json?: unknown;
  readonly toolCalls: readonly ExpectedCall[];
  readonly customToolCalls?: readonly { readonly id: string; readonly name: string; readonly input: string }[];
  readonly finish: string | null;
  readonly usage: Readonly<Record<string, unknown>> | null;
  readonly reasoning?: string;
  readonly refusal?: string;
  readonly stopDetails?: { readonly explanation?: string | null };
  readonly error?: { readonly message: string; readonly code?: unknown };
  readonly done: boolean;
  readonly model: string | null;
  readonly textDeltas: number;
  readonly toolDeltas: number;
  readonly textBlocks?: readonly string[];
  readonly itemTypes?: readonly string[];
  readonly messageStarts?: number;
  readonly choices?: readonly { readonly index: number; readonly text: string; readonly finish: string | null }[];
}

export interface ExpectedCall {
  readonly id?: string;
  readonly name: string;
  readonly arguments: string;
  readonly json?: unknown;
  readonly invalidJson?: unknown;
}

/** A row of INDEX.jsonl, as far as it is read here. */
export interface Recording {
  readonly file: string;
  readonly api: 'chat' | 'responses' | 'messages';
  readonly model: string;
  readonly feature: readonly string[];
  readonly schema?: Readonly<Record<string, unknown>>;
  readonly sequence?: { readonly id: string; readonly step: number };
  readonly request?: { readonly messages?: readonly { readonly role: string; readonly content: unknown }[] };
  readonly sdk: { readonly raw: string };
  readonly expect: Expectation;
}
