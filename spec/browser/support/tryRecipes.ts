import { expect } from 'chai';
import express from 'express';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { structuredCompletion } from 'rx-structured';
import { answerEvents, toSseResponse, writeResponse } from 'rx-structured/sse';
import { scriptedModel } from 'rx-structured/testing';
import * as z from 'zod';
import { openBrowser } from './openBrowser.js';

const Recipe = z.object({ title: z.string(), minutes: z.int().min(1), ingredients: z.array(z.string()) });

/** Uses the page that the documentation builds, as a person would: writes a recipe, and cancels another. */
export async function tryRecipes(folder: string): Promise<void> {
  const model = scriptedModel(
    Array<string>(2).fill('{"title":"Tomato soup","minutes":25,"ingredients":["tomatoes","salt"]}'),
    { chunkSize: 6, delay: 250 }, // slow enough to be cancelled, on a machine that is busy
  );
  const server = express()
    .post('/api/recipes', (_request, response) => {
      const question = { codec: Recipe, messages: ['A recipe.'] };
      writeResponse(
        toSseResponse(answerEvents((watch) => structuredCompletion(model, { ...question, watch }))),
        response,
      );
    })
    .use(express.static(folder))
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const status = (text: string): Promise<void> =>
      page.getByRole('status').getByText(text, { exact: true }).waitFor({ timeout: 10_000 });
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await page.getByRole('button', { name: 'Write' }).click();
    await status('Writing …');
    expect(await page.getByRole('listitem').count()).to.equal(0);
    await status('Ready.');
    expect(await page.getByRole('heading').textContent()).to.equal('Tomato soup');
    expect(await page.getByRole('listitem').allTextContents()).to.deep.equal(['tomatoes', 'salt']);

    await page.getByRole('button', { name: 'Write' }).click();
    await status('Writing …');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await status('What shall we cook?');
    // The server has been told, and has told the model.
    const deadline = Date.now() + 5000;
    while (model.requests[1]?.state !== 'aborted' && Date.now() < deadline) await page.waitForTimeout(10);
    expect(model.requests.map(({ state }) => state)).to.deep.equal(['complete', 'aborted']);
  } finally {
    await browser.close();
    server.close();
  }
}
