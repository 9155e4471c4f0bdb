import { expect } from 'chai';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ProviderError } from '../../../lib/completions/ProviderError.js';
import { IncompleteCompletionError } from '../../../lib/deltas/IncompleteCompletionError.js';
import { readLines } from '../../../lib/providers/ollama/readLines.js';
import { growthOfReading } from '../../support/growthOfReading.js';

const first = { message: { content: 'a' } };
const last = { message: { content: '' }, done: true };

const toLine = (chunk: unknown): string => `${JSON.stringify(chunk)}\n`;

describe('readLines', () => {
  /** The chunks of a response with this body, over HTTP, and at last the error. */
  async function read(body: string, { isCut = false, isTold = true } = {}): Promise<unknown[]> {
    const server = createServer((_, response) => {
      response.writeHead(200);
      response.flushHeaders();
      response.write(body, () => {
        if (isCut) setTimeout(() => response.destroy(), 20);
        else response.end();
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const seen: unknown[] = [];
    try {
      const { body: stream } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      if (stream === null) throw new Error('no body');
      for await (const chunk of readLines(stream, isTold)) seen.push(chunk);
    } catch (error) {
      seen.push(error);
    }
    server.closeAllConnections();
    server.close();
    return seen;
  }

  it('reads every byte of a long line once', async () => {
    const growth = await growthOfReading(
      (length) => toLine({ message: { content: 'x'.repeat(length) }, done: true }),
      async (body) => {
        for await (const chunk of readLines(body, true)) expect(chunk.done).to.equal(true);
      },
    );
    expect(growth).to.be.below(3);
  }).timeout(30_000);

  it('skips blank lines, and values that are not objects', async () => {
    expect(await read(`\n \r\nnull\n5\n"text"\n[]\n${toLine(first)}${toLine(last)}`)).to.deep.equal([first, last]);
  });

  it('ends with the line that ends the answer, whatever follows', async () => {
    for (const rest of [toLine(first), 'hello\n', '{"half'])
      expect(await read(`${toLine(first)}${toLine(last)}${rest}`)).to.deep.equal([first, last]);
    expect(await read(`${toLine(first)}${toLine(last)}`, { isCut: true })).to.deep.equal([first, last]);
  });

  it('is interrupted by a connection that breaks after its first byte', async () => {
    for (const body of ['{"mess', toLine(first), `${toLine(first)}{"mess`]) {
      const error = (await read(body, { isCut: true })).at(-1);
      expect(error).to.be.instanceOf(IncompleteCompletionError).and.to.include({ reason: 'interrupted' });
      expect(error).to.have.property('cause').that.is.instanceOf(TypeError);
    }
  });

  it('says nothing of a line that was cut', async () => {
    expect(await read(`${toLine(first)}{"mess`)).to.deep.equal([first]);
    expect(await read('{"mess')).to.deep.equal([]);
  });

  it('takes the last line without a line break', async () => {
    expect(await read(`${toLine(first)}${JSON.stringify(last)}`)).to.deep.equal([first, last]);
  });

  it('quotes what came instead of an answer', async () => {
    for (const body of ['<html>', '<html>\n<p>', 'hello\n', `<html>${'x'.repeat(9000)}`]) {
      const [error] = await read(body);
      expect(error).to.be.instanceOf(ProviderError);
      expect(error)
        .to.have.property('message')
        .that.includes(`begins with "${body.slice(0, 5)}`);
    }
  });

  it('takes nothing at all for an answer that was cut off, where the server says that it sends lines', async () => {
    expect(await read('')).to.deep.equal([]);
    const [error] = await read('', { isTold: false });
    expect(error).to.be.instanceOf(ProviderError).and.to.have.property('message').that.includes('is empty');
  });

  it('does not quote a line within an answer, which may be a part of it', async () => {
    const error = (await read(`${toLine(first)}secret\n`)).at(-1);
    expect(error).to.be.instanceOf(ProviderError);
    expect(error).to.include({ message: 'A line of 6 characters in the answer is not JSON.', body: 'secret' });
  });
});
