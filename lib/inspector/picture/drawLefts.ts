import { createElement } from './createElement.js';
import { findLeftPlace } from './findLeftPlace.js';
import type { Lane, Story } from './Story.js';

/** How much of the text is shown before the character that is wrong, and after it. */
const BEFORE = 42;
const AFTER = 24;

/** Draws each Left at its very character, with the text around it. Drawn once each: a Left is final. */
export function drawLefts(target: HTMLElement, story: Story, goTo: (index: number) => void): void {
  const lefts = story.lanes.filter(({ left }) => left !== undefined);
  for (const lane of lefts.slice(target.childElementCount)) target.append(createItem(lane, goTo));
  target.hidden = lefts.length === 0;
}

function createItem(lane: Lane, goTo: (index: number) => void): HTMLLIElement {
  const { left, leftText: text = '', leftAt = 0 } = lane;
  const offset = left === undefined ? undefined : findLeftPlace(left, text);
  const button = createElement('button', { type: 'button' }, `Show attempt ${lane.attempt}`);
  button.addEventListener('click', () => {
    goTo(leftAt);
  });
  return createElement(
    'li',
    {},
    offset !== undefined && createExcerpt(text, offset),
    createElement('span', { class: 'message' }, left?.message ?? ''),
    button,
  );
}

function createExcerpt(text: string, offset: number): HTMLElement {
  const from = Math.max(0, offset - BEFORE);
  const character = text.slice(offset, offset + 1);
  const after = text.slice(offset + 1, offset + 1 + AFTER);
  return createElement(
    'code',
    {},
    `${from > 0 ? '…' : ''}${text.slice(from, offset)}`,
    createElement('mark', { class: 'wrong', 'data-offset': offset }, character === '' ? '␃' : character),
    after,
    offset + 1 + AFTER < text.length && '…',
  );
}
