import type { LeftEntry, LogEntry, OverEntry, ToolEntry } from '../log/LogEntry.js';

/** A marble: one entry of the log, by its index. */
export interface Mark {
  readonly index: number;
  readonly at: number;
  readonly kind: 'text' | 'tool' | 'reasoning' | 'refusal' | 'answer' | 'partial' | 'element';
}

/** The last word on an attempt. */
export interface VerdictMark {
  readonly index: number;
  readonly at: number;
  readonly kind: 'left' | 'complete';
}

/** A state that a call was in, and since when. */
export interface ToolMark {
  readonly index: number;
  readonly at: number;
  readonly state: ToolEntry['state'];
}

/** A Left, and where it stands in the log. */
export interface LeftMark {
  readonly left: LeftEntry;
  /** How many entries there are with it. */
  readonly at: number;
  /** The answer's text until then. */
  readonly text: string;
}

/** How many Lefts of elements are listed: a list may have thousands. */
const MOST_ELEMENTS = 20;

/** One request, as it is drawn. */
export interface Lane {
  readonly attempt: number;
  readonly step: number | undefined;
  model: string | undefined;
  /** The range of its entries in the log; the end is open while it runs. */
  readonly first: number;
  last: number | undefined;
  readonly from: number;
  to: number | undefined;
  readonly deltas: Mark[];
  readonly partials: Mark[];
  readonly verdicts: VerdictMark[];
  readonly tools: Map<string, { readonly name: string; readonly marks: ToolMark[] }>;
  /** The one that ended it; Lefts of elements are in the story's list alone. */
  left: LeftEntry | undefined;
  over: OverEntry | undefined;
  /** How long the answer's text is, in all. */
  characters: number;
  /** The answer came to its end, and was right. */
  isAccepted: boolean;
}

/** A log as it is drawn: it grows with each entry, and nothing of it is counted twice. */
export class Story {
  readonly entries: LogEntry[] = [];
  readonly lanes: Lane[] = [];
  /** In their order, those of the first elements among them. */
  readonly lefts: LeftMark[] = [];
  /** How many elements were rejected, listed or not. */
  elementLefts = 0;
  ended: Extract<LogEntry, { type: 'ended' }> | undefined;
  full: Extract<LogEntry, { type: 'full' }> | undefined;

  push(entries: readonly LogEntry[]): void {
    for (const entry of entries) this.#push(entry);
  }

  get hiddenLefts(): number {
    return Math.max(0, this.elementLefts - MOST_ELEMENTS);
  }

  get duration(): number {
    return this.entries.at(-1)?.at ?? 0;
  }

  /** The request that an entry belongs to. */
  findLane(index: number): Lane | undefined {
    return this.lanes.findLast(({ first }) => first <= index) ?? this.lanes[0];
  }

  #push(entry: LogEntry): void {
    const index = this.entries.push(entry) - 1;
    const { at } = entry;
    if (entry.type === 'attempt') this.#begin(entry, index);
    const lane = this.lanes.at(-1);
    if (lane === undefined) return;
    switch (entry.type) {
      case 'start':
        lane.model = entry.model ?? lane.model;
        break;
      case 'delta':
        lane.deltas.push({ index, at, kind: entry.isAnswer === true ? 'answer' : entry.kind });
        if (entry.isAnswer === true) lane.characters += entry.text.length;
        break;
      case 'partial':
      case 'element':
        lane.partials.push({ index, at, kind: entry.type });
        break;
      case 'left':
        lane.verdicts.push({ index, at, kind: 'left' });
        if (entry.index === undefined) lane.left = entry;
        else this.elementLefts += 1;
        if (entry.index === undefined || this.elementLefts <= MOST_ELEMENTS)
          this.lefts.push({ left: entry, at: index + 1, text: this.#readText(lane) });
        break;
      case 'complete':
        lane.verdicts.push({ index, at, kind: 'complete' });
        lane.isAccepted = true;
        break;
      case 'tool': {
        const key = `${entry.step}/${entry.id}`;
        const call = this.lanes.map(({ tools }) => tools.get(key)).find((known) => known !== undefined);
        const mark = { index, at, state: entry.state };
        if (call === undefined) lane.tools.set(key, { name: entry.name, marks: [mark] });
        else call.marks.push(mark);
        break;
      }
      case 'over':
        lane.to = at;
        lane.last = index;
        lane.over = entry;
        break;
      case 'ended':
        this.ended = entry;
        lane.to ??= at;
        break;
      case 'full':
        this.full = entry;
        break;
      default:
    }
  }

  #readText(lane: Lane): string {
    return lane.deltas
      .reduce<string[]>((texts, { index, kind }) => {
        const entry = this.entries[index];
        if (kind === 'answer' && entry?.type === 'delta') texts.push(entry.text);
        return texts;
      }, [])
      .join('');
  }

  #begin(entry: Extract<LogEntry, { type: 'attempt' }>, index: number): void {
    this.lanes.push({
      attempt: entry.attempt,
      step: entry.step,
      model: entry.model,
      first: index,
      last: undefined,
      from: entry.at,
      to: undefined,
      deltas: [],
      partials: [],
      verdicts: [],
      tools: new Map(),
      left: undefined,
      over: undefined,
      characters: 0,
      isAccepted: false,
    });
  }
}
