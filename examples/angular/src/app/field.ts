import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { JsonPath } from 'rx-structured';

/** A name and what is known of its value; a caret stands where the model writes. */
@Component({
  selector: 'div[app-field]',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dt>{{ label() }}</dt>
    <dd [class.caret]="isWritten()" [attr.data-field]="at()">
      @if (value()) {
        <span>{{ value() }}</span>
      } @else if (!isWritten()) {
        <span class="absent"><span aria-hidden="true">–</span><span class="visually-hidden">none</span></span>
      }
    </dd>
  `,
  styles: `
    :host {
      min-inline-size: 0;
    }
    dt {
      color: var(--muted);
      font-size: 0.8125rem;
      margin-block-end: 0.1rem;
    }
    dd {
      margin: 0;
      min-block-size: 1.5em;
      overflow-wrap: anywhere;
    }
    :host(.name) dd {
      font-size: 1.25rem;
      font-weight: 650;
      line-height: 1.2;
    }
    .absent {
      color: var(--muted);
    }
  `,
})
export class Field {
  readonly label = input.required<string>();
  readonly at = input.required<string>();
  readonly value = input<string | undefined>();
  readonly path = input.required<JsonPath>();

  protected readonly isWritten = computed(() => this.path().join('.') === this.at());
}
