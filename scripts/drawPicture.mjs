// Draws the inspector's picture of a real completion, over HTTP from the embedded model: docs/images/picture-light.png and
// picture-dark.png. Needs Debian's Chromium: `npx tsx scripts/drawPicture.mjs`.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as t from 'io-ts';
import OpenAI from 'openai';
import { chromium } from 'playwright-core';
import { lastValueFrom } from 'rxjs';
import { structuredCompletion } from 'rx-structured';
import { startInspector } from 'rx-structured/inspector';
import { openaiChat } from 'rx-structured/openai';
import { startModelServer } from '../examples/support/modelServer.ts';

const folder = join(import.meta.dirname, '../docs/images');

/** Left out of the picture: what only a page can use. */
const HIDDEN = `.controls, .facts, .full, .lefts button { display: none !important; }
  .picture { border-radius: 0 !important; }
  .panes > section > * { min-height: 0 !important; }`;

const server = await startModelServer({ pace: 'human' });
const inspector = await startInspector({ port: 0 });
const client = new OpenAI({ apiKey: 'none needed', baseURL: server.openaiUrl });
await lastValueFrom(
  structuredCompletion(openaiChat(client, { model: 'gpt-4o-mini' }), {
    codec: t.type({ name: t.string, age: t.number }),
    messages: [{ role: 'user', content: 'Extract user info: Mary turned thirty.' }],
    retries: 2,
    watch: inspector.watch('user info'),
  }),
);

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--headless', '--no-sandbox'] });
await mkdir(folder, { recursive: true });
for (const colorScheme of ['light', 'dark']) {
  const viewport = { width: 1180, height: 900 };
  const page = await (await browser.newContext({ colorScheme, viewport, deviceScaleFactor: 1.5 })).newPage();
  await page.goto(`${inspector.url}#1`);
  await page.locator('.verdict.complete').waitFor();
  await page.evaluate(hide, HIDDEN);
  await page.waitForTimeout(300);
  const png = await page.locator('.picture').screenshot();
  await writeFile(join(folder, `picture-${colorScheme}.png`), png);
  console.log(`picture-${colorScheme}.png: ${png.length} bytes`);
}
await browser.close();
await inspector.close();
await server.stop();

/** By a sheet of its own: the page takes styles of its own address only. */
function hide(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}
