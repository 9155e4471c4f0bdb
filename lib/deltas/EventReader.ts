import { ReplaySubject, type Observer } from 'rxjs';
import type { CompletionEvent, ToolDeltaEvent } from '../completions/CompletionEvent.js';
import { Naming } from '../completions/Naming.js';
import { GrowingText } from '../foundation/GrowingText.js';
import type { Watchers } from '../foundation/Watchers.js';
import { AnswerEnding } from './AnswerEnding.js';
import { IncompleteCompletionError } from './IncompleteCompletionError.js';
import { findInterruption } from './findInterruption.js';
import type { ToolCall } from './ToolCall.js';
import { ToolCallTracker, type TrackedCall } from './ToolCallTracker.js';

/** A call that is being written. */
class OpenCall {
  readonly #deltas = new ReplaySubject<string>(Infinity);
  readonly #observer: Observer<string> = this.#deltas;
  readonly #text = new GrowingText();
  isEmitted = false;

  /** The arguments so far, then the rest. */
  readonly arguments = this.#deltas.asObservable();

  get text(): string {
    return this.#text.toString();
  }

  write(delta: string): void {
    this.#text.append(delta);
    if (delta !== '') this.#observer.next(delta);
  }

  fail(error: unknown): void {
    this.#observer.error(error);
  }

  end(): void {
    this.#observer.complete();
  }
}

/** Reads the events of a completion, and tells `target` its tool calls as they begin. */
export class EventReader implements Observer<CompletionEvent> {
  readonly #target: Observer<ToolCall>;
  readonly #watchers: Watchers;
  readonly #ending = new AnswerEnding();
  readonly #naming = new Naming();
  readonly #calls = new Map<TrackedCall, OpenCall>();
  #tracker = new ToolCallTracker();
  /** The call that was written last: an answer that was cut off was cut off in it. */
  #current: OpenCall | undefined;

  /**
   * @param watchers Counts the readers of the calls and their arguments. The last one that leaves unsubscribes from the
   * source.
   */
  constructor(target: Observer<ToolCall>, watchers: Watchers) {
    this.#target = target;
    this.#watchers = watchers;
    // A later subscriber to a call must not wait for ever, nor take a part for the whole.
    watchers.add(() => {
      this.#interrupt();
    });
  }

  next(event: CompletionEvent): void {
    if (event.type === 'start' && this.#naming.beginsAnew(event)) this.#restart();
    this.#ending.see(event);
    if (event.type === 'tool-delta') this.#write(event);
  }

  error(error: unknown): void {
    const interruption = this.#ending.hasBegun ? findInterruption(error) : undefined;
    if (interruption !== undefined) {
      this.#end(interruption.cause);
      return;
    }
    for (const call of this.#calls.values()) call.fail(error);
    this.#target.error(error);
  }

  complete(): void {
    this.#end();
  }

  /** @param cause What broke the connection, if something did. */
  #end(cause?: unknown): void {
    for (const [key, call] of this.#calls) if (!call.isEmitted) this.#emit(key, call);
    const current = this.#current;
    const error = this.#ending.error(current?.text ?? '', cause);
    if (error) current?.fail(error);
    for (const call of this.#calls.values()) call.end();
    if (error && current === undefined) this.#target.error(error);
    else this.#target.complete();
  }

  #write(delta: ToolDeltaEvent): void {
    const key = this.#tracker.findCall(delta);
    const call = this.#calls.get(key) ?? new OpenCall();
    this.#calls.set(key, call);
    this.#current = call;
    call.write(delta.text);
    if (!call.isEmitted && key.name !== undefined) this.#emit(key, call);
  }

  #emit({ index, id, name = '' }: TrackedCall, call: OpenCall): void {
    call.isEmitted = true;
    this.#target.next({ index, ...(id !== undefined && { id }), name, arguments: this.#watchers.join(call.arguments) });
  }

  /** The answer begins anew: the one before was cut off. */
  #restart(): void {
    this.#interrupt();
    this.#ending.restart();
    this.#calls.clear();
    this.#tracker = new ToolCallTracker();
    this.#current = undefined;
  }

  #interrupt(): void {
    for (const call of this.#calls.values()) call.fail(new IncompleteCompletionError('interrupted', call.text));
  }
}
