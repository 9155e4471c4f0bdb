import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { ExtractionState } from './extraction-state';
import { reasonsOf } from './reasons';

/** The attempts that failed: why, and what the model had written. */
@Component({
  selector: 'app-attempts',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ol>
      @for (failed of failed(); track failed.attempt) {
        <li>
          <h3>Attempt {{ failed.attempt }} was not accepted</h3>
          <ul>
            @for (reason of failed.reasons; track $index) {
              <li>
                @if (reason.where) {
                  {{ reason.where }}:
                }
                <code>{{ reason.what }}</code>
              </li>
            }
          </ul>
          <details>
            <summary>What the model had written</summary>
            <pre tabindex="0">{{ failed.text }}</pre>
          </details>
        </li>
      }
    </ol>
  `,
  styles: `
    ol,
    ul {
      list-style: none;
      margin: 0;
      padding: 0;
    }
    ol {
      display: grid;
      gap: 0.75rem;
    }
    ol > li {
      border-inline-start: 3px solid var(--bad);
      background: var(--bad-soft);
      border-radius: 0 0.5rem 0.5rem 0;
      padding: 0.75rem 1rem;
    }
    h3 {
      margin: 0 0 0.25rem;
      font-size: 0.9375rem;
      color: var(--bad);
    }
    code,
    pre {
      font-family: var(--mono);
      font-size: 0.8125rem;
      overflow-wrap: anywhere;
    }
    details {
      margin-block-start: 0.5rem;
    }
    summary {
      cursor: pointer;
      color: var(--muted);
      font-size: 0.8125rem;
    }
    pre {
      max-block-size: 9rem;
      overflow: auto;
      white-space: pre-wrap;
      margin: 0.5rem 0 0;
    }
  `,
})
export class Attempts {
  readonly failures = input.required<ExtractionState['failures']>();

  protected readonly failed = computed(() =>
    this.failures().map((failure) => ({
      attempt: failure.attempt,
      reasons: reasonsOf(failure.message),
      // A model that was not to be had has written nothing.
      text: failure._tag === 'Unavailable' ? '' : failure.text,
    })),
  );
}
