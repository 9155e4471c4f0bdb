import type { Json, JsonPath, PartialJson } from '../../partials/PartialJson.js';
import { element } from './element.js';
import { count } from './show.js';

/** How many members of one object or array are shown, and how much of a string: the last ones, which grow. */
const MEMBERS = 60;
const STRING = 300;
const DEPTH = 30;

/** Draws the document as a tree, its open path marked, up to the place that is being written. */
export function drawTree(target: HTMLElement, { value, path, complete }: PartialJson, isLive: boolean): void {
  if (value === undefined) {
    target.replaceChildren(element('li', { class: 'note' }, 'nothing yet'));
    return;
  }
  target.replaceChildren(branch('$', value, complete || !isLive ? undefined : path, 0));
}

function branch(key: string | number, value: Json, open: JsonPath | undefined, depth: number): HTMLLIElement {
  const isTip = open?.length === 0;
  const row = element('li', {
    class: open === undefined ? '' : isTip ? 'open tip' : 'open',
    ...(isTip && { 'aria-current': true }),
  });
  const name = element('span', { class: 'key' }, String(key));
  if (typeof value !== 'object' || value === null) {
    row.append(
      element('span', { class: 'line' }, name, ' ', leaf(value), isTip && element('span', { class: 'caret' }, '▌')),
    );
    return row;
  }
  const members: readonly (readonly [string | number, Json])[] = Array.isArray(value)
    ? value.map((member: Json, index) => [index, member] as const)
    : Object.entries(value);
  const size = element('span', { class: 'note' }, Array.isArray(value) ? `[${members.length}]` : `{${members.length}}`);
  row.append(element('span', { class: 'line' }, name, ' ', size, isTip && element('span', { class: 'caret' }, '▌')));
  if (depth > DEPTH) return row;
  const list = element('ul');
  const skipped = Math.max(0, members.length - MEMBERS);
  if (skipped > 0) list.append(element('li', { class: 'note' }, `${count(skipped, 'member')} before`));
  const step = open?.[0];
  for (const [name_, member] of members.slice(skipped))
    list.append(branch(name_, member, open !== undefined && step === name_ ? open.slice(1) : undefined, depth + 1));
  // It has begun, and has nothing to show yet.
  if (step !== undefined && !members.some(([name_]) => name_ === step))
    list.append(
      element(
        'li',
        { class: 'open tip', 'aria-current': true },
        element(
          'span',
          { class: 'line' },
          element('span', { class: 'key' }, String(step)),
          ' ',
          element('span', { class: 'caret' }, '▌'),
        ),
      ),
    );
  if (list.childElementCount > 0) row.append(list);
  return row;
}

function leaf(value: string | number | boolean | null): HTMLElement {
  if (typeof value !== 'string')
    return element('span', { class: `leaf ${value === null ? 'null' : typeof value}` }, String(value));
  const cut = value.length > STRING;
  const text = JSON.stringify(cut ? `…${value.slice(-STRING)}` : value);
  return element(
    'span',
    { class: 'leaf string' },
    text,
    cut && element('span', { class: 'note' }, ` ${count(value.length, 'character')}`),
  );
}
