import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { filter, first, lastValueFrom, map, take, toArray, type Observable } from 'rxjs';
import type { DecodeWithConfig } from '../../lib/decoded/decodeWith.js';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { structuredElements } from '../../lib/answers/structuredElements.js';
import { ModelServer, sse, type Answer } from '../support/modelServer.js';
import { providers, type UserMessage } from '../support/providers.js';

const Report = t.type({ title: t.string, year: t.number, chapters: t.array(t.string) }, 'Report');
const messages: readonly UserMessage[] = [{ role: 'user', content: 'Report.' }];

const chapters = Array.from({ length: 30 }, (_, n) => `What was found in chapter ${n}.`);
const title = 'Findings, at such a length that a tenth of the report is over before the year comes';
const right = JSON.stringify({ title, year: 2024, chapters });
const wrong = JSON.stringify({ title, year: '2024', chapters });

const deltasOf = (text: string): string[] => text.match(/.{1,5}/g) ?? [];

/** Writes event after event with pauses, as a model does, for as long as the connection is open. */
class SlowAnswer {
  #written = 0;
  readonly #events: readonly string[];

  constructor(events: readonly string[]) {
    this.#events = events;
  }

  /** How much of the answer was written. */
  get share(): number {
    return this.#written / this.#events.length;
  }

  readonly write: Answer = async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of this.#events) {
      if (response.closed) return;
      response.write(event);
      this.#written += 1;
      await wait(1);
    }
    response.end();
  };
}

function valuesOf<T>(source: Observable<T>): Promise<T[]> {
  return lastValueFrom(source.pipe(toArray()), { defaultValue: [] });
}

for (const { name, wire, model } of providers)
  describe(`${name}: the socket closes`, () => {
    let server: ModelServer | undefined;

    afterEach(async () => {
      await server?.stop();
      server = undefined;
    });

    const asked = (url: string, config: DecodeWithConfig & { readonly retries?: number } = {}) =>
      structuredCompletion(model(url), { codec: Report, messages, ...config });

    it('at the first impossible byte: after a tenth of the answer, before three tenths are written', async () => {
      expect(wrong.indexOf('"2024"') / wrong.length).to.be.within(0.08, 0.12);
      const slow = new SlowAnswer(wire({ text: deltasOf(wrong), finish: 'stop' }));
      server = await ModelServer.start(slow.write, sse(...wire({ text: deltasOf(right), finish: 'stop' })));

      const values = await valuesOf(asked(server.url, { retries: 1 }));
      expect(await server.exchanges[0]?.closed).to.equal('aborted');
      expect(slow.share).to.be.within(0.08, 0.3);

      const last = values.at(-1);
      expect(last && E.isRight(last) && last.right.value).to.deep.equal(JSON.parse(right));
      expect(server.exchanges).to.have.length(2);
    });

    it('only with the document, where it is told not to fail fast', async () => {
      const slow = new SlowAnswer(wire({ text: deltasOf(wrong), finish: 'stop' }));
      server = await ModelServer.start(slow.write);

      const last = (await valuesOf(asked(server.url, { failFast: false }))).at(-1);
      expect(last && E.isLeft(last) && last.left.message).to.equal('$.year: expected number, got "2024"');
      await server.exchanges[0]?.closed;
      expect(slow.share).to.be.above(0.9);
    });

    it('when the field that was waited for is there', async () => {
      const slow = new SlowAnswer(wire({ text: deltasOf(right), finish: 'stop' }));
      server = await ModelServer.start(slow.write);

      const years = asked(server.url).pipe(
        filter(E.isRight),
        first((answer) => 'chapters' in answer.right.value),
        map((answer) => answer.right.value.year),
      );
      expect(await valuesOf(years)).to.deep.equal([2024]);
      expect(await server.exchanges[0]?.closed).to.equal('aborted');
      expect(slow.share).to.be.below(0.3);
    });

    it('when there are enough elements of a list', async () => {
      const items = Array.from({ length: 100 }, (_, id) => ({ id }));
      const slow = new SlowAnswer(wire({ text: deltasOf(JSON.stringify({ items })), finish: 'stop' }));
      server = await ModelServer.start(slow.write);

      const ids = structuredElements(model(server.url), { codec: t.type({ id: t.number }, 'Item'), messages }).pipe(
        filter(E.isRight),
        map((element) => element.right.value.id),
        take(3),
      );
      expect(await valuesOf(ids)).to.deep.equal([0, 1, 2]);
      expect(await server.exchanges[0]?.closed).to.equal('aborted');
      expect(slow.share).to.be.below(0.3);
    });
  });
