import { expect } from 'chai';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { isNodeStream, toWebStream } from '../../lib/providers/toWebStream.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('toWebStream', () => {
  it('tells the streams of Node from those of the web', () => {
    expect(isNodeStream(Readable.from([]))).to.equal(true);
    expect(isNodeStream(new ReadableStream())).to.equal(false);
    for (const other of [null, undefined, 'text', bytes('a'), [bytes('a')]])
      expect(isNodeStream(other)).to.equal(false);
  });

  it('gives every chunk as it comes, and the end', async () => {
    const stream = toWebStream(Readable.from([bytes('a'), bytes('b')]));
    const reader = stream.getReader();
    expect((await reader.read()).value).to.deep.equal(bytes('a'));
    expect((await reader.read()).value).to.deep.equal(bytes('b'));
    expect((await reader.read()).done).to.equal(true);
  });

  it('reads nothing before it is asked', async () => {
    let reads = 0;
    const body = Object.assign(Readable.from([]), {
      async *[Symbol.asyncIterator]() {
        for (;;) yield await Promise.resolve(bytes(String(reads++)));
      },
    });
    const reader = toWebStream(body).getReader();
    await new Promise(setImmediate);
    expect(reads).to.equal(0);
    await reader.read();
    expect(reads).to.equal(1);
  });

  it('fails as the stream fails', async () => {
    const body = new Readable({ read: () => undefined });
    const reader = toWebStream(body).getReader();
    body.push('a');
    await reader.read();
    const failure = reader.read().catch((error: unknown) => error);
    const error = new Error('Premature close');
    body.destroy(error);
    expect(await failure).to.equal(error);
  });

  it('destroys the stream when it is cancelled, also while it waits for bytes', async () => {
    const body = new Readable({ read: () => undefined });
    const closed = once(body, 'close');
    const reader = toWebStream(body).getReader();
    const waiting = reader.read();
    await reader.cancel();
    expect((await waiting).done).to.equal(true);
    await closed;
    expect(body.destroyed).to.equal(true);
  });
});
