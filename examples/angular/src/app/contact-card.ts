import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { Extraction } from '@contract/Extraction';
import type { JsonPath, PartialOf } from 'rx-structured';
import { Field } from './field';

/** Who wrote the message. */
@Component({
  selector: 'app-contact-card',
  imports: [Field],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="avatar" aria-hidden="true">
      @if (initials()) {
        {{ initials() }}
      } @else {
        <svg viewBox="0 0 24 24" width="26" height="26" fill="currentColor">
          <circle cx="12" cy="8" r="4" />
          <path d="M4 20a8 7 0 0 1 16 0Z" />
        </svg>
      }
    </div>
    <dl>
      <div app-field class="name" label="Name" at="contact.name" [value]="contact().name" [path]="path()"></div>
      <div app-field label="Company" at="contact.company" [value]="contact().company" [path]="path()"></div>
      <div app-field label="E-mail" at="contact.email" [value]="contact().email" [path]="path()"></div>
      <div app-field label="Phone" at="contact.phone" [value]="contact().phone" [path]="path()"></div>
      <div
        app-field
        class="wide"
        label="Address"
        at="contact.address"
        [value]="contact().address"
        [path]="path()"
      ></div>
    </dl>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: auto 1fr;
      gap: 1.25rem;
    }
    .avatar {
      display: grid;
      place-items: center;
      inline-size: 3.25rem;
      block-size: 3.25rem;
      border-radius: 50%;
      background: var(--accent-soft);
      color: var(--accent);
      font-weight: 650;
      letter-spacing: 0.02em;
    }
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 13rem), 1fr));
      gap: 0.9rem 1.5rem;
      margin: 0;
      min-inline-size: 0;
    }
    .wide {
      grid-column: 1 / -1;
    }
    @media (max-width: 30rem) {
      :host {
        grid-template-columns: 1fr;
      }
    }
  `,
})
export class ContactCard {
  readonly contact = input.required<PartialOf<Extraction['contact']>>();
  readonly path = input.required<JsonPath>();

  protected readonly initials = computed(() =>
    (this.contact().name ?? '')
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => word.charAt(0))
      .slice(0, 2)
      .join(''),
  );
}
