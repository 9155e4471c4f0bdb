import type { Locator, Page } from 'playwright-core';

/** The page of `examples/angular`, as a person sees it. */
export class IntakePage {
  readonly status: Locator;
  readonly text: Locator;
  readonly total: Locator;
  readonly rows: Locator;
  readonly attempts: Locator;
  readonly asIType: Locator;

  constructor(
    readonly page: Page,
    readonly url: string,
  ) {
    this.status = page.getByRole('status');
    this.text = page.getByLabel('Message to extract from');
    this.total = page.getByTestId('total');
    this.rows = page.locator('app-line-items tbody tr:not(.none)');
    this.attempts = page.locator('app-attempts ol > li');
    this.asIType = page.getByRole('switch', { name: 'Extract as I type' });
  }

  async open(): Promise<void> {
    await this.page.goto(this.url);
    await this.text.waitFor();
  }

  sample(name: string): Promise<void> {
    return this.page.getByRole('button', { name, exact: true }).click();
  }

  async extract(sample: string): Promise<void> {
    await this.sample(sample);
    await this.page.getByRole('button', { name: 'Extract' }).click();
  }

  cancel(): Promise<void> {
    return this.page.getByRole('button', { name: 'Cancel' }).click();
  }

  field(name: string): Locator {
    return this.page.locator(`[data-field="contact.${name}"]`);
  }

  /** The text of the table, row by row. */
  async cells(): Promise<readonly (readonly string[])[]> {
    const rows = await this.rows.all();
    return Promise.all(rows.map((row) => row.getByRole('cell').allInnerTexts()));
  }

  /** The id, or else the words, of what has the keyboard. */
  focused(): Promise<string> {
    return this.page.evaluate('document.activeElement.id || document.activeElement.innerText');
  }

  /** Remembers, from now on, where the caret was. */
  async recordCarets(): Promise<void> {
    await this.page.evaluate(() => {
      const carets: string[] = [];
      Object.assign(window, { carets });
      new MutationObserver(() => {
        const caret = document.querySelector<HTMLElement>('.caret');
        if (caret === null) return;
        const place = caret.dataset['field'] ?? `lineItems.${caret.closest('tr')?.sectionRowIndex ?? '?'}`;
        if (carets.at(-1) !== place) carets.push(place);
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
  }

  /** Where it was, in order. */
  carets(): Promise<readonly string[]> {
    return this.page.evaluate('carets');
  }

  /** Waits for the extraction to come to that point. */
  async reaches(phase: string): Promise<void> {
    await this.page.locator(`[role="status"][data-phase="${phase}"]`).waitFor();
  }
}
