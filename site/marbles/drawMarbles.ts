import { readMarbles, type MarbleRow, type StreamRow } from './readMarbles.js';

/** Pixels. */
const COLUMN = 19;
const ROW = 40;
const BOX = 34;
const GAP = 20;
const LETTER = 7.6;
const MARGIN = 8;

/**
 * Draws the marble diagram of a text block: an SVG in the colours of the page, and the meaning of its letters below it.
 * `undefined` for a text that is no diagram. `id` has to be unique in the page.
 */
export function drawMarbles(text: string, id: string): string | undefined {
  const rows = readMarbles(text);
  return rows === undefined ? undefined : `<figure class="marbles" v-pre>${svg(rows, id)}${caption(rows)}</figure>\n`;
}

function svg(rows: readonly MarbleRow[], id: string): string {
  const streams = rows.filter(isStream);
  const operators = rows.flatMap((row) => (row.kind === 'operator' ? [row.text] : []));
  const first = Math.min(...streams.map(({ from }) => from));
  const left = Math.max(...streams.map(({ label }) => label.length)) * LETTER + MARGIN + 14;
  const x = (column: number): number => round(left + (column - first + 0.5) * COLUMN);
  const right = Math.max(...streams.map(({ to }) => x(to))) + COLUMN;
  const width = Math.ceil(Math.max(right, ...operators.map((each) => each.length * LETTER + 48)));

  let y = MARGIN;
  const parts: string[] = [];
  for (const row of rows) {
    if (row.kind === 'stream') parts.push(drawStream(row, y + ROW / 2, x));
    else if (row.kind === 'operator') parts.push(drawOperator(row.text, y, width));
    y += row.kind === 'stream' ? ROW : row.kind === 'operator' ? BOX + 4 : GAP;
  }
  const height = y + MARGIN;
  return [
    // A wide diagram scrolls on a narrow screen, and so must be within reach of the keyboard.
    `<div class="scroll" tabindex="0" role="group" aria-label="Marble diagram">`,
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${id}-title ${id}-desc" fill="none" stroke="currentColor" stroke-width="1.5">`,
    `<title id="${id}-title">${escapeText(`Marble diagram of ${operators.join(', ') || streams.map(({ label }) => label).join(', ')}`)}</title>`,
    `<desc id="${id}-desc">${escapeText(describeRows(streams))}</desc>`,
    ...parts,
    '</svg></div>',
  ].join('');
}

function drawStream(row: StreamRow, y: number, x: (column: number) => number): string {
  const { label, from, to, marks, groups } = row;
  const isSpans = marks.some(({ kind }) => kind === 'span');
  const ends = marks.some(({ kind }) => kind === 'complete' || kind === 'error');
  const end = ends ? x(Math.max(...marks.map((mark) => mark.to ?? mark.at))) : x(to) + COLUMN / 2;
  return [
    `<text class="label" x="${MARGIN}" y="${y + 4.5}" stroke="none" fill="currentColor">${escapeText(label)}</text>`,
    isSpans ? '' : `<path class="line" d="M${x(from) - COLUMN / 2} ${y}H${end}"/>`,
    ...groups
      .filter(([first, last]) => last > first)
      .map(
        ([first, last]) =>
          `<rect class="moment" x="${x(first) - 12}" y="${y - 14}" width="${x(last) - x(first) + 24}" height="28" rx="14" stroke-dasharray="3 3"/>`,
      ),
    ...marks.map(({ kind, at, text = '', to: last = at }) => {
      switch (kind) {
        case 'complete':
          return `<path class="complete" stroke-width="2.5" d="M${x(at)} ${y - 11}v22"/>`;
        case 'error':
          return `<path class="error" stroke-width="2.5" d="M${x(at) - 7} ${y - 7}l14 14m0 -14l-14 14"/>`;
        case 'span':
          return `<rect class="span" x="${x(at)}" y="${y - 8}" width="${x(last) - x(at)}" height="16" rx="4" fill="var(--marble-box, none)"/>`;
        case 'value':
          return `<g class="${kindOf(text, row)}"><circle cx="${x(at)}" cy="${y}" r="10.5" fill="var(--marble-paper, Canvas)"/><text x="${x(at)}" y="${y + 4.2}" text-anchor="middle" stroke="none" fill="currentColor">${escapeText(text)}</text></g>`;
      }
    }),
  ].join('');
}

/** A Left is red, and the last word on an answer green, by what the letters are said to mean. */
function kindOf(letter: string, { legend }: StreamRow): string {
  const [, meaning] =
    new RegExp(`(?:^| )${letter.replace(/\W/g, '\\$&')}:? (Left|complete|done)`, 'i').exec(legend.join(', ')) ?? [];
  if (letter === 'L' || meaning === 'Left') return 'value left';
  return letter === 'C' || meaning !== undefined ? 'value whole' : 'value';
}

function drawOperator(text: string, y: number, width: number): string {
  return `<g class="operator"><rect x="1" y="${y + 2}" width="${width - 2}" height="${BOX - 4}" rx="8" fill="var(--marble-box, none)"/><text x="${width / 2}" y="${y + BOX / 2 + 4.5}" text-anchor="middle" stroke="none" fill="currentColor">${escapeText(text)}</text></g>`;
}

function describeRows(streams: readonly StreamRow[]): string {
  return streams
    .map(({ label, marks, legend }) => {
      const letters = marks.flatMap(({ kind, text = '' }) => (kind === 'value' ? [text] : []));
      const end = marks.some(({ kind }) => kind === 'error')
        ? 'an error'
        : marks.some(({ kind }) => kind === 'complete')
          ? 'completion'
          : undefined;
      const told = [letters.join(', '), end].filter((part) => part !== undefined && part !== '').join(', then ');
      return `${label}: ${told || 'from its beginning to its end'}.${legend.length > 0 ? ` ${legend.join('; ')}.` : ''}`;
    })
    .join(' ');
}

function caption(rows: readonly MarbleRow[]): string {
  const items = rows
    .filter(isStream)
    .filter(({ legend }) => legend.length > 0)
    .map(
      ({ label, legend }) =>
        `<li><b>${escapeText(label)}</b> ${legend.map((item) => `<span>${escapeText(item)}</span>`).join(' ')}</li>`,
    );
  return items.length === 0 ? '' : `<figcaption><ul>${items.join('')}</ul></figcaption>`;
}

function isStream(row: MarbleRow): row is StreamRow {
  return row.kind === 'stream';
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Braces as well: a page of VitePress is a template. */
function escapeText(text: string): string {
  return text.replace(/[&<>"{}]/g, (character) => `&#${character.charCodeAt(0)};`);
}
