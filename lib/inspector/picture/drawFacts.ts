import { countSpared } from './drawMarbles.js';
import { createElement } from './createElement.js';
import { show } from './show.js';
import type { Lane, Story } from './Story.js';

const COLUMNS = ['Attempt', 'Model', 'Verdict', 'First event', 'Time', 'Characters', 'Tokens in / out'];

/** Draws the cost of each request. */
export function drawFacts(target: HTMLElement, story: Story): void {
  const rows = story.lanes.map((lane) => writeRow(lane, story));
  const calls = story.lanes
    .flatMap(({ tools }) => [...tools.values()])
    .map(({ name, marks }) => describeCall(name, marks, story));
  target.replaceChildren(
    createTable('Requests', COLUMNS, rows),
    ...(calls.length === 0 ? [] : [createTable('Tools', ['Tool', 'State', 'Input', 'Result'], calls)]),
  );
}

function writeRow(lane: Lane, story: Story): readonly string[] {
  const { over } = lane;
  const { inputTokens, outputTokens } = over?.usage ?? {};
  const spared = over?.finishReason === 'stopped' ? countSpared(lane, story) : undefined;
  return [
    `${lane.attempt}${lane.step === undefined ? '' : `, step ${lane.step}`}`,
    lane.model ?? '–',
    describeVerdict(lane),
    over?.firstEventAfter === undefined ? '–' : show(over.firstEventAfter),
    over === undefined ? 'running' : show(over.duration),
    `${(over?.characters ?? lane.characters).toLocaleString('en')}${spared === undefined ? '' : ` (about ${spared.toLocaleString('en')} spared)`}`,
    inputTokens === undefined || outputTokens === undefined ? '–' : `${inputTokens} / ${outputTokens}`,
  ];
}

function describeVerdict({ left, isAccepted, over, tools }: Lane): string {
  if (left?.tag === 'Unavailable') return 'not to be had: another model is asked';
  if (left) return `rejected, ${left.retriesLeft} left`;
  if (isAccepted) return 'accepted';
  if (over?.error !== undefined) return `failed: ${over.error}`;
  if (over?.finishReason === 'stopped') return 'stopped';
  if (tools.size > 0) return 'called tools';
  return over?.finishReason ?? (over ? 'ended' : 'under way');
}

function describeCall(name: string, marks: readonly { readonly index: number }[], story: Story): readonly string[] {
  const entry = story.entries[marks.at(-1)?.index ?? -1];
  if (entry?.type !== 'tool') return [name, '', '', ''];
  const { state, input, output, progress, error } = entry;
  const result = error ?? output ?? progress;
  return [
    name,
    state,
    input === undefined ? '–' : JSON.stringify(input),
    result === undefined ? '–' : typeof result === 'string' ? result : JSON.stringify(result),
  ];
}

function createTable(caption: string, heads: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  return createElement(
    'div',
    { class: 'scroll', role: 'region', 'aria-label': caption, tabindex: 0 },
    createElement(
      'table',
      {},
      createElement('caption', {}, caption),
      createElement(
        'thead',
        {},
        createElement('tr', {}, ...heads.map((head) => createElement('th', { scope: 'col' }, head))),
      ),
      createElement(
        'tbody',
        {},
        ...rows.map(([first = '', ...cells]) =>
          createElement(
            'tr',
            {},
            createElement('th', { scope: 'row' }, first),
            ...cells.map((cell) => createElement('td', {}, cell)),
          ),
        ),
      ),
    ),
  );
}
