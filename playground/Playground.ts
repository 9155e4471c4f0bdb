import { fromEvent, type Subscription } from 'rxjs';
import type * as t from 'io-ts';
import type { WatchedEvent } from '../lib/index.js';
import { feedOf } from '../lib/completions/CompletionFeed.js';
import { CompletionLog } from '../lib/inspector/log/CompletionLog.js';
import { createElement } from '../lib/inspector/picture/createElement.js';
import { Picture } from '../lib/inspector/picture/Picture.js';
import { codecOfSchema } from './codecOfSchema.js';
import { codecs } from './codecs.js';
import { attemptsOf, runAnswer } from './runAnswer.js';
import { readHash, samples, writeHash, type Settings } from './samples.js';
import { Stages } from './Stages.js';

/** The page: a form, and what the library makes of what is written in it. */
export class Playground {
  readonly #form = find('form', HTMLFormElement);
  readonly #sample = find('sample', HTMLSelectElement);
  readonly #codec = find('codec', HTMLSelectElement);
  readonly #schema = find('schema', HTMLTextAreaElement);
  readonly #text = find('text', HTMLTextAreaElement);
  readonly #size = find('size', HTMLInputElement);
  readonly #pace = find('pace', HTMLInputElement);
  readonly #end = find('end', HTMLSelectElement);
  readonly #words = find('words', HTMLInputElement);
  readonly #problem = find('schema-problem', HTMLElement);
  readonly #picture = find('picture', HTMLElement);
  readonly #stages = find('stages', HTMLElement);
  #run: Subscription | undefined;
  #hash = '';

  constructor() {
    this.#sample.append(
      ...Object.entries(samples).map(([value, { name }]) => createElement('option', { value }, name)),
    );
    const named = Object.entries(codecs).map(([value, { name }]) => createElement('option', { value }, name));
    this.#codec.append(...named, createElement('option', { value: 'schema' }, 'a JSON Schema'));

    listen(this.#sample, 'change', () => {
      this.#show(samples[this.#sample.value]?.settings ?? this.#settings());
      this.start();
    });
    listen(this.#form, 'change', () => {
      this.#show(this.#settings());
    });
    listen(this.#form, 'submit', (event) => {
      event.preventDefault();
      this.start();
    });
    listen(find('cancel', HTMLElement), 'click', () => {
      this.#run?.unsubscribe();
    });
    listen(window, 'hashchange', () => {
      if (location.hash === this.#hash) return;
      this.#show(readHash(location.hash));
      this.start();
    });
    this.#show(readHash(location.hash));
    this.start();
  }

  /** Asks anew, in place of the run before. */
  start(): void {
    this.#run?.unsubscribe();
    const settings = this.#settings();
    this.#hash = writeHash(settings);
    history.replaceState(null, '', this.#hash);
    const codec = this.#codecOf(settings);
    if (codec === undefined) return;

    const log = new CompletionLog('1', samples[settings.sample]?.name ?? 'playground');
    const picture = new Picture({
      name: log.name,
      answers: attemptsOf(settings.text).filter((block) => !block.startsWith('call ')),
    });
    const stages = new Stages(this.#stages, codec);
    this.#picture.replaceChildren(picture.node);
    let isHeard = false;
    const show = (): void => {
      picture.push(log.entries.slice(picture.length));
    };
    const watch = (event: WatchedEvent): void => {
      stages.see(event);
      const feed = isHeard ? undefined : feedOf(event);
      isHeard = true;
      feed?.listen((told) => {
        log.push(told);
        // After the event that may still make one entry of two.
        queueMicrotask(show);
      });
    };
    // The picture shows the error.
    this.#run = runAnswer(settings, codec, watch).subscribe({ error: () => undefined });
  }

  #codecOf({ codec, schema }: Settings): t.Mixed | undefined {
    this.#problem.hidden = true;
    try {
      return codec === 'schema' ? codecOfSchema(schema) : codecs[codec]?.codec;
    } catch (error) {
      this.#problem.hidden = false;
      this.#problem.textContent = error instanceof Error ? error.message : String(error);
      return undefined;
    }
  }

  #settings(): Settings {
    return {
      sample: this.#sample.value,
      codec: this.#codec.value,
      schema: this.#schema.value,
      text: this.#text.value,
      size: Math.max(1, Number(this.#size.value) || 1),
      pace: Math.max(0, Number(this.#pace.value) || 0),
      end: this.#end.value,
      words: this.#words.checked,
    };
  }

  #show(settings: Settings): void {
    this.#sample.value = settings.sample;
    this.#codec.value = settings.codec;
    this.#schema.value = settings.schema;
    this.#text.value = settings.text;
    this.#size.value = String(settings.size);
    this.#pace.value = String(settings.pace);
    this.#end.value = settings.end;
    this.#words.checked = settings.words;
    const shown = codecs[settings.codec];
    find('schema-label', HTMLElement).hidden = settings.codec !== 'schema';
    const source = find('shown-codec', HTMLElement);
    source.hidden = shown === undefined;
    source.textContent = shown?.source ?? '';
  }
}

function find<T extends HTMLElement>(id: string, kind: abstract new (...values: never[]) => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no #${id}`);
  return found;
}

function listen(target: EventTarget, type: string, act: (event: Event) => void): void {
  fromEvent(target, type).subscribe({
    next: act,
    error: (error: unknown) => {
      console.error(error);
    },
  });
}
