import type { Json, JsonPath, PartialJson } from '../../partials/PartialJson.js';
import { createElement } from './createElement.js';
import { count } from './show.js';

/** How many members of one object or array are shown, and how much of a string: the last ones, which grow. */
const MEMBERS = 60;
const STRING = 300;
const DEPTH = 30;

/** Draws the document as a tree, its open path marked, up to the place that is being written. */
export function drawTree(target: HTMLElement, { value, path, complete }: PartialJson, isLive: boolean): void {
  if (value === undefined) {
    target.replaceChildren(createElement('li', { class: 'note' }, 'nothing yet'));
    return;
  }
  target.replaceChildren(drawBranch('$', value, complete || !isLive ? undefined : path, 0));
}

function drawBranch(key: string | number, value: Json, open: JsonPath | undefined, depth: number): HTMLLIElement {
  const isTip = open?.length === 0;
  const row = createElement('li', {
    class: open === undefined ? '' : isTip ? 'open tip' : 'open',
    ...(isTip && { 'aria-current': true }),
  });
  const name = createElement('span', { class: 'key' }, String(key));
  if (typeof value !== 'object' || value === null) {
    row.append(
      createElement(
        'span',
        { class: 'line' },
        name,
        ' ',
        drawLeaf(value),
        isTip && createElement('span', { class: 'caret' }, '▌'),
      ),
    );
    return row;
  }
  const members: readonly (readonly [string | number, Json])[] = Array.isArray(value)
    ? value.map((member: Json, index) => [index, member] as const)
    : Object.entries(value);
  const size = createElement(
    'span',
    { class: 'note' },
    Array.isArray(value) ? `[${members.length}]` : `{${members.length}}`,
  );
  row.append(
    createElement('span', { class: 'line' }, name, ' ', size, isTip && createElement('span', { class: 'caret' }, '▌')),
  );
  if (depth > DEPTH) return row;
  const list = createElement('ul');
  const skipped = Math.max(0, members.length - MEMBERS);
  if (skipped > 0) list.append(createElement('li', { class: 'note' }, `${count(skipped, 'member')} before`));
  const step = open?.[0];
  for (const [name_, member] of members.slice(skipped))
    list.append(drawBranch(name_, member, open !== undefined && step === name_ ? open.slice(1) : undefined, depth + 1));
  // It has begun, and has nothing to show yet.
  if (step !== undefined && !members.some(([name_]) => name_ === step))
    list.append(
      createElement(
        'li',
        { class: 'open tip', 'aria-current': true },
        createElement(
          'span',
          { class: 'line' },
          createElement('span', { class: 'key' }, String(step)),
          ' ',
          createElement('span', { class: 'caret' }, '▌'),
        ),
      ),
    );
  if (list.childElementCount > 0) row.append(list);
  return row;
}

function drawLeaf(value: string | number | boolean | null): HTMLElement {
  if (typeof value !== 'string')
    return createElement('span', { class: `leaf ${value === null ? 'null' : typeof value}` }, String(value));
  const cut = value.length > STRING;
  const text = JSON.stringify(cut ? `…${value.slice(-STRING)}` : value);
  return createElement(
    'span',
    { class: 'leaf string' },
    text,
    cut && createElement('span', { class: 'note' }, ` ${count(value.length, 'character')}`),
  );
}
