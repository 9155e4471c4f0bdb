import type { Lane, Mark, Story } from './Story.js';
import { count, show } from './show.js';
import { createSvg } from './createElement.js';

/** The unit of the picture's width: milliseconds, or one event after the other. */
export type Scale = 'time' | 'order';

export interface MarblesView {
  readonly story: Story;
  /** How many entries have happened at the caret. */
  readonly index: number;
  readonly scale: Scale;
  readonly width: number;
}

const ROW = 24;
const HEAD = 24;
const GAP = 14;
const RADIUS = 5.5;
/** Room of a marble; those that would touch are one, with more weight. */
const COLUMN = 13;

/** Which entry is at a place of the picture, for a click. */
export type IndexAt = (x: number) => number;

/** Draws the marbles: requests below each other, each in rows, along time. */
export function drawMarbles(target: SVGSVGElement, view: MarblesView): IndexAt {
  const { story, index, width } = view;
  const gutter = width < 560 ? 62 : 86;
  const span = Math.max(1, width - gutter - 24);
  const total = view.scale === 'time' ? Math.max(1, story.duration) : Math.max(1, story.entries.length - 1);
  const place = (at: number, entry: number): number =>
    gutter + 8 + ((view.scale === 'time' ? at : entry) / total) * (span - 8);

  const nodes: SVGElement[] = [createHatch()];
  let y = 4;
  for (const lane of story.lanes) {
    const drawn = drawLane(lane, view, { y, gutter, width, place });
    nodes.push(drawn.group);
    y = drawn.bottom + GAP;
  }
  const entry = story.entries[Math.min(index, story.entries.length) - 1];
  if (entry !== undefined) {
    const x = place(entry.at, index - 1);
    nodes.push(createSvg('line', { class: 'caret-line', x1: x, x2: x, y1: 0, y2: y - GAP }));
  }
  target.replaceChildren(createSvg('title', {}, writeTitle(story)), ...nodes);
  target.setAttribute('viewBox', `0 0 ${width} ${Math.max(40, y - GAP + 4)}`);
  target.setAttribute('height', String(Math.max(40, y - GAP + 4)));

  return (x) => {
    const share = Math.min(1, Math.max(0, (x - gutter - 8) / (span - 8)));
    if (view.scale === 'order') return Math.round(share * total) + 1;
    const at = share * total;
    return Math.max(1, story.entries.findLastIndex((known) => known.at <= at) + 1);
  };
}

interface Frame {
  readonly y: number;
  readonly gutter: number;
  readonly width: number;
  readonly place: (at: number, entry: number) => number;
}

function drawLane(lane: Lane, { story, index }: MarblesView, frame: Frame): { group: SVGElement; bottom: number } {
  const { y, gutter, width, place } = frame;
  const group = createSvg('g', { class: `lane ${lane.left ? 'is-left' : lane.isAccepted ? 'is-right' : ''}` });
  const last = findLast(lane, story);
  const [from, to] = [place(lane.from, lane.first), place(lane.to ?? story.duration, last)];
  const words = [
    nameLane(lane).toLowerCase(),
    width < 560 ? undefined : lane.model,
    lane.over ? show(lane.over.duration) : undefined,
  ].filter((word) => word !== undefined);
  group.append(createSvg('text', { class: 'lane-name', x: 0, y: y + 15 }, words.join(' · ')));

  const rows = [
    { name: 'deltas', marks: lane.deltas },
    { name: 'partials', marks: lane.partials },
    { name: 'verdict', marks: [] },
  ];
  let row = y + HEAD;
  for (const { name, marks } of rows) {
    const middle = row + ROW / 2;
    group.append(
      createSvg('text', { class: 'row-name', x: 0, y: middle + 4 }, name),
      createSvg('line', { class: 'thread', x1: from, x2: Math.max(to, from + 2), y1: middle, y2: middle }),
    );
    drawMarks(group, marks, index, middle, place);
    row += ROW;
  }
  const middle = row - ROW / 2;
  if (lane.to !== undefined)
    group.append(createSvg('line', { class: 'end', x1: to, x2: to, y1: y + HEAD + 4, y2: row - 4 }));
  if (lane.over?.finishReason === 'stopped')
    drawUnpaid(group, lane, story, { ...frame, x: to, middle: y + HEAD + ROW / 2 });
  for (const { at, index: entry, kind } of lane.verdicts)
    drawVerdict(group, kind, place(at, entry), middle, entry >= index);
  for (const [, { name, marks }] of lane.tools) {
    drawTool(group, name, marks, { ...frame, y: row }, story, index);
    row += ROW;
  }
  group.prepend(
    createSvg('rect', {
      class: 'band',
      x: gutter,
      y: y + HEAD - 2,
      width: Math.max(2, width - gutter - 2),
      height: row - y - HEAD + 4,
      rx: 6,
    }),
  );
  return { group, bottom: row };
}

function findLast(lane: Lane, story: Story): number {
  const next = story.lanes[story.lanes.indexOf(lane) + 1];
  return lane.last ?? (next === undefined ? story.entries.length - 1 : next.first - 1);
}

