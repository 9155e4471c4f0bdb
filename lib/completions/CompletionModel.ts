import type { Observable, OperatorFunction } from 'rxjs';
import type { CompletionEvent } from './CompletionEvent.js';
import type { Message } from './Message.js';
import type { AnswerMode } from './AnswerMode.js';
import type { RequestOptions } from './RequestOptions.js';
import type { SchemaDialect } from './SchemaDialect.js';

/** The shape the answer shall have, as the model is told. */
export interface AnswerSchema {
  /** A name of letters, digits, `_` and `-`, at most 64 characters: providers ask for one. */
  readonly name: string;
  readonly description?: string;
  /** JSON Schema 2020-12 of an object. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/**
 * In which request the answer is asked for, where the model may call tools: in every one, or in a last one of its own.
 */
export type AnswerStep = 'any-step' | 'last-step';

/** A rejected answer, and the correction that the model is told. */
export interface FailedAnswer {
  /** The model's own words, as far as they were read. */
  readonly text: string;
  /** The problems, written for the model. */
  readonly correction: string;
}

/** An accepted answer, to be told to the model as an earlier turn of its own. */
export interface GivenAnswer {
  /** The model's own words. */
  readonly text: string;
  /** The shape that was asked for. */
  readonly answer: AnswerSchema;
  /** The model called the tool of the answer's name, under this id if it had one; `text` is that call's arguments. */
  readonly call?: { readonly id?: string };
  /** The requests before it that ended in calls of tools, oldest first. */
  readonly steps?: readonly ToolStep[];
}

/** A tool that the model may call before it answers. */
export type ToolSchema = AnswerSchema;

/** A call of a tool, and its result. */
export interface ToolResult {
  /** The provider's name for the call; one of ours where the server gave none. */
  readonly id: string;
  readonly name: string;
  /** The JSON text of an object. `{}` where the model wrote anything else. */
  readonly arguments: string;
  /** The result as the model is told it, never empty. */
  readonly text: string;
  /** The call failed, and `text` says why. */
  readonly isError: boolean;
}

/** A request that ended in calls of tools, with their results. */
export interface ToolStep {
  /** How many answers had been rejected before it: where it stands among the failures. */
  readonly failures: number;
  /** The model's words beside the calls; often none. */
  readonly text: string;
  /** In the order in which the model wrote them. */
  readonly calls: readonly ToolResult[];
  /** The turn in the provider's own form, as `turn-part` events gave it: thoughts and their signatures, say. */
  readonly parts: readonly unknown[];
}

/** A question to a model: the conversation, the shape of the answer, and the failed attempts. */
export interface Question<M> {
  /** In the provider's own form, or neutral ones. */
  readonly messages: readonly (M | Message)[];
  readonly answer: AnswerSchema;
  /** Oldest first. */
  readonly failures: readonly FailedAnswer[];
  /** The tools that the model may call before it answers. None by default. */
  readonly tools?: readonly ToolSchema[];
  /** The requests so far that ended in calls of tools, oldest first. */
  readonly steps?: readonly ToolStep[];
  /** Only the tools are asked for, because a later request asks for the answer: this one carries no schema of it. */
  readonly isAnswerLater?: boolean;
  /** Milliseconds between two chunks after which the request is given up. None by default. */
  readonly idleTimeout?: number;
  /** How the request is made, on top of the model's own options: for operators on a model. */
  readonly requestOptions?: RequestOptions;
}

/**
 * A model that can be asked for structured answers: a client, its parameters, and a way of asking.
 *
 * `M` is the provider's own type of a message, `T` that of the turns which the model writes itself. A model takes the
 * neutral {@link Message} beside `M`. Its functions need no `this`: `{ ...model, ask }` is a model as well.
 */
export interface CompletionModel<M, T = unknown> {
  /** The name of the model that is asked, as the provider calls it. */
  readonly model?: string;
  /** How the model is held to the shape of the answer, where it has modes. */
  readonly mode?: AnswerMode;
  /** The model's parameters, on which an answer depends besides the question. Without secrets such as headers. */
  readonly params?: object;
  /** The subset of JSON Schema that the model takes. */
  readonly dialect: SchemaDialect;
  /** The keys that the model takes in a schema, where it does not take all. */
  readonly keys?: RegExp;
  /** Asks once per subscription; unsubscribing aborts the request. */
  ask(question: Question<M>): Observable<CompletionEvent>;
  /** Where in its events the answer that was asked for is written: the model's own words, unchanged. */
  toText(answer: AnswerSchema): OperatorFunction<CompletionEvent, string>;
  /**
   * The turns by which a conversation grows with an answer, in the provider's own form: the next question comes after
   * them. Without this function they are neutral.
   */
  toMessages?(given: GivenAnswer): readonly T[];
  /**
   * `'last-step'`: the model cannot be held to a schema in a request in which it may call tools, so the answer is asked
   * for in a request of its own. By default every request asks for both.
   */
  readonly answer?: AnswerStep;
  /**
   * `ask` keeps the question's `idleTimeout` by itself, counting chunks that are not events. Otherwise events count.
   */
  readonly heedsIdleTimeout?: boolean;
  /** The JSON stands among other words, in prose or fences: it is extracted. Otherwise the text is the document. */
  readonly jsonInText?: boolean;
  /** With `jsonInText`: the text begins with reasoning that only ends with a tag; the answer stands after it. */
  readonly afterThought?: boolean;
  /** The document may stand in one Markdown fence, which is taken off. */
  readonly jsonInFence?: boolean;
}
