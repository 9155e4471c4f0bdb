import { Subject, type Subscription } from 'rxjs';
import { accumulatePartial } from '../../partials/accumulatePartial.js';
import type { PartialJson } from '../../partials/PartialJson.js';
import { toJsonTokens } from '../../tokens/toJsonTokens.js';
import type { LeftEntry } from '../log/LogEntry.js';
import type { Lane, Story } from './Story.js';

const NOTHING: PartialJson = { value: undefined, path: [], complete: false };

/** A place in a story: the text and the document as they were then, read anew with the library itself. */
export class Caret {
  readonly #story: Story;
  /** How many entries have been told. */
  #index = 0;
  #lane: Lane | undefined;
  #text: string[] = [];
  #said: string[] = [];
  #document = NOTHING;
  #left: LeftEntry | undefined;
  #isAccepted = false;
  #deltas: Subject<string> | undefined;
  #subscription: Subscription | undefined;

  constructor(story: Story) {
    this.#story = story;
  }

  get index(): number {
    return this.#index;
  }
  get lane(): Lane | undefined {
    return this.#lane;
  }
  /** The answer's text so far. */
  get text(): string {
    this.#text = [this.#text.join('')];
    return this.#text[0] ?? '';
  }
  /** All other words of the request: reasoning, refusals, arguments, words around the JSON. */
  get said(): string {
    this.#said = [this.#said.join('')];
    return this.#said[0] ?? '';
  }
  get document(): PartialJson {
    return this.#document;
  }
  get left(): LeftEntry | undefined {
    return this.#left;
  }
  get isAccepted(): boolean {
    return this.#isAccepted;
  }

  /** @param index How many entries are told. */
  moveTo(index: number): void {
    if (index < this.#index) {
      // Back: from the beginning of its request.
      const lane = this.#story.findLane(Math.max(0, index - 1));
      this.#begin(lane);
      this.#index = lane?.first ?? 0;
    }
    for (; this.#index < index; this.#index++) this.#step(this.#index);
  }

  #begin(lane: Lane | undefined): void {
    this.#subscription?.unsubscribe();
    this.#lane = lane;
    this.#text = [];
    this.#said = [];
    this.#document = NOTHING;
    this.#left = undefined;
    this.#isAccepted = false;
    this.#deltas = new Subject<string>();
    this.#subscription = this.#deltas.pipe(toJsonTokens(), accumulatePartial()).subscribe({
      next: (document) => {
        this.#document = document;
      },
      // A syntax error is a Left of the log; the document stays as it was.
      error: () => undefined,
    });
  }

  #step(index: number): void {
    const entry = this.#story.entries[index];
    switch (entry?.type) {
      case 'attempt':
        this.#begin(this.#story.findLane(index));
        break;
      case 'delta':
        if (entry.isAnswer === true) {
          // The list goes on after the Left of an element.
          if (this.#left?.index !== undefined) this.#left = undefined;
          this.#text.push(entry.text);
          this.#deltas?.next(entry.text);
        } else this.#said.push(entry.text);
        break;
      case 'left':
        this.#left = entry;
        break;
      case 'complete':
        this.#isAccepted = true;
        break;
      default:
    }
  }
}
