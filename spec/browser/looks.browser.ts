import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as t from 'io-ts';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { concat, NEVER, Observable, Subject, timer } from 'rxjs';
import { structuredCompletion, structuredElements, tool, type CompletionEvent } from '../../lib/index.js';
import { startInspector, type Inspector } from '../../lib/inspector/index.js';
import { completionOf, scriptedModel, type ScriptedAnswer } from '../../lib/testing/index.js';
import { openBrowser } from './support/openBrowser.js';
import { seriousFindings } from './support/seriousFindings.js';
import { until } from './support/until.js';

/** Where screenshots go, for people to look at. None are taken by default. */
const shots = process.env['SCREENSHOTS'];

const codec = t.type({ name: t.string, age: t.number });
const messages = ['Who is it?'];

describe('things to look at', () => {
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());

  const open = async (url: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const opened = await (await browser.newContext(options)).newPage();
    opened.on('pageerror', ({ message }) => complaints.push(message));
    opened.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await opened.goto(url);
    return opened;
  };

  const status = (): Promise<string> => page.locator('.status').innerText();
  const says = (words: string): Promise<void> =>
    until(`the status says: ${words}`, async () => (await status()).includes(words));

  /** Light and dark, wide and narrow: nothing keeps anybody from using it, and nothing is wider than the screen. */
  const looksRight = async (url: string, name: string, isReady: string): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [1280, 390]) {
        const looked = await open(url, { colorScheme, viewport: { width, height: 900 } });
        await looked.locator(isReady).first().waitFor();
        expect(await seriousFindings(looked)).to.deep.equal([]);
        const isTooWide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
        expect(await looked.evaluate<boolean>(isTooWide), `${colorScheme} ${width}`).to.equal(false);
        if (shots !== undefined)
          await looked.screenshot({ path: join(shots, `${name}-${colorScheme}-${width}.png`), fullPage: true });
        await looked.context().close();
      }
  };

  beforeEach(() => {
    complaints = [];
  });

  afterEach(async () => {
    await page.context().close();
    expect(complaints).to.deep.equal([]);
  });

  describe('the inspector', () => {
    let inspector: Inspector;

    beforeEach(async () => {
      inspector = await startInspector({ port: 0 });
      page = await open(inspector.url);
    });
    afterEach(async () => {
      // Before the server goes, or the page complains of that.
      await page.context().close();
      await inspector.close();
    });

    const run = (answers: readonly ScriptedAnswer[], retries = 0) =>
      structuredCompletion(scriptedModel(answers), {
        ...{ codec, messages, retries, watch: inspector.watch('people') },
      }).subscribe({ error: () => {} });

    const written = (text: string): CompletionEvent => ({ type: 'text-delta', text });

    it('says how to be used where nothing was watched', async () => {
      expect(await page.locator('main').innerText()).to.include("watch: inspector.watch('orders')");
      await looksRight(inspector.url, 'inspector-empty', '.empty');
    });

    it('shows an attempt that fails and its re-ask while they run', async () => {
      const [first, second] = [new Subject<CompletionEvent>(), new Subject<CompletionEvent>()];
      run([first, second], 1);
      first.next(written('{"name":"Ann",'));
      await says('Attempt 1: under way');
      await until('the text is there', async () => (await page.locator('.text').innerText()).includes('"Ann"'));
      expect(await page.locator('.tree .open.tip').innerText()).to.include('▌');
      first.next(written('"age":"thirty'));
      await says('Attempt 1: rejected: $.age: expected number');
      await until('the Left is marked', async () => (await page.locator('.lefts mark').count()) === 1);
      // At the very quote: no number begins with one.
      expect(await page.locator('.lefts mark').getAttribute('data-offset')).to.equal('20');
      expect(await page.locator('.marbles .verdict.left').count()).to.equal(1);

      second.next(written('{"name":"Ann","age":3'));
      await says('Attempt 2: under way');
      await until('the tree grows', async () => (await page.locator('.tree').innerText()).includes('age 3▌'));
      second.next(written('0}'));
      second.next({ type: 'finish', reason: 'stop', raw: '' });
      second.complete();
      await says('Attempt 2: accepted');
      expect(await page.locator('.marbles .verdict.complete').count()).to.equal(1);
      expect(await page.locator('.marbles rect.unpaid').count()).to.equal(1);
      expect(await page.locator('.list small').innerText()).to.match(/^accepted · 2 attempts/);
      await looksRight(`${inspector.url}#1`, 'inspector', '.verdict.complete');
    });

    it('moves back to a Left by a button, and along the log by the keyboard', async () => {
      run(['{"name":"Ann","age":"thirty"}', '{"name":"Ann","age":30}'], 1);
      await says('Attempt 2: accepted');
      await page.getByRole('button', { name: 'Show attempt 1' }).click();
      await page.locator('.text mark').waitFor();
      expect(await page.locator('.text mark').getAttribute('data-offset')).to.equal('20');
      const slider = page.getByRole('slider', { name: 'Place in the completion' });
      await slider.focus();
      await slider.press('Home');
      await until('it is at the beginning', async () =>
        (await slider.getAttribute('aria-valuetext'))!.includes('beginning'),
      );
      await slider.press('ArrowRight');
      await until('it is at the first event', async () =>
        (await slider.getAttribute('aria-valuetext'))!.startsWith('event 1 of'),
      );
      await page.getByRole('button', { name: 'Play' }).click();
      await until(
        'it has played to the end',
        async () => (await page.locator('.controls button').first().innerText()) === 'Replay',
      );
    });

    it('shows the Lefts of elements at their characters, while the list goes on', async () => {
      const answer = new Subject<CompletionEvent>();
      const running = structuredElements(scriptedModel([answer]), {
        ...{ codec, messages, watch: inspector.watch('people') },
      }).subscribe();
      const wrong = Array.from({ length: 24 }, (_, age) => `{"name":${age},"age":1}`);
      answer.next(written('{"items":[{"name":"Ann","age":1},{"name":"Bo","age":"x"},'));
      await until('the Left is there', async () => (await page.locator('.lefts li').count()) === 1);
      expect(await page.locator('.lefts mark').getAttribute('data-offset')).to.equal('52');
      expect(await page.locator('.lefts .message').innerText()).to.include('$.items[1].age: expected number');
      answer.next(written(wrong.join(',')));
      await until('no more than twenty are listed', async () =>
        (await page.locator('.lefts .more').allInnerTexts()).includes('and 5 elements more'),
      );
      expect(await page.getByRole('button', { name: /^Show element/ }).count()).to.equal(20);
      await page.getByRole('button', { name: 'Show element 1', exact: true }).click();
      await until(
        'it is marked in the text',
        async () => (await page.locator('.text mark').getAttribute('data-offset')) === '52',
      );
      expect(await page.locator('.text .caret').count()).to.equal(1);
      await looksRight(`${inspector.url}#1`, 'inspector-elements', '.lefts li');
      running.unsubscribe();
    });

    it('shows a completion that was cancelled', async () => {
      const running = run([concat(completionOf([written('{"name":"A')]), NEVER)]);
      await says('Attempt 1: under way');
      running.unsubscribe();
      await says('Cancelled.');
      expect(await page.locator('.list small').innerText()).to.match(/^cancelled/);
    });

    it('shows a fallback', async () => {
      structuredCompletion([scriptedModel([new Error('down')]), scriptedModel(['{"name":"Ann","age":30}'])], {
        ...{ codec, messages, watch: inspector.watch('fallback') },
      }).subscribe();
      await says('Attempt 2: accepted');
      expect(await status()).to.include('Attempt 1: not to be had: down');
      expect(await page.locator('.facts').innerText()).to.include('another model is asked');
    });

    it('shows a tool while it is written, while it runs, and its result', async () => {
      const result = new Subject<string>();
      const weather = tool({ description: 'The weather', input: t.type({ city: t.string }), run: () => result });
      const call: CompletionEvent[] = [
        { type: 'tool-delta', index: 0, id: 'c1', name: 'weather', text: '{"city":"Bonn"}' },
        { type: 'finish', reason: 'tool-calls', raw: '' },
      ];
      structuredCompletion(scriptedModel([call, '{"name":"Ann","age":30}']), {
        ...{ codec, messages, tools: { weather }, watch: inspector.watch('tool') },
      }).subscribe();
      await until('it runs', async () => (await page.locator('.marbles .call.running').count()) === 1);
      expect(await page.locator('.facts').innerText()).to.match(/weather\s+running\s+{"city":"Bonn"}/);
      result.next('sunny');
      result.complete();
      await until('it is done', async () => (await page.locator('.marbles .call.done').count()) === 1);
      await says('Attempt 1, step 2: accepted');
      expect(await page.locator('.facts').innerText()).to.match(/weather\s+done\s+{"city":"Bonn"}\s+sunny/);
    });

    it('loses nothing of 10,000 deltas, and stays alive meanwhile', async () => {
      const count = 10_000;
      const text = `{"name":"${'x'.repeat(count * 5)}","age":3}`;
      const pieces = text.match(/[^]{1,5}/g)!;
      const fast = new Observable<CompletionEvent>((subscriber) => {
        // In bursts, as a fast socket gives them.
        const bursts = timer(0, 10).subscribe((at) => {
          for (const piece of pieces.slice(at * 50, at * 50 + 50)) subscriber.next(written(piece));
          if (at * 50 < pieces.length) return;
          subscriber.next({ type: 'finish', reason: 'stop', raw: '' });
          subscriber.complete();
        });
        return bursts;
      });
      run([fast]);
      // What the page drew, one frame after the other.
      await page.evaluate(`{
        window.drawn = new Set();
        const frame = () => {
          drawn.add(document.querySelector('.picture')?.dataset.entries);
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }`);
      await until('it is accepted', async () => (await status()).includes('Attempt 1: accepted'), 25_000);
      await until('every entry is there', async () => {
        const entries = Number(await page.locator('.picture').getAttribute('data-entries'));
        return entries > pieces.length * 2;
      });
      const title = await page.locator('.marbles > title').textContent();
      expect(title).to.include(`${pieces.length.toLocaleString('en')} deltas`);
      expect(await page.evaluate<number>('drawn.size'), 'pictures drawn meanwhile').to.be.above(3);
      expect(await page.locator('.tree').innerText()).to.include(`${(count * 5).toLocaleString('en')} characters`);
    }).timeout(180_000);

    it('copies a test that answers the same', async () => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      run(['{"name":"O\'Hara","age":30}']);
      await says('accepted');
      await page.getByRole('button', { name: 'Copy as a test' }).click();
      await page.getByText('Copied.').waitFor();
      const code = await page.evaluate<string>('navigator.clipboard.readText()');
      expect(code).to.include(`{ type: 'text-delta', text: '{"name":"O\\'Hara","age":30}' }`);
      expect(code).to.include("await structuredCompletion(model, { codec, messages: ['the question'], retries: 0 })");
      expect(code).to.include("{ name: 'O\\'Hara', age: 30 },");
    });
  });

  describe('the playground', () => {
    let folder: string;
    let server: { readonly url: string; readonly close: () => void };

    before(async () => {
      const script = new URL('../../scripts/playground.mjs', import.meta.url).href;
      const { buildPlayground, servePlayground } = (await import(script)) as {
        readonly buildPlayground: (folder: string) => Promise<void>;
        readonly servePlayground: (folder: string, port: number) => Promise<typeof server>;
      };
      folder = await mkdtemp(join(tmpdir(), 'playground-'));
      await buildPlayground(folder);
      server = await servePlayground(folder, 0);
    });
    after(async () => {
      server.close();
      await rm(folder, { recursive: true });
    });

    const at = async (hash: string): Promise<void> => {
      page = await open(`${server.url}#${hash}`);
    };

    it('shows every stage of a wrong answer, and the Left at its character', async () => {
      await at('sample=wrong&pace=0&codec=user&size=6&text=%7B%22name%22:%22Ann%22,%22age%22:%22thirty%22%7D');
      await says('Attempt 1: rejected: $.age');
      const rows = page.locator('#stages tr');
      await until('the Left is listed', async () => (await page.locator('#stages .Left').count()) === 1);
      expect((await rows.allInnerTexts()).map((row) => row.split('\t').map((cell) => cell.trim()))).to.deep.equal([
        ['attempt 1'],
        ['"{\\"name"', '{', '{} at $', 'Right Partial {}'],
        ['"\\":\\"Ann"', 'key "name" string Ann…', '{"name":"Ann"} at $.name', 'Right Partial {"name":"Ann"}'],
        ['"\\",\\"age"', 'string …', '{"name":"Ann"} at $', 'Right Partial {"name":"Ann"}'],
        [
          '"\\":\\"thi"',
          'key "age" string thi…',
          '{"name":"Ann","age":"thi"} at $.age',
          'Left $.age: expected number, got "thi…"',
        ],
      ]);
      expect(await page.locator('.text mark.wrong').getAttribute('data-offset')).to.equal('20');
      expect(await page.locator('.text del.unpaid').innerText()).to.equal('rty"}');
    });

    it('marks the character within a word, too', async () => {
      await at('sample=literal&pace=0');
      await says('Attempt 2: accepted');
      expect(await page.locator('.lefts mark').getAttribute('data-offset')).to.equal('14');
      expect(await page.locator('.lefts mark').innerText()).to.equal('y');
    });

    const expectations = {
      right: 'Attempt 1: accepted',
      attempts: 'Attempt 2: accepted',
      truncated: 'Failed: IncompleteCompletionError',
      fenced: 'Attempt 1: accepted',
      tools: 'Attempt 1, step 2: accepted',
      fallback: 'Attempt 2: accepted',
      syntax: 'Attempt 2: accepted',
      schema: 'Attempt 2: accepted',
      slow: 'Attempt 1: accepted',
    };
    for (const [sample, words] of Object.entries(expectations))
      it(`shows the answer "${sample}"`, async () => {
        await at(`sample=${sample}&pace=2`);
        await says(words);
      });

    it('keeps all of it in its address', async () => {
      await at('sample=right&pace=0');
      await says('accepted');
      await page.getByLabel('What the model writes').fill('{"customer":7');
      await page.getByRole('button', { name: 'Run' }).click();
      await says('rejected: $.customer');
      const again = await open(page.url());
      await again.getByText('rejected: $.customer').first().waitFor();
      await again.context().close();
    });

    it('says what is wrong with a schema', async () => {
      await at('sample=schema&pace=0&schema=%7B%22type%22:%22strange%22%7D');
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('alert').innerText()).to.include('a schema needs a type');
    });

    it('can be unsubscribed from', async () => {
      await at('sample=slow');
      await says('under way');
      await page.getByRole('button', { name: 'Unsubscribe' }).click();
      await says('Cancelled.');
    });

    it('is for everybody, on every screen', async () => {
      await at('sample=right&pace=0');
      await looksRight(`${server.url}#sample=attempts&pace=3`, 'playground', '.verdict.complete');
      await looksRight(`${server.url}#sample=tools&pace=3`, 'playground-tools', '.verdict.complete');
    }).timeout(180_000);
  });
});