/** Marbles that would touch are drawn as one; how many they are is told by its size, and by its title. */
function drawMarks(group: SVGElement, marks: readonly Mark[], index: number, y: number, place: Frame['place']): void {
  const columns = new Map<number, { count: number; past: number; mark: Mark }>();
  for (const mark of marks) {
    const column = Math.round(place(mark.at, mark.index) / COLUMN);
    const known = columns.get(column);
    const isPast = mark.index < index ? 1 : 0;
    if (known === undefined) columns.set(column, { count: 1, past: isPast, mark });
    else {
      known.count += 1;
      known.past += isPast;
    }
  }
  for (const [column, { count: many, past, mark }] of columns) {
    const x = many === 1 ? place(mark.at, mark.index) : column * COLUMN;
    const classes = `marble ${mark.kind}${past === 0 ? ' later' : ''}${many > 1 ? ' many' : ''}`;
    const radius = many === 1 ? RADIUS - 1 : Math.min(RADIUS + 0.7, RADIUS - 1 + Math.log10(many));
    group.append(
      createSvg('circle', { class: classes, cx: x, cy: y, r: radius }, createSvg('title', {}, count(many, mark.kind))),
    );
  }
}

function drawVerdict(group: SVGElement, kind: 'left' | 'complete', x: number, y: number, isLater: boolean): void {
  const sign =
    kind === 'left'
      ? createSvg('path', {
          d: `M${x - 3.2} ${y - 3.2}L${x + 3.2} ${y + 3.2}M${x + 3.2} ${y - 3.2}L${x - 3.2} ${y + 3.2}`,
        })
      : createSvg('path', { d: `M${x - 4} ${y}L${x - 1} ${y + 3.2}L${x + 4.2} ${y - 3.4}` });
  group.append(
    createSvg(
      'g',
      { class: `verdict ${kind}${isLater ? ' later' : ''}` },
      createSvg('title', {}, kind === 'left' ? 'Left' : 'Complete'),
      createSvg('circle', { cx: x, cy: y, r: 9 }),
      sign,
    ),
  );
}

/** A request that we ended: from there on nothing was written, and nothing is paid for. */
function drawUnpaid(
  group: SVGElement,
  lane: Lane,
  story: Story,
  { x, middle, width }: Frame & { readonly x: number; readonly middle: number },
): void {
  const room = width - x - 12;
  if (room < 20) return;
  const spared = countSpared(lane, story);
  const length = Math.min(room, 120);
  group.append(
    createSvg('rect', {
      class: 'unpaid',
      x: x + 4,
      y: middle - 7,
      width: length,
      height: 14,
      rx: 4,
      fill: 'url(#hatch)',
    }),
  );
  const words =
    spared === undefined ? 'stopped: the rest was never written' : `about ${count(spared, 'character')} never written`;
  if (room > length + 230) group.append(createSvg('text', { class: 'note', x: x + length + 12, y: middle + 4 }, words));
}

/** How many characters were not written, judged by the answer that was accepted. */
export function countSpared(lane: Lane, story: Story): number | undefined {
  const accepted = story.lanes.findLast(({ isAccepted }) => isAccepted);
  if (accepted === undefined || accepted === lane || accepted.characters <= lane.characters) return undefined;
  return accepted.characters - lane.characters;
}

function drawTool(
  group: SVGElement,
  name: string,
  marks: readonly { readonly at: number; readonly index: number; readonly state: string }[],
  { y, place, gutter }: Frame,
  story: Story,
  index: number,
): void {
  const label = name.length > Math.floor(gutter / 7.4) ? `${name.slice(0, Math.floor(gutter / 7.4) - 1)}…` : name;
  group.append(createSvg('text', { class: 'row-name', x: 0, y: y + ROW / 2 + 4 }, label, createSvg('title', {}, name)));
  marks.forEach(({ at, index: entry, state }, nth) => {
    const next = marks[nth + 1];
    const from = place(at, entry);
    const isEnd = state === 'done' || state === 'failed';
    const to = isEnd ? from + 8 : next ? place(next.at, next.index) : place(story.duration, story.entries.length - 1);
    group.append(
      createSvg(
        'rect',
        {
          class: `call ${state}${entry >= index ? ' later' : ''}`,
          x: from,
          y: y + 6,
          width: Math.max(3, to - from),
          height: ROW - 12,
          rx: 3,
        },
        createSvg('title', {}, `${name}: ${state}`),
      ),
    );
  });
}

function createHatch(): SVGElement {
  return createSvg(
    'defs',
    {},
    createSvg(
      'pattern',
      { id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      createSvg('line', { class: 'hatching', x1: 0, x2: 0, y1: 0, y2: 6 }),
    ),
  );
}

/** The picture in words. */
function writeTitle(story: Story): string {
  return story.lanes
    .map((lane) => {
      const calls = lane.tools.size === 0 ? '' : `, ${count(lane.tools.size, 'call')}`;
      const counts = `${count(lane.deltas.length, 'delta')}, ${count(lane.partials.length, 'partial')}${calls}`;
      return `${nameLane(lane)}: ${counts}, ${describeVerdict(lane)}.`;
    })
    .join(' ');
}

/** `Attempt 2`, and its step where there are several. */
export function nameLane({ attempt, step, tools }: Lane): string {
  return `Attempt ${attempt}${step === undefined || (step === 1 && tools.size === 0) ? '' : `, step ${step}`}`;
}

/** How an attempt is, in words. */
export function describeVerdict({ left, isAccepted, over, tools }: Lane): string {
  if (left?.tag === 'Unavailable') return `not to be had: ${left.message}`;
  if (left) return `rejected: ${left.message}`;
  if (isAccepted) return 'accepted';
  if (over === undefined) return 'under way';
  if (tools.size > 0) return 'called tools';
  return over.error ?? over.finishReason ?? 'over';
}
