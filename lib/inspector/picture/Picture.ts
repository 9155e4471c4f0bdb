import type { LogEntry } from '../log/LogEntry.js';
import { Caret } from './Caret.js';
import { drawFacts } from './drawFacts.js';
import { drawMarbles, nameLane, describeVerdict, type IndexAt, type Scale } from './drawMarbles.js';
import { drawLefts } from './drawLefts.js';
import { drawText } from './drawText.js';
import { drawTree } from './drawTree.js';
import { createElement, createSvg } from './createElement.js';
import { findLeftPlace } from './findLeftPlace.js';
import { Player } from './Player.js';
import { show } from './show.js';
import { Story } from './Story.js';
import { toTest } from './toTest.js';

export interface PictureOptions {
  readonly name: string;
  /** The whole answers, one per attempt, where they are known: what was not read of them is shown. */
  readonly answers?: readonly string[];
}

/** Below this many milliseconds all marbles would stand in one place: then they stand in a row. */
const INSTANT = 30;

/**
 * Draws an answer that is being written: its marbles, its text and its document.
 *
 * Entries are taken at once, and drawn with the next frame: a fast model makes it drop frames, never entries.
 */
export class Picture {
  readonly node: HTMLElement;
  readonly #options: PictureOptions;
  #story = new Story();
  #caret = new Caret(this.#story);
  readonly #player = new Player((index) => {
    this.#moveTo(index);
  });
  #index = 0;
  /** The caret stays at the end, wherever that is. */
  #follows = true;
  #isDue = false;
  #scale: Scale | 'auto' = 'auto';
  #findIndex: IndexAt = () => 0;

  readonly #marbles = createSvg('svg', { class: 'marbles', role: 'img', preserveAspectRatio: 'xMinYMin' });
  readonly #lefts = createElement('ol', { class: 'lefts', 'aria-label': 'Rejected answers' });
  readonly #text = createElement('pre', { class: 'text', tabindex: 0, 'aria-label': 'The text of the answer' });
  readonly #problem = createElement('p', { class: 'problem', hidden: true });
  readonly #said = createElement('details', { class: 'said', hidden: true });
  readonly #tree = createElement('ul', {
    class: 'tree',
    tabindex: 0,
    'aria-label': 'The document as far as it is written',
  });
  readonly #facts = createElement('div', { class: 'facts' });
  readonly #status = createElement('p', { class: 'status', role: 'status' });
  readonly #full = createElement('p', { class: 'full note', hidden: true });
  readonly #range = createElement('input', {
    type: 'range',
    min: 0,
    max: 0,
    value: 0,
    'aria-label': 'Place in the completion',
  });
  readonly #play = createElement('button', { type: 'button' }, 'Replay');
  readonly #live = createElement('button', { type: 'button', 'aria-pressed': true }, 'To the end');
  readonly #copy = createElement('button', { type: 'button' }, 'Copy as a test');
  readonly #copied = createElement('span', { class: 'note', role: 'status' });

  constructor(options: PictureOptions) {
    this.#options = options;
    const speed = createChoice('Speed', [
      ['1', '1×'],
      ['0.1', '0.1×'],
      ['0.25', '0.25×'],
      ['4', '4×'],
      ['16', '16×'],
    ]);
    const scale = createChoice('Along', [
      ['auto', 'auto'],
      ['time', 'time'],
      ['order', 'events'],
    ]);
    this.node = createElement(
      'article',
      { class: 'picture' },
      this.#status,
      this.#full,
      createElement('div', { class: 'scroll' }, this.#marbles),
      this.#lefts,
      createElement(
        'div',
        { class: 'controls' },
        this.#play,
        this.#range,
        this.#live,
        speed.label,
        scale.label,
        this.#copy,
        this.#copied,
      ),
      createElement(
        'div',
        { class: 'panes' },
        createElement('section', {}, createElement('h3', {}, 'Text'), this.#text, this.#problem, this.#said),
        createElement('section', {}, createElement('h3', {}, 'Document'), this.#tree),
      ),
      this.#facts,
    );

    this.#play.addEventListener('click', () => {
      this.#toggle();
    });
    this.#live.addEventListener('click', () => {
      this.#player.pause();
      this.#follows = true;
      this.#schedule();
    });
    this.#range.addEventListener('input', () => {
      this.#player.pause();
      this.#moveTo(Number(this.#range.value));
    });
    speed.select.addEventListener('change', () => {
      this.#player.speed = Number(speed.select.value);
    });
    scale.select.addEventListener('change', () => {
      this.#scale = scale.select.value as Scale | 'auto';
      this.#schedule();
    });
    this.#marbles.addEventListener('click', (event) => {
      this.#player.pause();
      const box = this.#marbles.getBoundingClientRect();
      this.#moveTo(this.#findIndex(event.clientX - box.left));
    });
    this.#copy.addEventListener('click', () => void this.#copyTest());
    new ResizeObserver(() => {
      this.#schedule();
    }).observe(this.node);
  }

  /** How many entries it has. */
  get length(): number {
    return this.#story.entries.length;
  }

  push(entries: readonly LogEntry[]): void {
    this.#story.push(entries);
    this.#schedule();
  }

  /** Plays it from the beginning. */
  replay(): void {
    this.#follows = false;
    this.#player.play(this.#story.entries, 0);
    this.#schedule();
  }

  #toggle(): void {
    if (this.#player.isPlaying) {
      this.#player.pause();
      this.#schedule();
      return;
    }
    const isAtEnd = this.#index >= this.#story.entries.length;
    this.#follows = false;
    this.#player.play(this.#story.entries, isAtEnd ? 0 : this.#index);
    this.#schedule();
  }

  #moveTo(index: number): void {
    this.#follows = false;
    this.#index = index;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#draw();
    });
  }

  #draw(): void {
    const story = this.#story;
    if (this.#follows) this.#index = story.entries.length;
    this.#caret.moveTo(this.#index);

    const width = Math.max(280, Math.floor(this.#marbles.parentElement?.clientWidth ?? 0));
    const scale = this.#scale === 'auto' ? (story.ended && story.duration < INSTANT ? 'order' : 'time') : this.#scale;
    this.#findIndex = drawMarbles(this.#marbles, { story, index: this.#index, scale, width });
    this.#drawControls();
    this.#drawPanes();
    drawLefts(this.#lefts, story, (index) => {
      this.#player.pause();
      this.#moveTo(index);
    });
    drawFacts(this.#facts, story);
    // Told only when it changes: screen readers would read every delta aloud.
    const status = describeStatus(story);
    if (this.#status.textContent !== status) this.#status.textContent = status;
    this.node.dataset['entries'] = String(story.entries.length);
    this.#full.hidden = story.full === undefined;
    this.#full.textContent = story.full ? `The log is full (${story.full.limit}): later deltas are not shown.` : '';
  }

  #drawControls(): void {
    const { entries } = this.#story;
    const length = entries.length;
    this.#range.max = String(length);
    this.#range.value = String(this.#index);
    const entry = entries[this.#index - 1];
    this.#range.setAttribute(
      'aria-valuetext',
      entry === undefined
        ? 'before the beginning'
        : `event ${this.#index} of ${length}: ${entry.type}, after ${show(entry.at)}`,
    );
    this.#play.textContent = this.#player.isPlaying ? 'Pause' : this.#index >= length ? 'Replay' : 'Play';
    this.#live.setAttribute('aria-pressed', String(this.#follows));
  }

  #drawPanes(): void {
    const caret = this.#caret;
    const answer = this.#options.answers?.[(caret.lane?.attempt ?? 1) - 1];
    drawText(this.#text, caret, this.#story, answer?.slice(caret.text.length));
    const { left, said } = caret;
    this.#problem.hidden = left === undefined;
    if (left !== undefined) {
      const offset = findLeftPlace(left, caret.text);
      const where = offset === undefined ? '' : ` at character ${offset}`;
      this.#problem.replaceChildren(createElement('strong', {}, `${left.tag}${where}: `), left.message);
    }
    this.#said.hidden = said === '' || said === caret.text;
    if (!this.#said.hidden) {
      const [summary = createElement('summary', {}, 'Other words of the model')] = this.#said.children;
      this.#said.replaceChildren(summary, createElement('pre', { tabindex: 0 }, said.slice(-3000)));
    }
    drawTree(
      this.#tree,
      caret.document,
      !caret.isAccepted && (left === undefined || left.index !== undefined) && !this.#story.ended,
    );
  }

  async #copyTest(): Promise<void> {
    const code = toTest(this.#options.name, this.#story);
    try {
      await navigator.clipboard.writeText(code);
      this.#copied.textContent = 'Copied.';
    } catch {
      this.#copied.textContent = 'The clipboard is not to be had.';
    }
  }
}

function createChoice(name: string, options: readonly (readonly [string, string])[]) {
  const select = createElement(
    'select',
    {},
    ...options.map(([value, words]) => createElement('option', { value }, words)),
  );
  return { select, label: createElement('label', {}, `${name} `, select) };
}

function describeStatus({ lanes, ended }: Story): string {
  if (lanes.length === 0) return 'Waiting for the first request.';
  const words = lanes.map((lane) => `${nameLane(lane)}: ${describeVerdict(lane)}.`).join(' ');
  if (ended === undefined || ended.how === 'completed') return words;
  return `${words} ${ended.how === 'cancelled' ? 'Cancelled.' : `Failed: ${ended.error ?? ''}`}`;
}
