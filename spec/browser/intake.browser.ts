import { expect } from 'chai';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { startModelServer, type ModelServer } from '../../examples/nest/src/model/startModelServer.js';
import { IntakePage } from './support/IntakePage.js';
import { openBrowser } from './support/openBrowser.js';
import { seriousFindings } from './support/seriousFindings.js';
import { startNest, type Nest } from './support/startNest.js';
import { until } from './support/until.js';

/** Milliseconds per token: an answer takes two seconds, or does not end while a test looks at it. */
const FAST = 4;
const READABLE = 60;
const ENDLESS = 150;

describe('the page, the server and the model', () => {
  let browser: Browser;
  let model: ModelServer;
  let nest: Nest;
  let intake: IntakePage;
  let complaints: string[];

  const open = async (options: BrowserContextOptions = {}): Promise<IntakePage> => {
    const page = await (await browser.newContext(options)).newPage();
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      // The browser's own line for a status that the page explains in words.
      if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
        complaints.push(message.text());
    });
    const opened = new IntakePage(page, nest.url);
    await opened.open();
    return opened;
  };

  const lastRequest = () => model.requests.at(-1)!;

  before(async () => {
    [browser, model] = await Promise.all([openBrowser(), startModelServer()]);
    nest = await startNest({ model: model.url });
  });

  after(async () => {
    await browser.close();
    await nest.stop();
    await model.stop();
  });

  beforeEach(async () => {
    model.requests.length = 0;
    model.mishaps.length = 0;
    model.pace = FAST;
    complaints = [];
    intake = await open();
  });

  afterEach(async () => {
    await intake.page.context().close();
    expect(complaints).to.deep.equal([]);
    await until('the model has nothing to do', () => model.requests.every(({ state }) => state !== 'writing'));
  });

  it('shows a tool that the server runs, as it runs, and then what it has found', async () => {
    await intake.extract('Article number');
    await intake.page.getByTestId('tools').getByText('Looking an article up').waitFor();
    await intake.reaches('done');
    expect(await intake.page.getByTestId('tools').count()).to.equal(0);
    expect((await intake.cells()).flat().join()).to.include('Oak shelf, 80 cm');
    expect(model.requests).to.have.length(2);
  });

  it('shows what is written while the model writes, and the whole at the end', async () => {
    model.pace = ENDLESS;
    await intake.extract('Order');
    await intake.field('name').getByText('Marlene').waitFor();
    expect(lastRequest().state).to.equal('writing');
    model.pace = READABLE;
    await intake.rows.first().waitFor();
    expect(lastRequest().state).to.equal('writing');
    model.pace = FAST;

    await intake.reaches('done');
    expect(await intake.field('name').innerText()).to.equal('Marlene Okafor');
    expect(await intake.field('company').innerText()).to.equal('Northlight Joinery Ltd.');
    expect(await intake.field('email').innerText()).to.equal('marlene@northlight-joinery.example');
    expect(await intake.field('phone').innerText()).to.equal('+44 113 496 0182');
    expect(await intake.field('address').innerText()).to.equal('14 Canal Row, Leeds LS1 4DY');
    expect(await intake.cells()).to.deep.equal([
      ['Oak shelf, 80 cm', '3', '£49.90', '£149.70'],
      ['Steel bracket, black', '12', '£6.25', '£75.00'],
      ['Delivery to Leeds', '1', '£18.00', '£18.00'],
    ]);
    expect(await intake.total.innerText()).to.equal('£242.70');
    expect(await intake.page.locator('.caret').count()).to.equal(0);
    expect(model.requests).to.have.length(1);
  });

  it('marks the field that is being written, one after the other', async () => {
    model.pace = READABLE;
    await intake.recordCarets();
    await intake.extract('Order');
    await intake.reaches('done');
    const carets = await intake.carets();
    const places = [
      ...['name', 'email', 'company', 'phone', 'address'].map((field) => `contact.${field}`),
      ...['lineItems.0', 'lineItems.1', 'lineItems.2'],
    ];
    // A busy machine draws fewer of them, never another and never in another order.
    expect(carets).to.deep.equal(places.filter((place) => carets.includes(place)));
    expect(carets).to.have.length.above(3);
  });

  for (const mode of ['by the button', 'as one types'] as const)
    it(`closes the model’s connection when cancelled, begun ${mode}`, async () => {
      model.pace = ENDLESS;
      if (mode === 'as one types') {
        await intake.asIType.check();
        await intake.sample('Order');
      } else await intake.extract('Order');
      await intake.field('name').getByText('Marl').waitFor();
      await intake.cancel();
      await intake.reaches('cancelled');
      await until('the model saw the connection close', () => lastRequest().state === 'aborted');
      expect(model.requests).to.have.length(1);
    });

  it('closes the model’s connection when the page is left while it extracts as one types', async () => {
    model.pace = ENDLESS;
    await intake.asIType.check();
    await intake.sample('Order');
    await intake.field('name').getByText('Marl').waitFor();
    await intake.page.goto('about:blank');
    await until('the model saw the connection close', () => lastRequest().state === 'aborted');
  });

  it('asks when the typing pauses, not at every key', async () => {
    await intake.asIType.check();
    await intake.text.pressSequentially('1 x Pen at £2.00 Regards, ', { delay: 20 });
    await intake.reaches('done');
    expect(model.requests).to.have.length(1);
  });

  it('ends an extraction when another one is begun in its place', async () => {
    model.pace = ENDLESS;
    await intake.extract('Order');
    await intake.field('name').getByText('Marl').waitFor();
    await intake.extract('Order');
    await until('the model saw the connection close', () => model.requests[0]?.state === 'aborted');
    model.pace = FAST;
    await intake.reaches('done');
    expect(model.requests).to.have.length(2);
  });

  it('cancels the request that further typing supersedes, and shows the last one', async () => {
    model.pace = ENDLESS;
    await intake.asIType.check();
    await intake.text.fill('2 x Lamp at £10.00\nKind regards,\nAda Byron\nada@example.org');
    await intake.field('name').getByText('Ada').waitFor();
    await intake.text.fill('2 x Lamp at £10.00\nKind regards,\nMary Somerville\nmary@example.org');
    await until('the model saw the connection close', () => model.requests[0]?.state === 'aborted');
    model.pace = FAST;
    await intake.field('name').getByText('Mary Somerville').waitFor();
    await intake.reaches('done');
    expect(model.requests.map(({ state }) => state)).to.deep.equal(['aborted', 'finished']);
    expect(await intake.total.innerText()).to.equal('£20.00');
  });

  it('shows the attempt that failed as failed, with the reason, while the next one grows', async () => {
    model.pace = READABLE;
    await intake.extract('Numbers as words');
    await until('it is corrected', () => model.requests.length === 2);
    model.pace = ENDLESS;
    await intake.attempts.first().waitFor();
    expect(await intake.attempts.first().innerText())
      .to.include('Attempt 1 was not accepted')
      .and.to.include('Line items 2, quantity: expected Int');
    await intake.field('name').getByText('Marlene').waitFor();
    expect(lastRequest().state).to.equal('writing');
    expect(await intake.status.innerText()).to.include('Attempt 2 of 3');
    model.pace = FAST;

    await intake.reaches('done');
    expect(await intake.total.innerText()).to.equal('£242.70');
    expect(model.requests.map(({ state }) => state)).to.deep.equal(['aborted', 'finished']);
    expect(lastRequest().messages.at(-1)?.content).to.include('$.lineItems[1].quantity');
  });

  it('goes on after a reload, and asks the model once', async () => {
    model.pace = ENDLESS;
    await intake.extract('Order');
    await intake.field('email').getByText('marlene').waitFor();
    await intake.page.reload();
    await intake.field('name').getByText('Marlene Okafor').waitFor();
    expect(lastRequest().state).to.equal('writing');
    model.pace = FAST;

    await intake.reaches('done');
    expect(await intake.total.innerText()).to.equal('£242.70');
    expect(model.requests.map(({ state }) => state)).to.deep.equal(['finished']);

    // A finished extraction is still there, and the text that it was made from.
    await intake.page.reload();
    await intake.reaches('done');
    expect(await intake.total.innerText()).to.equal('£242.70');
    expect(await intake.text.inputValue()).to.include('Oak shelf');
    expect(model.requests).to.have.length(1);
  });

  describe('says what went wrong', () => {
    const cases: readonly {
      readonly sample: string;
      readonly mishap?: ModelServer['mishaps'][number];
      readonly says: string;
    }[] = [
      { sample: 'Card number', says: 'The model declined' },
      { sample: 'Too long', says: 'The answer became too long' },
      { sample: 'Order', mishap: { kind: 'drop', afterTokens: 30 }, says: 'The connection was lost' },
      { sample: 'Order', mishap: { kind: 'status', status: 429 }, says: 'The model is busy' },
      { sample: 'Order', mishap: { kind: 'status', status: 503 }, says: 'The model is not available' },
      { sample: 'Order', mishap: { kind: 'status', status: 401 }, says: 'Something went wrong' },
    ];
    for (const { sample, mishap, says } of cases)
      it(`“${says}”${mishap?.kind === 'status' ? ` (${mishap.status})` : ''}`, async () => {
        if (mishap) model.mishaps.push(mishap);
        await intake.extract(sample);
        await intake.reaches('failed');
        expect(await intake.status.innerText()).to.include(says);
        expect(await seriousFindings(intake.page)).to.deep.equal([]);
        expect(model.requests).to.have.length(1);

        // And it can be tried again.
        await intake.extract('Order');
        await intake.reaches('done');
      });

    it('“No answer could be accepted”, after three attempts', async () => {
      model.stubborn = true;
      await intake.extract('Numbers as words');
      await intake.reaches('invalid');
      model.stubborn = false;
      expect(await intake.attempts.count()).to.equal(3);
      expect(model.requests).to.have.length(3);
    });

    it('“Too many requests”, by the server’s own limit', async () => {
      const strict = await startNest({ model: model.url, env: { RATE_LIMIT: '1' } });
      const page = new IntakePage(intake.page, strict.url);
      await page.open();
      await page.extract('Order');
      await page.reaches('done');
      await page.extract('Order');
      await page.reaches('failed');
      expect(await page.status.innerText()).to.include('Too many requests');
      expect(model.requests).to.have.length(1);
      await strict.stop();
    });

    it('“The server cannot be reached”', async () => {
      const other = await startNest({ model: model.url });
      const page = new IntakePage(intake.page, other.url);
      await page.open();
      await other.stop();
      await page.extract('Order');
      await page.reaches('failed');
      expect(await page.status.innerText()).to.include('The server cannot be reached');
    });

    it('“The model is not available”, where nothing listens', async () => {
      const lonely = await startNest({ model: 'http://127.0.0.1:9/v1' });
      const page = new IntakePage(intake.page, lonely.url);
      await page.open();
      await page.extract('Order');
      await page.reaches('failed');
      expect(await page.status.innerText()).to.include('The model is not available');
      await lonely.stop();
    });

    it('“This extraction is gone”', async () => {
      await intake.page.goto(`${nest.url}/?extraction=${crypto.randomUUID()}`);
      await intake.reaches('failed');
      expect(await intake.status.innerText()).to.include('This extraction is gone');
    });
  });

  it('can be used by keyboard alone', async () => {
    model.pace = ENDLESS;
    const press = (key: string) => intake.page.keyboard.press(key);
    await press('Tab');
    expect(await intake.focused()).to.equal('Order');
    await press('Enter');
    // Four more samples, and then the text.
    for (let stop = 0; stop < 5; stop += 1) await press('Tab');
    expect(await intake.focused()).to.equal('text');
    await press('Control+Enter');
    await intake.field('name').getByText('Marl').waitFor();
    await press('Escape');
    await intake.reaches('cancelled');
    await until('the model saw the connection close', () => lastRequest().state === 'aborted');
    // The focus stays where the next word is typed.
    expect(await intake.focused()).to.equal('text');
  });

  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1280, 390])
      it(`gives axe nothing serious to find: ${colorScheme}, ${width} pixels wide`, async () => {
        const view = await open({ colorScheme, viewport: { width, height: 844 } });
        expect(await seriousFindings(view.page), 'idle').to.deep.equal([]);
        model.pace = ENDLESS;
        await view.extract('Numbers as words');
        await view.field('name').getByText('Marl').waitFor();
        expect(await seriousFindings(view.page), 'writing').to.deep.equal([]);
        model.pace = FAST;
        await view.reaches('done');
        await view.page.locator('summary').click();
        expect(await seriousFindings(view.page), 'done, with a failed attempt').to.deep.equal([]);
        const overflow = await view.page.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect(overflow, 'scrolls sideways').to.equal(0);
        await view.page.context().close();
      });
});
