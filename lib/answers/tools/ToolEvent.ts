import type { ObservableInput } from 'rxjs';
import type { PartialOf } from '../../codecs/annotations/PartialOf.js';
import type { ToolContext, Tools } from './tool.js';

interface ToolCallState<K extends string> extends ToolContext {
  readonly _tag: 'Tool';
  /** The tool that is called, by its key in `tools`. An unknown one fails under the name that the model gave. */
  readonly name: K;
}

/** The model writes the call. */
export interface ToolWriting<K extends string, I> extends ToolCallState<K> {
  readonly state: 'writing';
  /** As much of the input as is known to be right; `undefined` where none of it can be shown. */
  readonly input: PartialOf<I> | undefined;
}

/** The tool runs. */
export interface ToolRunning<K extends string, I, O> extends ToolCallState<K> {
  readonly state: 'running';
  readonly input: I;
  /** A value of the tool that was not its last. */
  readonly progress?: O;
}

/** The tool has come to its result. */
export interface ToolDone<K extends string, I, O> extends ToolCallState<K> {
  readonly state: 'done';
  readonly input: I;
  /** The last value; `undefined` where the tool emitted none. */
  readonly output: O | undefined;
}

/** The call failed; the model is told the error's message. */
export interface ToolFailed<K extends string, I> extends ToolCallState<K> {
  readonly state: 'failed';
  /** The input where it was right, else as much of it as could be shown. */
  readonly input: I | PartialOf<I> | undefined;
  /** Why: an {@link InvalidAnswerError} for wrong input, an {@link UnknownToolError}, or the error of `run`. */
  readonly error: unknown;
}

/** A call of one tool, while it is written, while the tool runs, and at its end. */
export type ToolEvent<K extends string = string, I = unknown, O = unknown> =
  ToolWriting<K, I> | ToolRunning<K, I, O> | ToolDone<K, I, O> | ToolFailed<K, I>;

/** A call of one of these tools, told apart by `name`; `never` without tools. */
export type ToolEventOf<T extends Tools> = [T] extends [never]
  ? never
  : {
      [K in keyof T & string]: T[K] extends { run: (input: infer I, context: ToolContext) => ObservableInput<infer O> }
        ? ToolEvent<K, I, O>
        : never;
    }[keyof T & string];
