import type { CompletionSummary, LogEntry } from '../log/LogEntry.js';
import { createElement } from '../picture/createElement.js';
import { Picture } from '../picture/Picture.js';
import { count, show } from '../picture/show.js';

const HINT = `structuredCompletion(model, {
  …,
  watch: inspector.watch('orders'),
})`;

/** The inspector's page: the list of completions, and one of them in detail, while they run. */
export class InspectorPage {
  readonly #list: HTMLElement;
  readonly #detail: HTMLElement;
  readonly #connection: HTMLElement;
  #source: EventSource | undefined;
  #picture: Picture | undefined;
  #shown: string | undefined;
  /** A person has chosen; else the newest one is shown. */
  #isChosen = false;
  #summaries: readonly CompletionSummary[] = [];

  constructor() {
    this.#list = findById('list');
    this.#detail = findById('detail');
    this.#connection = findById('connection');
    this.#detail.replaceChildren(
      createElement(
        'div',
        { class: 'empty' },
        createElement('h2', {}, 'Nothing was watched so far'),
        createElement('p', {}, 'Completions appear here as soon as they are subscribed to:'),
        createElement('pre', { tabindex: 0 }, HINT),
      ),
    );
    const chosen = decodeURIComponent(location.hash.slice(1));
    this.#isChosen = chosen !== '';
    this.#show(this.#isChosen ? chosen : undefined);
    addEventListener('hashchange', () => {
      const id = decodeURIComponent(location.hash.slice(1));
      if (id === '' || id === this.#shown) return;
      this.#isChosen = true;
      this.#show(id);
    });
  }

  /** One connection brings the list, and the completion that is shown. */
  #show(id: string | undefined): void {
    this.#source?.close();
    this.#shown = id;
    if (id !== undefined) {
      this.#picture = undefined;
      this.#drawPicture();
    }
    const source = new EventSource(id === undefined ? 'events' : `events?completion=${encodeURIComponent(id)}`);
    this.#source = source;
    source.addEventListener('open', () => {
      this.#connection.textContent = 'Live, on this machine only.';
    });
    source.addEventListener('error', () => {
      this.#connection.textContent = 'The inspector is not there any more. What you see stays; it will be looked for.';
    });
    source.addEventListener('list', ({ data }: MessageEvent<string>) => {
      this.#summaries = JSON.parse(data) as readonly CompletionSummary[];
      this.#drawList();
      const newest = this.#summaries[0]?.id;
      if (!this.#isChosen && newest !== undefined && newest !== this.#shown) this.#show(newest);
    });
    source.addEventListener('entries', ({ data }: MessageEvent<string>) => {
      this.#drawPicture();
      this.#picture?.push(JSON.parse(data) as readonly LogEntry[]);
    });
  }

  #drawPicture(): void {
    const id = this.#shown;
    const summary = this.#summaries.find((known) => known.id === id);
    if (this.#picture !== undefined || summary === undefined) return;
    this.#picture = new Picture({ name: summary.name });
    const began = new Date(summary.startedAt).toLocaleTimeString('en-GB');
    this.#detail.replaceChildren(
      createElement('h2', {}, `${summary.name} `, createElement('span', { class: 'note' }, `#${summary.id}, ${began}`)),
      this.#picture.node,
    );
  }

  /** Items are kept, so that the one with the focus keeps it. */
  #drawList(): void {
    const known = new Map(Array.from(this.#list.children, (item) => [item.getAttribute('data-id') ?? '', item]));
    const items = this.#summaries.map((summary) => {
      const item = known.get(summary.id) ?? this.#createItem(summary);
      this.#drawItem(item, summary);
      return item;
    });
    const isSame =
      items.length === this.#list.children.length && items.every((item, at) => this.#list.children[at] === item);
    if (!isSame) this.#list.replaceChildren(...items);
    this.#drawPicture();
  }

  #createItem({ id, name }: CompletionSummary): HTMLLIElement {
    const button = createElement(
      'button',
      { type: 'button' },
      createElement('span', { class: 'dot', 'aria-hidden': true }),
      createElement('strong', {}, name),
      createElement('small'),
    );
    button.addEventListener('click', () => {
      location.hash = encodeURIComponent(id);
    });
    return createElement('li', { 'data-id': id }, button);
  }

  #drawItem(item: Element, { id, status, attempts, duration }: CompletionSummary): void {
    item.querySelector('button')?.setAttribute('aria-current', String(id === this.#shown));
    const dot = item.querySelector('.dot');
    if (dot) dot.className = `dot ${status}`;
    const small = item.querySelector('small');
    const words = `${status} · ${count(attempts, 'attempt')} · ${show(duration)}`;
    if (small && small.textContent !== words) small.textContent = words;
  }
}

function findById(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}`);
  return found;
}
