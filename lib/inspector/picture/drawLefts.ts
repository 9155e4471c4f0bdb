import { createElement } from './createElement.js';
import { findLeftPlace } from './findLeftPlace.js';
import { count } from './show.js';
import type { LeftMark, Story } from './Story.js';

/** How much of the text is shown before the character that is wrong, and after it. */
const BEFORE = 42;
const AFTER = 24;

/**
 * Draws each Left at its very character, with the text around it, those of elements as well. Drawn once each: a Left is
 * final.
 */
export function drawLefts(target: HTMLElement, story: Story, goTo: (index: number) => void): void {
  const { lefts, hiddenLefts } = story;
  const more = target.querySelector('.more');
  const drawn = target.childElementCount - (more === null ? 0 : 1);
  for (const mark of lefts.slice(drawn)) target.insertBefore(createItem(mark, goTo), more);
  if (hiddenLefts > 0) {
    const words = `and ${count(hiddenLefts, 'element')} more`;
    if (more === null) target.append(createElement('li', { class: 'more note' }, words));
    else more.textContent = words;
  }
  target.hidden = lefts.length === 0;
}

function createItem({ left, text, at }: LeftMark, goTo: (index: number) => void): HTMLLIElement {
  const offset = findLeftPlace(left, text);
  const name = left.index === undefined ? `attempt ${left.attempt}` : `element ${left.index}`;
  const button = createElement('button', { type: 'button' }, `Show ${name}`);
  button.addEventListener('click', () => {
    goTo(at);
  });
  return createElement(
    'li',
    {},
    offset !== undefined && createExcerpt(text, offset),
    createElement('span', { class: 'message' }, left.message),
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
