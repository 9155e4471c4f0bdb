import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { firstValueFrom, lastValueFrom, materialize, take, toArray, type Observable } from 'rxjs';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import { IdleTimeoutError } from '../../lib/completions/IdleTimeoutError.js';
import { ProviderError } from '../../lib/completions/ProviderError.js';
import { IncompleteCompletionError } from '../../lib/deltas/IncompleteCompletionError.js';
import { textDeltas } from '../../lib/deltas/textDeltas.js';
import { cut, ModelServer, silence, sse, stall, status } from '../support/modelServer.js';
import { providers } from '../support/providers.js';

/** The text of all deltas, then what the completion ended with. */
async function outcome(completion: Observable<CompletionEvent>): Promise<unknown[]> {
  const seen = await lastValueFrom(completion.pipe(textDeltas(), materialize(), toArray()), { defaultValue: [] });
  return seen.map((each) =>
    each.kind === 'N' ? each.value : each.kind === 'E' ? (each.error as unknown) : 'complete',
  );
}

/** A port of this machine where no server listens. */
async function deadUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

for (const { name, path, wire, completion, apiError, connectionError } of providers)
  describe(`${name}, over HTTP`, () => {
    let server: ModelServer | undefined;
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => {
      unhandled.push(reason);
    };

    beforeEach(() => {
      process.on('unhandledRejection', note);
    });

    afterEach(async () => {
      await server?.stop();
      server = undefined;
      process.off('unhandledRejection', note);
      expect(unhandled).to.deep.equal([]);
    });

    it('makes a streaming request per subscription', async () => {
      server = await ModelServer.start(sse(...wire({ text: ['Hel', 'lo'], finish: 'stop' })));
      const answer = completion(server.url);
      expect(server.exchanges).to.have.length(0);
      expect(await outcome(answer)).to.deep.equal(['Hel', 'lo', 'complete']);
      expect(await outcome(answer)).to.deep.equal(['Hel', 'lo', 'complete']);
      expect(server.exchanges).to.have.length(2);
      expect(server.exchanges[0]?.path).to.equal(path);
      expect(server.exchanges[0]?.body).to.include({ stream: true });
      expect(await server.exchanges[0]?.closed).to.equal('answered');
    });

    describe('closes the socket when unsubscribed from', () => {
      it('before the first byte', async () => {
        server = await ModelServer.start(silence);
        const subscription = completion(server.url).subscribe();
        while (server.exchanges.length === 0) await new Promise((resolve) => setImmediate(resolve));
        subscription.unsubscribe();
        expect(await server.exchanges[0]?.closed).to.equal('aborted');
      });

      it('before the request has left', async () => {
        server = await ModelServer.start(silence);
        completion(server.url).subscribe().unsubscribe();
        await new Promise((resolve) => setTimeout(resolve, 20));
        for (const { closed } of server.exchanges) expect(await closed).to.equal('aborted');
      });

      it('in the middle of the answer', async () => {
        server = await ModelServer.start(stall(...wire({ text: ['Hel', 'lo'] })));
        const seen: string[] = [];
        let arrived = (): void => undefined;
        const both = new Promise<void>((resolve) => (arrived = resolve));
        const subscription = completion(server.url)
          .pipe(textDeltas())
          .subscribe((delta) => {
            seen.push(delta);
            if (seen.length === 2) arrived();
          });
        await both;
        subscription.unsubscribe();
        expect(await server.exchanges[0]?.closed).to.equal('aborted');
        expect(seen).to.deep.equal(['Hel', 'lo']);
      });

      it('inside next, and delivers nothing of what had arrived with it', async () => {
        const events = wire({ text: ['a', 'b', 'c', 'd'], finish: 'stop' }).join('');
        server = await ModelServer.start(stall(events));
        const seen = await lastValueFrom(completion(server.url).pipe(textDeltas(), take(2), toArray()), {
          defaultValue: [],
        });
        expect(seen).to.deep.equal(['a', 'b']);
        expect(await server.exchanges[0]?.closed).to.equal('aborted');
      });
    });

    describe('passes on unchanged', () => {
      for (const [code, what] of [
        [401, 'a wrong key'],
        [404, 'a model that does not exist'],
        [429, 'a rate limit'],
        [500, 'a server error'],
      ] as const)
        it(`${what} (${code})`, async () => {
          server = await ModelServer.start(status(code, { error: { message: what, type: 'replayed', code: 'x' } }));
          const [error] = await outcome(completion(server.url));
          expect(error).to.be.instanceOf(apiError).and.to.include({ status: code });
          expect((error as Error).message).to.include(what);
          expect(server.exchanges).to.have.length(1);
        });

      it('a connection refused', async () => {
        const [error] = await outcome(completion(await deadUrl()));
        expect(error).to.be.instanceOf(connectionError);
      });

      it('an error in the middle of the answer', async () => {
        const error = {
          type: 'error',
          error: { type: 'overloaded_error', message: 'Overloaded' },
          message: 'Overloaded',
        };
        const failure = `event: error\ndata: ${JSON.stringify(error)}\n\n`;
        server = await ModelServer.start(sse(...wire({ text: ['Hel'] }), failure));
        const [text, ending] = await outcome(completion(server.url));
        expect(text).to.equal('Hel');
        expect(ending).to.be.instanceOf(apiError).and.not.to.be.instanceOf(ProviderError);
        expect((ending as Error).message).to.include('Overloaded');
      });
    });

    it('is interrupted where the connection breaks in the middle of the answer', async () => {
      server = await ModelServer.start(cut(...wire({ text: ['Hel'] })));
      const [text, error] = await outcome(completion(server.url));
      expect(text).to.equal('Hel');
      expect(error).to.be.instanceOf(IncompleteCompletionError).and.to.include({ reason: 'interrupted', text: 'Hel' });
      expect(error).to.have.property('cause').that.is.instanceOf(TypeError);
    });

    it('is interrupted where the response ends without a finish reason', async () => {
      server = await ModelServer.start(sse(...wire({ text: ['Hel'] })));
      const [text, error] = await outcome(completion(server.url));
      expect(text).to.equal('Hel');
      expect(error).to.be.instanceOf(IncompleteCompletionError).and.to.include({ reason: 'interrupted', text: 'Hel' });
    });

    it("leaves retries to the client: a rate limit is the SDK's affair", async () => {
      const limited = status(429, { error: { message: 'slow down' } }, { 'retry-after-ms': '1' });
      server = await ModelServer.start(limited, sse(...wire({ text: ['Hello'], finish: 'stop' })));
      expect(await outcome(completion(server.url, {}, 1))).to.deep.equal(['Hello', 'complete']);
      expect(server.exchanges).to.have.length(2);
    });

    describe('gives up after idleTimeout', () => {
      it('when no answer begins', async () => {
        server = await ModelServer.start(silence);
        const [error] = await outcome(completion(server.url, { idleTimeout: 50 }));
        expect(error).to.be.instanceOf(IdleTimeoutError).and.to.include({ idleTimeout: 50, chunks: 0 });
        for (const { closed } of server.exchanges) expect(await closed).to.equal('aborted');
      });

      it('when nothing but keep-alives comes', async () => {
        const [begin = ''] = wire({ text: ['Hel'] });
        const pings = ['ping', 'keepalive'].map((type) => `event: ${type}\ndata: {"type":"${type}"}\n\n`);
        server = await ModelServer.start(async (response) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' }).write(begin);
          for (let nth = 0; nth < 60 && !response.destroyed; nth += 1) {
            await pause(50);
            response.write(`: ping\n\n${pings.join('')}`);
          }
        });
        const error = (await outcome(completion(server.url, { idleTimeout: 600 }))).at(-1);
        expect(error).to.be.instanceOf(IdleTimeoutError);
        expect(await server.exchanges[0]?.closed).to.equal('aborted');
      });

      it('when the answer stops coming', async () => {
        server = await ModelServer.start(stall(...wire({ text: ['Hel'] })));
        const [text, error] = await outcome(completion(server.url, { idleTimeout: 600 }));
        expect(text).to.equal('Hel');
        expect(error).to.be.instanceOf(IdleTimeoutError);
        expect(await server.exchanges[0]?.closed).to.equal('aborted');
      });
    });

    it('names the status of a response without a body', async () => {
      server = await ModelServer.start((response) => void response.writeHead(204).end());
      const [error] = await outcome(completion(server.url));
      expect(error).to.be.instanceOf(ProviderError).and.to.include({ status: 204 });
    });

    it('says who answers before anything else', async () => {
      server = await ModelServer.start(sse(...wire({ text: ['x'], finish: 'stop' })));
      const first = await firstValueFrom(completion(server.url), { defaultValue: undefined });
      expect(first).to.have.property('type', 'start');
      expect(first).to.have.property('model').that.is.a('string');
      expect(first).to.have.property('id').that.is.a('string');
    });
  });
