/** One notification in a row of marbles. `at` is its column in the text. */
export interface Mark {
  readonly kind: 'value' | 'complete' | 'error' | 'span';
  readonly at: number;
  /** The letter of a value. */
  readonly text?: string;
  /** The last column of a span. */
  readonly to?: number;
}

export interface StreamRow {
  readonly kind: 'stream';
  readonly label: string;
  /** The columns in which the row begins and ends. */
  readonly from: number;
  readonly to: number;
  readonly marks: readonly Mark[];
  /** Notifications of one moment stand in parentheses: the columns of these. */
  readonly groups: readonly (readonly [number, number])[];
  /** The meaning of the letters, in the words of the text. */
  readonly legend: readonly string[];
}

export interface OperatorRow {
  readonly kind: 'operator';
  readonly text: string;
}

/** Rows from top to bottom; a `gap` stands between two diagrams of one block. */
export type MarbleRow = StreamRow | OperatorRow | { readonly kind: 'gap' };

/** Dots are time in which a subscriber waits, before anything begins. */
const TIMELINE = /^( *)(?:(\S.*?)( +))?(\.*)((?=\S*-|\(\w+\|\))[-A-Za-z0-9()|#[\]]+(?: \|[-|]+\|)*)(?: {2,}(\S.*))?$/;

/** Reads a marble diagram as doc comments and pages hold them. `undefined` for a text that is none. */
export function readMarbles(text: string): readonly MarbleRow[] | undefined {
  const lines = text.replace(/\s+$/, '').split('\n');
  const rows = lines.map((line): MarbleRow => {
    if (line.trim() === '') return { kind: 'gap' };
    return readStream(line) ?? { kind: 'operator', text: line.trim() };
  });
  const streams = rows.filter(({ kind }) => kind === 'stream');
  if (streams.length === 0) return undefined;
  // A text with a row that only looks like marbles has more lines of other kinds.
  return rows.length - streams.length > streams.length ? undefined : rows;
}

function readStream(line: string): StreamRow | undefined {
  const [, indent = '', label = '', space = '', wait = '', timeline = '', legend = ''] = TIMELINE.exec(line) ?? [];
  if (!/[|#]/.test(timeline) || (wait + timeline).length < 4) return undefined;
  const from = indent.length + label.length + space.length + wait.length;
  return {
    kind: 'stream',
    label,
    from,
    to: from + timeline.length - 1,
    marks: readMarks(timeline, from),
    groups: Array.from(timeline.matchAll(/\([^)]*\)/g), ({ 0: group, index }): [number, number] => [
      from + index + 1,
      from + index + group.length - 2,
    ]),
    legend: legend.split(/ {2,}/).filter((item) => item !== ''),
  };
}

function readMarks(timeline: string, from: number): readonly Mark[] {
  if (timeline.startsWith('|'))
    return Array.from(timeline.matchAll(/\|-+\|/g), ({ 0: span, index }) => ({
      kind: 'span',
      at: from + index,
      to: from + index + span.length - 1,
    }));
  return Array.from(timeline).flatMap((character, index): readonly Mark[] => {
    const at = from + index;
    if ('-()'.includes(character)) return [];
    if (character === '|') return [{ kind: 'complete', at }];
    if (character === '#') return [{ kind: 'error', at }];
    return [{ kind: 'value', at, text: character }];
  });
}
