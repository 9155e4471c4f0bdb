import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { filter, first, firstValueFrom, lastValueFrom, map, toArray } from 'rxjs';
import { structuredCompletion, type StructuredCompletionConfig } from '../../lib/structuredCompletion.js';
import { structuredElements } from '../../lib/structuredElements.js';
import { ModelServer, sse, type Answer } from '../support/modelServer.js';
import { providers, type UserMessage } from '../support/providers.js';

const Report = t.type({ title: t.string, year: t.number, chapters: t.array(t.string) }, 'Report');

const chapters = Array.from({ length: 30 }, (_, n) => `What was found in chapter ${n}.`);
const right = JSON.stringify({ title: 'Findings', year: 2024, chapters });
const wrong = JSON.stringify({
  title: 'Findings, at some length, so that the year comes late: a tenth is over.',
  year: '2024',
  chapters,
});

const deltasOf = (text: string): string[] => text.match(/.{1,5}/g) ?? [];
const asked = { codec: Report, messages: [{ role: 'user', content: 'Report.' }] } satisfies StructuredCompletionConfig<
  unknown,
  UserMessage
>;

/** Writes event after event with pauses, as a model does, for as long as somebody listens. */
class SlowAnswer {
  written = 0;

  constructor(readonly events: readonly string[]) {}

  get share(): number {
    return this.written / this.events.length;
  }

  readonly answer: Answer = async (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of this.events) {
      if (response.closed) return;
      response.write(event);
      this.written += 1;
      await wait(1);
    }
    response.end();
  };
}

for (const { name, wire, model } of providers)
  describe(`${name}: a request is over`, () => {
    let server: ModelServer | undefined;

    afterEach(async () => {
      await server?.stop();
      server = undefined;
    });

    it('at the first impossible byte: a tenth is read, and less than three tenths are written', async () => {
      expect(wrong.indexOf('"2024"') / wrong.length).to.be.within(0.08, 0.12);
      const slow = new SlowAnswer(wire({ text: deltasOf(wrong), finish: 'stop' }));
      server = await ModelServer.start(slow.answer, sse(...wire({ text: deltasOf(right), finish: 'stop' })));

      const answers = structuredCompletion(model(server.url), { ...asked, retries: 1 });
      const last = await lastValueFrom(answers);

      expect(await server.exchanges[0]?.closed).to.equal('aborted');
      expect(slow.share).to.be.within(0.05, 0.3);
      expect(E.isRight(last) && last.right.value).to.deep.equal(JSON.parse(right));
      expect(server.exchanges).to.have.length(2);
    });

    it('only at its end, where nothing stops early', async () => {
      const slow = new SlowAnswer(wire({ text: deltasOf(wrong), finish: 'stop' }));
      server = await ModelServer.start(slow.answer);
      const last = await lastValueFrom(structuredCompletion(model(server.url), { ...asked, failFast: false }));
      expect(E.isLeft(last) && last.left.message).to.equal('$.year: expected number, got "2024"');
      expect(await server.exchanges[0]?.closed).to.equal('answered');
      expect(slow.share).to.equal(1);
    });

    it('when the part that was waited for is there', async () => {
      const slow = new SlowAnswer(wire({ text: deltasOf(right), finish: 'stop' }));
      server = await ModelServer.start(slow.answer);
      const year = structuredCompletion(model(server.url), asked).pipe(
        filter(E.isRight),
        first(({ right: answer }) => 'chapters' in answer.value),
        map(({ right: answer }) => answer.value.year),
      );
      expect(await firstValueFrom(year)).to.equal(2024);
      expect(await server.exchanges[0]?.closed).to.equal('aborted');
      expect(slow.share).to.be.below(0.3);
    });

    it('when enough elements of a list are there', async () => {
      const items = Array.from({ length: 100 }, (_, id) => ({ id }));
      const slow = new SlowAnswer(wire({ text: deltasOf(JSON.stringify({ items })), finish: 'stop' }));
      server = await ModelServer.start(slow.answer);
      const elements = structuredElements(model(server.url), { ...asked, codec: t.type({ id: t.number }, 'Item') });
      const ids = elements.pipe(
        filter(E.isRight),
        map(({ right: { id } }) => id),
        first((id) => id === 9),
        toArray(),
      );
      expect(await firstValueFrom(ids)).to.deep.equal([9]);
      expect(await server.exchanges[0]?.closed).to.equal('aborted');
      expect(slow.share).to.be.below(0.3);
    });
  });
