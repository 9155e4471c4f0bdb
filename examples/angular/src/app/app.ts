import { AsyncPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, effect, inject, signal } from '@angular/core';
import { rxResource, toObservable, toSignal } from '@angular/core/rxjs-interop';
import type { Extraction } from '@contract/Extraction';
import type { JsonPath, PartialOf } from 'rx-structured';
import { distinctUntilKeyChanged, filter, of, scan, Subject, switchMap, tap, timer, type Observable } from 'rxjs';
import { Attempts } from './attempts';
import { ContactCard } from './contact-card';
import { extractionStates, idle, isOver, type ExtractionState, type Verdict } from './extraction-state';
import { Extractor } from './extractor';
import { LineItems } from './line-items';
import { samples } from './samples';
import { statusOf } from './status';

/** The job that the button started: a new text, or an extraction that exists already. */
type Job = { readonly text: string } | { readonly id: string };

/** The milliseconds without typing that make it worth asking. */
const DEBOUNCE = 400;

/** The same object each time: a component whose input is the same is not drawn again. */
const noValue: PartialOf<Extraction> = {};
const noContact: PartialOf<Extraction['contact']> = {};
const noItems: PartialOf<Extraction['lineItems']> = [];
const noPath: JsonPath = [];

@Component({
  selector: 'app-root',
  imports: [AsyncPipe, Attempts, ContactCard, LineItems],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './app.html',
  styleUrl: './app.css',
  host: { '(document:keydown.escape)': 'cancel()' },
})
export class App {
  readonly #extractor = inject(Extractor);
  readonly #cancel = new Subject<void>();

  protected readonly samples = samples;
  /** A reloaded page has the text as well as the extraction. */
  protected readonly text = signal(sessionStorage.getItem('text') ?? '');
  protected readonly asIType = signal(false);
  /** The extraction in the address bar: a reloaded page comes back to it. */
  readonly #id = signal(new URLSearchParams(location.search).get('extraction') ?? undefined);
  readonly #job = signal(this.#jobInAddress());

  /** As one types: each change unsubscribes from the request before it, which so ends at the model. */
  readonly #typed = toSignal(
    toObservable(computed(() => (this.asIType() ? this.text() : ''))).pipe(
      switchMap((text) =>
        text.trim() === ''
          ? of(idle)
          : timer(DEBOUNCE).pipe(switchMap(() => extractionStates(this.#extractor.extract(text), this.#cancel))),
      ),
    ),
    { initialValue: idle },
  );

  /** By the button: `resolved` at the first partial already, so the end is in the value. */
  readonly #submitted = rxResource({
    params: () => this.#job(),
    stream: ({ params }) =>
      extractionStates('id' in params ? this.#extractor.follow(params.id) : this.#begin(params.text), this.#cancel),
    defaultValue: idle,
  });

  protected readonly state = computed<ExtractionState>(() =>
    this.asIType() ? this.#typed() : this.#submitted.value(),
  );
  protected readonly isBusy = computed(() => !isOver(this.state()));
  protected readonly status = computed(() => statusOf(this.state()));
  /** The partial of the current attempt, also after the connection was lost. */
  protected readonly value = computed((): PartialOf<Extraction> => {
    const state = this.state();
    return 'value' in state ? state.value : noValue;
  });
  protected readonly path = computed((): JsonPath => {
    const state = this.state();
    return state.phase === 'writing' ? state.path : noPath;
  });
  protected readonly contact = computed(() => this.value().contact ?? noContact);
  protected readonly items = computed(() => this.value().lineItems ?? noItems);

  /** Everything extracted since the page was opened, newest first. */
  protected readonly recent = toObservable(this.state).pipe(
    filter((state) => state.phase === 'done'),
    distinctUntilKeyChanged('value'),
    scan((recent: readonly Extraction[], { value }) => [value, ...recent].slice(0, 5), []),
  );

  constructor() {
    effect(() => {
      sessionStorage.setItem('text', this.text());
    });
  }

  protected submit(): void {
    if (this.text().trim() === '') return;
    this.toggle(false);
    this.#job.set({ text: this.text() });
  }

  /** Whatever runs is ended first, by the way it was begun. */
  protected toggle(asIType: boolean): void {
    this.cancel();
    this.#comeBackTo(undefined);
    this.asIType.set(asIType);
  }

  protected cancel(): void {
    if (!this.isBusy()) return;
    const id = this.#id();
    this.#cancel.next();
    this.#comeBackTo(undefined);
    // A failure is not shown: the extraction ends by itself.
    if (!this.asIType() && id !== undefined) this.#extractor.end(id).subscribe({ error: () => undefined });
  }

  #begin(text: string): Observable<Verdict> {
    return this.#extractor.begin(text).pipe(
      tap((id) => {
        this.#comeBackTo(id);
      }),
      switchMap((id) => this.#extractor.follow(id)),
    );
  }

  #jobInAddress(): Job | undefined {
    const id = this.#id();
    return id === undefined ? undefined : { id };
  }

  /** Puts the id where a reload of the page finds it. */
  #comeBackTo(id: string | undefined): void {
    this.#id.set(id);
    history.replaceState(null, '', id === undefined ? location.pathname : `?extraction=${encodeURIComponent(id)}`);
  }
}
