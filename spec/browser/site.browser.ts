import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from './support/openBrowser.js';
import { seriousFindings } from './support/seriousFindings.js';

/** Where screenshots go, for people to look at. None are taken by default. */
const shots = process.env['SCREENSHOTS'];

const dist = join(import.meta.dirname, '../../site/dist');

interface Served {
  readonly url: string;
  readonly close: () => void;
}

describe('the site of the documentation', () => {
  let browser: Browser;
  let site: Served;
  let page: Page;
  let complaints: string[];
  let foreign: string[];

  before(async () => {
    expect(existsSync(join(dist, 'index.html')), 'built by npm run docs').to.equal(true);
    const script = new URL('../../scripts/serveFolder.mjs', import.meta.url).href;
    const { serveFolder } = (await import(script)) as { readonly serveFolder: (folder: string) => Promise<Served> };
    site = await serveFolder(dist);
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    site.close();
  });

  const open = async (path: string, options: BrowserContextOptions = {}): Promise<Page> => {
    page = await (await browser.newContext(options)).newPage();
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(site.url) && !request.url().startsWith('data:')) foreign.push(request.url());
    });
    await page.goto(site.url + path);
    return page;
  };

  beforeEach(() => {
    [complaints, foreign] = [[], []];
  });
  afterEach(async () => {
    await page.context().close();
    expect(complaints).to.deep.equal([]);
    expect(foreign, 'asked of other hosts').to.deep.equal([]);
  });

  const search = async (words: string): Promise<void> => {
    await page.getByRole('button', { name: 'Search' }).first().click();
    await page.locator('#localsearch-input').fill(words);
    await page.locator('#localsearch-list a').first().waitFor();
  };

  it('finds an error message, and opens the page that explains it', async () => {
    await open('');
    await search('$.age: expected number, got "thirty"');
    await page.locator('#localsearch-list a').first().click();
    await page.waitForURL(/\/troubleshooting\.html#/);
    const hash = decodeURIComponent(new URL(page.url()).hash);
    const heading = page.locator(`h3[id="${hash.slice(1)}"]`);
    await heading.waitFor();
    expect(await heading.innerText()).to.include('expected number');
  });

  it('finds an operator, by the keyboard alone', async () => {
    await open('concepts');
    await page.keyboard.press('Control+k');
    await page.locator('#localsearch-input').fill('accumulatePartial');
    await page.locator('#localsearch-list a').first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.pathname.includes('concepts'));
    expect(await page.locator('main').innerText()).to.include('accumulatePartial');
  });

  const looked = {
    home: '',
    guide: 'concepts',
    api: 'api/rx-structured/functions/structuredCompletion',
    playground: 'playground/#sample=attempts&pace=3',
  };
  for (const [name, path] of Object.entries(looked))
    it(`is for everybody, on every screen, light and dark: ${name}`, async () => {
      for (const colorScheme of ['light', 'dark'] as const)
        for (const width of [1280, 390]) {
          await open(path, { colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce' });
          await page
            .locator(name === 'playground' ? '.verdict.complete' : '.VPContent')
            .first()
            .waitFor();
          const where = `${colorScheme} ${width}`;
          expect(await seriousFindings(page), where).to.deep.equal([]);
          const isTooWide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
          expect(await page.evaluate<boolean>(isTooWide), where).to.equal(false);
          if (name !== 'playground') {
            const isDark = await page.evaluate<boolean>('document.documentElement.classList.contains("dark")');
            expect(isDark, where).to.equal(colorScheme === 'dark');
          }
          if (shots !== undefined)
            await page.screenshot({ path: join(shots, `site-${name}-${colorScheme}-${width}.png`), fullPage: true });
          if (width !== 390 || colorScheme !== 'dark') await page.context().close();
        }
    }).timeout(180_000);

  it('draws the marbles of an operator in the colours of the page', async () => {
    const inkOf = async (colorScheme: 'light' | 'dark'): Promise<string> => {
      await open('api/rx-structured/functions/finalValue', { colorScheme });
      const marbles = page.getByRole('img', { name: 'Marble diagram of finalValue(), finalValue()' });
      expect(await marbles.locator('.value').count()).to.equal(10);
      return marbles
        .locator('.line')
        .first()
        .evaluate((line) => getComputedStyle(line).stroke);
    };
    const light = await inkOf('light');
    await page.context().close();
    expect(await inkOf('dark')).to.not.equal(light);
  });

  it('leads to the playground, which opens at a link', async () => {
    await open('');
    await page.getByRole('link', { name: 'Playground' }).first().click();
    await page.waitForURL(/\/playground\//);
    await page.getByRole('link', { name: 'rx-structured' }).waitFor();
    await page.goto(`${site.url}playground/#sample=literal&pace=0`);
    await page.getByText('Attempt 2: accepted').first().waitFor();
  });

  it('tells language models of every page, at addresses that are there', () => {
    const index = readFileSync(join(dist, 'llms.txt'), 'utf8');
    const links = Array.from(index.matchAll(/\]\(\/([^)]+)\)/g), ([, link = '']) => link);
    expect(links).to.include.members(['concepts.md', 'api/rx-structured/functions/structuredCompletion.md']);
    expect(links.filter((link) => !existsSync(join(dist, link)))).to.deep.equal([]);
    const full = readFileSync(join(dist, 'llms-full.txt'), 'utf8');
    expect(links.filter((link) => !full.includes(`<!-- ${link} -->`))).to.deep.equal([]);
    page = browser.contexts()[0]?.pages()[0] ?? page;
  });
});
