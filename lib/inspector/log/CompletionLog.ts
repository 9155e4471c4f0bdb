import type { FeedEvent } from '../../completions/CompletionFeed.js';
import type { CompletionStatus, CompletionSummary, DeltaEntry, Happening, LogEntry } from './LogEntry.js';
import { toHappening } from './toHappening.js';

/** How much of what comes again and again one log holds at most. */
export interface LogLimits {
  /** In UTF-16 code units. */
  readonly characters: number;
  readonly entries: number;
}

const LIMITS: LogLimits = { characters: 1_000_000, entries: 50_000 };

/** Kinds that come any number of times in one attempt. The others are kept whatever has come before. */
const BULK: readonly Happening['type'][] = ['delta', 'partial', 'element', 'tool', 'usage', 'start'];

/** The size of an entry without its text, about, in bytes. */
const ENTRY_SIZE = 150;

/** All that happened in one completion, bounded. */
export class CompletionLog {
  readonly startedAt = Date.now();
  readonly entries: LogEntry[] = [];
  readonly #limits: LogLimits;
  readonly #began = performance.now();
  #characters = 0;
  #isFull = false;
  #attempts = 0;
  #status: CompletionStatus = 'running';
  /** The last verdict so far: how the completion will be when it ends. */
  #verdict: 'accepted' | 'rejected' = 'accepted';
  #endedAfter: number | undefined;

  constructor(
    readonly id: string,
    readonly name: string,
    limits: LogLimits = LIMITS,
  ) {
    this.#limits = limits;
  }

  get isRunning(): boolean {
    return this.#status === 'running';
  }

  /** How much memory it takes, about. */
  get size(): number {
    return this.#characters * 2 + this.entries.length * ENTRY_SIZE;
  }

  get summary(): CompletionSummary {
    return {
      id: this.id,
      name: this.name,
      startedAt: this.startedAt,
      status: this.#status,
      attempts: this.#attempts,
      duration: this.#endedAfter ?? this.#readClock(),
      length: this.entries.length,
    };
  }

  /** Whether anything of the event was recorded. */
  push(event: FeedEvent): boolean {
    const happening = toHappening(event);
    if (happening === undefined) return false;
    this.#note(happening);
    return this.#add(happening);
  }

  #note(happening: Happening): void {
    switch (happening.type) {
      case 'attempt':
        this.#attempts = Math.max(this.#attempts, happening.attempt);
        break;
      case 'left':
        if (happening.index === undefined) this.#verdict = 'rejected';
        break;
      case 'complete':
      case 'element':
        this.#verdict = 'accepted';
        break;
      case 'ended':
        this.#status = happening.how === 'completed' ? this.#verdict : happening.how;
        this.#endedAfter = this.#readClock();
        break;
      default:
    }
  }

  #add(happening: Happening): boolean {
    if (happening.type === 'delta' && this.#isAlsoAnswer(happening)) return true;
    const isBulk = BULK.includes(happening.type) || (happening.type === 'left' && happening.index !== undefined);
    if (isBulk && this.#isFull) return false;
    if (isBulk) this.#characters += measure(happening);
    if (isBulk && (this.#characters > this.#limits.characters || this.entries.length >= this.#limits.entries)) {
      this.#isFull = true;
      const { characters, entries } = this.#limits;
      this.entries.push({
        type: 'full',
        limit: `${characters} characters or ${entries} entries`,
        at: this.#readClock(),
      });
      return true;
    }
    this.entries.push({ ...happening, at: this.#readClock() });
    return true;
  }

  /** The model's words and the answer are mostly the same text: it is kept once. */
  #isAlsoAnswer({ kind, text }: DeltaEntry): boolean {
    const last = this.entries.at(-1);
    if (kind !== 'answer' || last?.type !== 'delta' || last.isAnswer === true || last.text !== text) return false;
    this.entries[this.entries.length - 1] = { ...last, isAnswer: true };
    return true;
  }

  /** In tenths of a millisecond. */
  #readClock(): number {
    return Math.round((performance.now() - this.#began) * 10) / 10;
  }
}

/** How many characters an entry holds, of whatever a model, a server or a tool may write at length. */
function measure(happening: Happening): number {
  if (happening.type === 'delta') return happening.text.length;
  return happening.type === 'partial' ? 0 : JSON.stringify(happening).length;
}
