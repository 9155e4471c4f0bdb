import { CurrencyPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { LineItem } from '@contract/Extraction';
import type { JsonPath, PartialOf } from 'rx-structured';

type Cell = keyof LineItem;

/** The ordered items: a row appears when the model begins it. */
@Component({
  selector: 'app-line-items',
  imports: [CurrencyPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './line-items.html',
  styleUrl: './line-items.css',
})
export class LineItems {
  readonly items = input.required<PartialOf<readonly LineItem[]>>();
  /** The model writes it before the items; a code that is not known yet is not guessed. */
  readonly currency = input<string | undefined>();
  readonly path = input.required<JsonPath>();
  /** There will be no more items. */
  readonly isWhole = input.required<boolean>();

  protected readonly rows = computed(() =>
    this.items().map((item) => {
      const { description, quantity, unitPrice } = item ?? {};
      // A price that is still being written would make a total that jumps.
      const isPriced = quantity !== undefined && unitPrice !== undefined;
      return { description, quantity, unitPrice, amount: isPriced ? quantity * unitPrice : undefined };
    }),
  );

  protected readonly total = computed(() => this.rows().reduce((sum, { amount = 0 }) => sum + amount, 0));

  protected isOpen(row: number): boolean {
    const [list, index] = this.path();
    return list === 'lineItems' && index === row;
  }

  protected isWritten(row: number, cell: Cell): boolean {
    return this.isOpen(row) && this.path()[2] === cell;
  }
}
