import type { Caret } from './Caret.js';
import { createElement } from './createElement.js';
import { findLeftPlace } from './findLeftPlace.js';
import { count } from './show.js';
import type { Lane, Story } from './Story.js';

/** How much of a text is shown on either side of the caret, in characters. */
const AROUND = 3000;

/** The text with its caret, what is wrong at its very character, and what was never written. */
export function drawText(target: HTMLElement, caret: Caret, story: Story, rest: string | undefined): void {
  const { text, left, lane } = caret;
  const from = Math.max(0, text.length - AROUND);
  const wrong = left === undefined ? undefined : findLeftPlace(left, text);
  const nodes: (Node | string)[] = [];
  if (from > 0) nodes.push(createElement('span', { class: 'note' }, `(${count(from, 'character')} before) `));

  if (wrong === undefined || wrong < from) nodes.push(text.slice(from));
  else {
    // The end of the line or of the text has a character, too.
    const character = text.slice(wrong, wrong + 1);
    nodes.push(
      text.slice(from, wrong),
      createElement('mark', { class: 'wrong', 'data-offset': wrong }, character === '' ? '␃' : character),
      text.slice(wrong + 1),
    );
  }
  const isOver = lane?.last !== undefined && caret.index > lane.last;
  // A list goes on after the Left of an element.
  if (!isOver && (left === undefined || left.index !== undefined))
    nodes.push(createElement('span', { class: 'caret' }, '▌'));
  const later = lane === undefined ? '' : findLaterText(caret, lane, story);
  if (later !== '') nodes.push(createElement('span', { class: 'ghost' }, later));
  const isStopped = lane?.over?.finishReason === 'stopped';
  if (isStopped && later === '' && rest !== undefined && rest !== '')
    nodes.push(createElement('del', { class: 'unpaid', title: 'never written, not paid for' }, rest.slice(0, AROUND)));
  target.replaceChildren(...nodes);
}

/** The text that the log holds beyond the caret. */
function findLaterText(caret: Caret, lane: Lane, story: Story): string {
  const parts: string[] = [];
  let length = 0;
  for (const { index, kind } of lane.deltas.slice(findFirstAfter(lane, caret.index))) {
    const entry = story.entries[index];
    if (kind !== 'answer' || entry?.type !== 'delta') continue;
    parts.push(entry.text);
    length += entry.text.length;
    if (length > AROUND) return `${parts.join('').slice(0, AROUND)}…`;
  }
  return parts.join('');
}

/** By halving: a log may be long. */
function findFirstAfter({ deltas }: Lane, index: number): number {
  let [low, high] = [0, deltas.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((deltas[middle]?.index ?? 0) < index) low = middle + 1;
    else high = middle;
  }
  return low;
}
