import type { Locator, Page } from 'playwright-core';

/** The page of `examples/angular`, as a person sees it. */
export class IntakePage {
  readonly status: Locator;
  readonly text: Locator;
  readonly total: Locator;
  readonly rows: Locator;
  readonly attempts: Locator;

  constructor(
    readonly page: Page,
    readonly url: string,
  ) {
    this.status = page.getByRole('status');
    this.text = page.getByLabel('Message to extract from');
    this.total = page.getByTestId('total');
    this.rows = page.locator('app-line-items tbody tr:not(.none)');
    this.attempts = page.locator('app-attempts ol > li');
  }

  async open(): Promise<void> {
    await this.page.goto(this.url);
    await this.text.waitFor();
  }

  async extract(sample: string): Promise<void> {
    await this.page.getByRole('button', { name: sample, exact: true }).click();
    await this.page.getByRole('button', { name: 'Extract' }).click();
  }

  cancel(): Promise<void> {
    return this.page.getByRole('button', { name: 'Cancel' }).click();
  }

  field(name: string): Locator {
    return this.page.locator(`[data-field="contact.${name}"]`);
  }

  /** Waits for the extraction to come to that point. */
  async reaches(phase: string): Promise<void> {
    await this.page.locator(`[role="status"][data-phase="${phase}"]`).waitFor();
  }
}
