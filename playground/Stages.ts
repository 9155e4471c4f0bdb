import { Subject, tap, type Observer } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { accumulatePartial, decodeWith, toJsonTokens } from '../lib/index.js';
import type { Decoded, InvalidAnswer, JsonToken, PartialJson, WatchedEvent } from '../lib/index.js';
import { showError } from '../lib/inspector/log/showError.js';
import { createElement } from '../lib/inspector/picture/createElement.js';

/** How many rows an attempt may have. */
const ROWS = 400;

interface Row {
  delta: string;
  tokens?: readonly JsonToken[];
  partial?: PartialJson;
  eithers: Either<InvalidAnswer, Decoded<unknown>>[];
  error?: unknown;
}

/** Shows what each operator makes of each delta, in a table: the same pipe as in `structuredCompletion`, taken apart. */
export class Stages {
  readonly #body: HTMLElement;
  readonly #codec: t.Mixed;
  #deltas: Observer<string> | undefined;
  #row: Row = { delta: '', eithers: [] };
  #count = 0;
  #isOver = false;
  #rows: HTMLElement[] = [];

  constructor(body: HTMLElement, codec: t.Mixed) {
    this.#body = body;
    this.#codec = codec;
    body.replaceChildren();
  }

  see(event: WatchedEvent): void {
    if (event.type === 'attempt') {
      this.#deltas = undefined;
      this.#count = 0;
      this.#isOver = false;
      const step = event.step === undefined ? '' : `, step ${event.step}`;
      this.#add(
        createElement(
          'tr',
          { class: 'attempt' },
          createElement('th', { colspan: 4, scope: 'colgroup' }, `attempt ${event.attempt}${step}`),
        ),
      );
    } else if (event.type === 'answer-delta') {
      this.#deltas ??= this.#begin(event.wrapped === true);
      this.#tell(event.text, (deltas) => {
        deltas.next(event.text);
      });
    } else if (event.type === 'finish' && this.#deltas !== undefined && event.reason !== 'tool-calls')
      this.#tell(`(${event.reason})`, (deltas) => {
        deltas.complete();
      });
  }

  #begin(isWrapped: boolean): Observer<string> {
    const deltas = new Subject<string>();
    const codec = isWrapped ? t.strict({ value: this.#codec }) : this.#codec;
    deltas
      .pipe(
        toJsonTokens(),
        tap((tokens) => (this.#row.tokens = tokens)),
        accumulatePartial(),
        tap((partial) => (this.#row.partial = partial)),
        decodeWith(codec),
      )
      .subscribe({
        next: (either) => {
          this.#row.eithers.push(either);
          if (either._tag === 'Left') this.#isOver = true;
        },
        error: (error: unknown) => {
          this.#row.error = error;
        },
      });
    return deltas;
  }

  #tell(delta: string, act: (deltas: Observer<string>) => void): void {
    if (this.#deltas === undefined || this.#isOver) return;
    this.#count += 1;
    this.#row = { delta, eithers: [] };
    act(this.#deltas);
    if (this.#count === ROWS)
      this.#add(createElement('tr', {}, createElement('td', { colspan: 4 }, 'Later deltas are not listed.')));
    if (this.#count < ROWS) this.#add(rowOf(this.#row));
  }

  /** Drawn with the next frame, all at once. */
  #add(row: HTMLElement): void {
    if (this.#rows.push(row) > 1) return;
    requestAnimationFrame(() => {
      this.#body.append(...this.#rows);
      this.#rows = [];
    });
  }
}

function rowOf({ delta, tokens = [], partial, eithers, error }: Row): HTMLElement {
  const last = eithers.at(-1);
  const tag = last === undefined ? '' : last._tag === 'Left' ? 'Left' : last.right._tag;
  return createElement(
    'tr',
    {},
    createElement('th', { scope: 'row' }, JSON.stringify(delta)),
    createElement('td', {}, tokens.map(showToken).join(' ')),
    createElement(
      'td',
      {},
      partial === undefined
        ? ''
        : `${partial.value === undefined ? 'nothing' : JSON.stringify(partial.value)} at ${pathOf(partial)}`,
    ),
    createElement('td', { class: tag }, error === undefined ? eithers.map(showEither).join('\n') : showError(error)),
  );
}

function pathOf({ path, complete }: PartialJson): string {
  return complete ? 'its end' : ['$', ...path].join('.');
}

function showToken(token: JsonToken): string {
  switch (token.type) {
    case 'key':
      return `key ${JSON.stringify(token.key)}`;
    case 'string':
    case 'number':
      return `${token.type} ${token.start ? '' : '…'}${token.text}${token.end ? '' : '…'}`;
    case 'literal':
      return String(token.value);
    default:
      return { 'object-start': '{', 'object-end': '}', 'array-start': '[', 'array-end': ']' }[token.type];
  }
}

function showEither(either: Either<InvalidAnswer, Decoded<unknown>>): string {
  if (either._tag === 'Left') return `Left ${either.left.message}`;
  return `Right ${either.right._tag} ${JSON.stringify(either.right.value)}`;
}
