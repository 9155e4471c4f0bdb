import { AsyncPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, DestroyRef, effect, inject, signal } from '@angular/core';
import { rxResource, takeUntilDestroyed, toObservable, toSignal } from '@angular/core/rxjs-interop';
import { EMPTY, debounceTime, distinctUntilKeyChanged, filter, of, scan, Subject, switchMap, tap } from 'rxjs';
import { Attempts } from './attempts';
import { ContactCard } from './contact-card';
import { extractionStates, idle, isOver, type ExtractionState } from './extraction-state';
import { Extractor } from './extractor';
import { LineItems } from './line-items';
import { samples } from './samples';
import { statusOf } from './status';

/** What was asked for by the button: a text to begin with, or an extraction that is there already. */
type Job = { readonly text: string } | { readonly id: string };

const DEBOUNCE = 400;

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
  readonly #destroyed = inject(DestroyRef);
  readonly #cancel = new Subject<void>();

  protected readonly samples = samples;
  /** A reloaded page has the text as well as the extraction. */
  protected readonly text = signal(sessionStorage.getItem('text') ?? '');
  protected readonly asIType = signal(false);
  /** The extraction in the address bar: a reloaded page comes back to it. */
  protected readonly id = signal(new URLSearchParams(location.search).get('extraction') ?? undefined);

  readonly #id = this.id();
  readonly #job = signal<Job | undefined>(this.#id === undefined ? undefined : { id: this.#id });

  /** As one types: each change unsubscribes from the request before it, which ends at the model. */
  readonly #typed = toSignal(
    toObservable(computed(() => ({ text: this.text(), asIType: this.asIType() }))).pipe(
      switchMap((typed) => (typed.asIType ? of(typed).pipe(debounceTime(DEBOUNCE)) : of(typed))),
      switchMap(({ text, asIType }) =>
        asIType && text.trim() !== '' ? extractionStates(this.#extractor.extract(text), this.#cancel) : of(idle),
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
  protected readonly contact = computed(() => this.state().value.contact ?? {});
  protected readonly items = computed(() => this.state().value.lineItems ?? []);

  /** What was extracted since the page was opened, newest first. */
  protected readonly recent = toObservable(this.state).pipe(
    filter(({ phase }) => phase === 'done'),
    distinctUntilKeyChanged('value'),
    scan((recent, { value }) => [value, ...recent].slice(0, 5), [] as readonly ExtractionState['value'][]),
  );

  constructor() {
    effect(() => {
      sessionStorage.setItem('text', this.text());
    });
  }

  protected submit(): void {
    if (this.text().trim() === '') return;
    this.#forget();
    this.asIType.set(false);
    this.#job.set({ text: this.text() });
  }

  protected cancel(): void {
    if (!this.isBusy()) return;
    const id = this.id();
    this.#cancel.next();
    // The address goes last: what was cancelled has still to be named.
    if (!this.asIType() && id !== undefined)
      this.#extractor
        .end(id)
        .pipe(takeUntilDestroyed(this.#destroyed))
        .subscribe({ error: () => undefined });
    this.#forget();
  }

  #begin(text: string) {
    return this.#extractor.begin(text).pipe(
      tap((id) => {
        this.id.set(id);
        history.replaceState(null, '', `?extraction=${encodeURIComponent(id)}`);
      }),
      switchMap((id) => this.#extractor.follow(id)),
    );
  }

  #forget(): void {
    this.id.set(undefined);
    history.replaceState(null, '', location.pathname);
  }
}
