import type { AnswerMode } from '../completions/AnswerMode.js';
import type { CompletionEvent } from '../completions/CompletionEvent.js';
import type { CompletionModel } from '../completions/CompletionModel.js';
import type { SchemaDialect } from '../completions/SchemaDialect.js';
import { withoutKeys } from '../foundation/withoutKeys.js';

/** An error as JSON keeps it. */
export interface TapedError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly status?: number;
  readonly cause?: TapedError;
}

/** One answer: a line of the file. */
export interface TapedAnswer {
  readonly reading: Reading;
  readonly events: readonly CompletionEvent[];
  /** `aborted`: the events are those that had been read when the request was given up. */
  readonly ended: 'complete' | 'failed' | 'aborted';
  readonly error?: TapedError;
}

/** The facts that are needed to read the events: the model's own fields, and where its answer stands. */
export interface Reading {
  readonly model?: string;
  readonly mode?: AnswerMode;
  readonly dialect: SchemaDialect;
  readonly jsonInText?: boolean;
  readonly afterThought?: boolean;
  readonly jsonInFence?: boolean;
  /** Words before a call are not the answer: the model had tools of its own. */
  readonly preface?: boolean;
}

export function findReading<M>(model: CompletionModel<M>): Reading {
  const { dialect, mode, jsonInText, afterThought, jsonInFence, params } = model;
  const tools = params !== undefined && 'tools' in params ? params.tools : undefined;
  return {
    ...(model.model !== undefined && { model: model.model }),
    ...(mode !== undefined && { mode }),
    dialect,
    ...(jsonInText !== undefined && { jsonInText }),
    ...(afterThought !== undefined && { afterThought }),
    ...(jsonInFence !== undefined && { jsonInFence }),
    preface: mode !== 'text' && Array.isArray(tools) && tools.length > 0,
  };
}

/** As deep as causes are kept: they may lead back to where they began. */
const DEEPEST = 5;

export function tapeError(error: unknown, depth = 1): TapedError {
  if (!(error instanceof Error)) return { name: 'Error', message: withoutKeys(String(error)) };
  const { code, status } = error as { readonly code?: unknown; readonly status?: unknown };
  return {
    name: error.name,
    message: withoutKeys(error.message),
    ...(typeof code === 'string' && { code }),
    ...(typeof status === 'number' && { status }),
    ...(error.cause instanceof Error && depth < DEEPEST && { cause: tapeError(error.cause, depth + 1) }),
  };
}

/** An error like the one that was kept. */
export function untapeError({ message, cause, ...fields }: TapedError): Error {
  const error = new Error(message, cause && { cause: untapeError(cause) });
  return Object.assign(error, fields);
}
