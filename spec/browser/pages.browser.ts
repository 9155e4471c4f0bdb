import { expect } from 'chai';
import express, { type Router } from 'express';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { angularProject } from './support/angularProject.js';
import { freePort } from './support/freePort.js';
import { openBrowser } from './support/openBrowser.js';
import { startProgram } from './support/startProgram.js';
import { writePage } from './support/writePage.js';

const root = join(import.meta.dirname, '../..');

/** Runs a program of an example's packages in a folder, and gives what it wrote. */
function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  expect(status, stdout + stderr).to.equal(0);
  return stdout;
}

describe('docs/nest.md, followed', () => {
  let folder = '';

  before(() => {
    folder = writePage('docs/nest.md', 'examples/nest');
    run(process.execPath, [join(root, 'examples/nest/node_modules/typescript/bin/tsc')], folder);
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('sends an answer in each of its ways, and its client reads it', async () => {
    const port = String(await freePort());
    const server = await startProgram(process.execPath, ['dist/main.js'], {
      cwd: folder,
      env: { PORT: port },
      ready: /(successfully started)/,
    });
    try {
      for (const way of ['recipes', 'recipes/written']) {
        const lines = run(process.execPath, ['dist/client.js', `http://127.0.0.1:${port}/${way}`], folder);
        expect(lines, way)
          .to.match(/^waiting/)
          .and.to.match(/writing[^]*done[^]*'salt'/);
      }
      const events = await (await fetch(`http://127.0.0.1:${port}/recipes/events?dish=soup`)).text();
      expect(events)
        .to.include('event: complete')
        .and.to.match(/event: done[^]*$/);
    } finally {
      await server.stop();
    }
  });

  it('has a test that passes', () => {
    expect(run(process.execPath, ['--test', '--test-reporter=tap', 'dist/recipes.test.js'], folder)).to.include(
      '# pass 1',
    );
  });
}).timeout(120_000);

describe('docs/angular.md, followed', () => {
  const packages = join(root, 'examples/angular/node_modules');
  // Angular wants a newer Node than some machines have, and the example brings one.
  const own = join(packages, '.bin/node');
  const node = existsSync(own) ? own : process.execPath;
  let folder = '';

  before(() => {
    folder = writePage('docs/angular.md', 'examples/angular', angularProject);
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('shows the recipe while it is written, and stops when asked to', async () => {
    run(node, [join(packages, '@angular/cli/bin/ng.js'), 'build'], folder);
    const { api } = (await import(join(folder, 'src/api.ts'))) as { readonly api: Router };
    const server = express()
      .use('/api', api)
      .use(express.static(join(folder, 'dist/recipes/browser')))
      .listen(0, '127.0.0.1');
    await once(server, 'listening');
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      await page.getByRole('button', { name: 'Write' }).click();
      await untilStatus(page, 'Writing …');
      expect(await page.getByRole('listitem').count()).to.equal(0);
      await untilStatus(page, 'Ready.');
      expect(await page.getByRole('heading').textContent()).to.equal('Tomato soup');
      expect(await page.getByRole('listitem').allTextContents()).to.deep.equal(['tomatoes', 'salt']);

      await page.getByRole('button', { name: 'Write' }).click();
      await untilStatus(page, 'Writing …');
      await page.getByRole('button', { name: 'Cancel' }).click();
      await untilStatus(page, 'What shall we cook?');
    } finally {
      await browser.close();
      server.close();
    }
  });

  it('has tests that pass', () => {
    const ng = join(packages, '@angular/cli/bin/ng.js');
    expect(run(node, [ng, 'test', '--watch=false'], folder)).to.match(/Tests +2 passed/);
  });
}).timeout(180_000);

const untilStatus = (page: Page, text: string): Promise<void> =>
  page.getByRole('status').getByText(text, { exact: true }).waitFor({ timeout: 10_000 });
