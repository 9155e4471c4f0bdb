import { concat, defaultIfEmpty, defer, EMPTY, ignoreElements, merge, mergeMap, of, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { CompletionEvent } from '../../completions/CompletionEvent.js';
import type { ToolCall } from '../../deltas/ToolCall.js';
import { toolCalls } from '../../deltas/toolCalls.js';
import { GrowingText } from '../../foundation/GrowingText.js';
import { decodeAnswer, type DecodeAnswerConfig } from '../decodeAnswer.js';
import { InvalidAnswerError } from '../InvalidAnswerError.js';
import { makeUpId } from './makeUpId.js';
import type { PreparedTool, PreparedTools } from './prepareTools.js';
import type { CallOutcome, WrittenCall } from './runCalls.js';
import type { ToolEvent } from './ToolEvent.js';
import { UnknownToolError } from './UnknownToolError.js';

/** Reads the calls of one response while they are written. One for each request. */
export class CallReader {
  /** In the order in which they begin. */
  readonly #calls: CallBeingRead[] = [];
  /** The ids so far. */
  readonly #ids = new Set<string>();
  readonly #tools: PreparedTools;
  readonly #step: number;
  readonly #config: DecodeAnswerConfig;

  constructor(tools: PreparedTools, step: number, config: DecodeAnswerConfig) {
    this.#tools = tools;
    this.#step = step;
    this.#config = config;
  }

  /** A call has begun: no text of this response is the answer. */
  get hasCalls(): boolean {
    return this.#calls.some(({ isAnswer }) => !isAnswer);
  }

  /** All calls, once the response has ended. */
  list(): readonly WrittenCall[] {
    return this.#calls.map((call) => call.finish());
  }

  /**
   * Shows each call while it is written.
   *
   * @param answerName Calls of this tool are the answer: they are kept, and not shown.
   */
  read(events: Observable<CompletionEvent>, answerName: string): Observable<ToolEvent> {
    return events.pipe(
      toolCalls(),
      mergeMap((call) => {
        const isAnswer = call.name === answerName;
        const reading = new CallBeingRead(this.#idOf(call), call.name, isAnswer, this.#step, this.#tools);
        this.#calls.push(reading);
        return reading.read(call, this.#config);
      }),
    );
  }

  /** The provider's name for a call. One of ours where it gives none, or the same to two calls. */
  #idOf({ id = '' }: ToolCall): string {
    const isUsable = id !== '' && !this.#ids.has(id);
    const known = isUsable ? id : makeUpId(this.#step, this.#calls.length + 1);
    this.#ids.add(known);
    return known;
  }
}

class CallBeingRead {
  readonly #text = new GrowingText();
  readonly #event: { readonly _tag: 'Tool'; readonly name: string; readonly id: string; readonly step: number };
  readonly #known: PreparedTool | undefined;
  readonly #names: readonly string[];
  /** As much of the input as was shown last. */
  #shown: unknown;
  #outcome: CallOutcome | undefined;

  constructor(
    id: string,
    name: string,
    readonly isAnswer: boolean,
    step: number,
    tools: PreparedTools,
  ) {
    this.#event = { _tag: 'Tool', name, id, step };
    this.#known = tools.get(name);
    this.#names = [...tools.keys()];
  }

  finish(): WrittenCall {
    const { name, id, step } = this.#event;
    if (this.isAnswer) return { id, name, step, arguments: this.#text.toString(), outcome: 'answer' };
    const outcome = this.#outcome ?? { error: new UnknownToolError(name, this.#names), input: this.#shown };
    return { id, name, step, arguments: this.#text.toString(), outcome };
  }

  read({ arguments: deltas }: ToolCall, config: DecodeAnswerConfig): Observable<ToolEvent> {
    const text = deltas.pipe(
      tap((delta) => {
        this.#text.append(delta);
      }),
      ignoreElements(),
    );
    if (this.isAnswer) return text;
    const tellWriting = (input: unknown): ToolEvent => ({ ...this.#event, state: 'writing', input });
    const known = this.#known;
    if (known === undefined) return concat(of(tellWriting(undefined)), text);

    let isShown = false;
    const { tool, codec, wrapped } = known;
    const shown = decodeAnswer(deltas.pipe(defaultIfEmpty('{}')), codec, wrapped, config).pipe(
      mergeMap((either) => {
        if (either._tag === 'Left') {
          this.#outcome = { error: new InvalidAnswerError(either.left), input: this.#shown };
          return EMPTY;
        }
        if (either.right._tag === 'Complete') {
          this.#outcome = { tool, input: either.right.value };
          return EMPTY;
        }
        isShown = true;
        this.#shown = either.right.value;
        return of(tellWriting(either.right.value));
      }),
    );
    return merge(
      text,
      concat(
        shown,
        defer(() => (isShown ? EMPTY : of(tellWriting(undefined)))),
      ),
    );
  }
}
