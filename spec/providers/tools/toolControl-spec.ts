import { expect } from 'chai';
import * as t from 'io-ts';
import { concatMap, distinctUntilChanged, lastValueFrom, map, Observable, of, Subject, take } from 'rxjs';
import { throwError, toArray, type Subscription } from 'rxjs';
import { structuredCompletion } from '../../../lib/answers/structuredCompletion.js';
import { structuredElements } from '../../../lib/answers/structuredElements.js';
import { toAnswerState } from '../../../lib/answers/toAnswerState.js';
import { tool, type Tools } from '../../../lib/answers/tools/tool.js';
import { ToolAbortError } from '../../../lib/answers/tools/ToolAbortError.js';
import { ModelServer, silence, sse, stall, type Answer } from '../../support/modelServer.js';
import { toolModels } from '../../support/toolModels.js';
import { ToolTalk, turnsOf } from '../../support/toolTalk.js';
import type { SaidTurn } from '../../support/toolWires.js';
import { until } from '../../support/until.js';

const codec = t.type({ reply: t.string });
const messages: readonly never[] = [{ role: 'user', content: 'Pay my invoices.' } as never];
const input = t.type({ euros: t.number });
const paying: SaidTurn = { calls: [{ id: 'a', name: 'pay', args: ['{"euros":', '5}'] }] };
const both: SaidTurn = {
  calls: [...(paying.calls ?? []), { id: 'b', name: 'pay', args: ['{"euros":', '7}'] }],
};
const answer: SaidTurn = { text: ['{"reply":"Done', '."}'] };

/** A run that waits for ever, and counts how many wait. */
function waiting(): { readonly open: Set<number>; readonly tools: Tools } {
  const open = new Set<number>();
  const pay = tool({
    input,
    run: ({ euros }) =>
      new Observable<never>((subscriber) => {
        open.add(euros);
        subscriber.add(() => open.delete(euros));
      }),
  });
  return { open, tools: { pay } };
}

for (const model of toolModels)
  describe(`tools of ${model.name}, over HTTP,`, () => {
    let server: ModelServer;
    let seen: ToolTalk;
    let isOver: Promise<void>;
    let subscription: Subscription | undefined;
    afterEach(async () => {
      subscription?.unsubscribe();
      await server.stop();
    });

    /** How many requests the first step, or what follows it, takes before the answer itself. */
    const before = model.answersLast === true ? 1 : 0;
    const said = (...turns: readonly SaidTurn[]): Answer[] =>
      turnsOf(model, turns).map((turn) => sse(...model.wire(turn)));
    /** The answer stops in its middle. */
    const halfAnswer = (): Answer[] =>
      turnsOf(model, [answer]).map((turn, nth) => {
        const chunks = model.wire({ ...turn, ends: 'cut' });
        return nth < before ? sse(...model.wire(turn)) : stall(...chunks.slice(0, -1));
      });

    async function ask(tools: Tools, ...answers: readonly Answer[]): Promise<void> {
      server = await ModelServer.start(...answers);
      seen = new ToolTalk();
      isOver = new Promise((resolve) => {
        subscription = structuredCompletion(model.make(server.url), { codec, messages, tools }).subscribe({
          next: (either) => {
            seen.next(either);
          },
          error: (error: unknown) => {
            seen.error(error);
            resolve();
          },
          complete: () => {
            seen.complete();
            resolve();
          },
        });
      });
    }

    describe('waits for the click of a person,', () => {
      const clicks = new Subject<'yes' | 'no'>();
      const pay = tool({
        input,
        run: ({ euros }) =>
          clicks.pipe(
            take(1),
            concatMap((click) =>
              click === 'yes' ? of(`paid ${euros}`) : throwError(() => new Error('The user said no.')),
            ),
          ),
      });
      const cases = [
        ['yes', 'a done paid 5'],
        ['no', 'a failed The user said no.'],
      ] as const;
      for (const [click, line] of cases)
        it(`which says ${click}`, async () => {
          await ask({ pay }, ...said(paying, answer));
          await until(() => clicks.observed);
          await new Promise((resolve) => setTimeout(resolve, 10));
          expect(server.exchanges).to.have.length(1);
          expect(seen.lines.at(-1)).to.equal('a running {"euros":5}');
          clicks.next(click);
          await isOver;
          expect(seen.lines).to.include(line);
          expect(seen.lines.slice(-2)).to.deep.equal(['Complete {"reply":"Done."}', '|']);
          expect(server.exchanges).to.have.length(2 + before);
        });
    });

    it('ends with a ToolAbortError, which ends the other runs too', async () => {
      const { open, tools } = waiting();
      const pay = tool({
        input,
        run: (each) =>
          each.euros === 5
            ? (tools['pay']?.run(each as never, { id: '', step: 1 }) ?? of())
            : throwError(() => new ToolAbortError('The account is closed.')),
      });
      await ask({ pay }, ...said(both, answer));
      await isOver;
      expect(seen.lines.at(-1)).to.equal('ToolAbortError The account is closed.');
      expect([...open]).to.deep.equal([]);
      expect(server.exchanges).to.have.length(1);
    });

    describe('closes its socket and ends its runs when it is unsubscribed from', () => {
      it('while a call is written', async () => {
        const { open, tools } = waiting();
        const chunks = model.wire({ ...paying, ends: 'cut' });
        await ask(tools, stall(...chunks));
        await until(() => seen.lines.includes('a writing'));
        subscription?.unsubscribe();
        expect(await server.exchanges[0]?.closed).to.equal('aborted');
        expect(open.size).to.equal(0);
        expect(seen.lines).to.deep.equal(['a writing']);
      });

      it('while tools run', async () => {
        const { open, tools } = waiting();
        await ask(tools, ...said(both, answer));
        await until(() => open.size === 2);
        subscription?.unsubscribe();
        expect(open.size).to.equal(0);
        await new Promise((resolve) => setTimeout(resolve, 10));
        expect(server.exchanges).to.have.length(1);
        expect(seen.lines.slice(-2)).to.deep.equal(['a running {"euros":5}', 'b running {"euros":7}']);
      });

      it('between two steps', async () => {
        await ask({ pay: tool({ input, run: () => of('paid') }) }, ...said(paying), silence);
        await until(() => server.exchanges.length === 2);
        subscription?.unsubscribe();
        expect(await server.exchanges[1]?.closed).to.equal('aborted');
        expect(seen.lines.at(-1)).to.equal('a done paid');
      });

      it('while the answer is written', async () => {
        await ask({ pay: tool({ input, run: () => of('paid') }) }, ...said(paying), ...halfAnswer());
        await until(() => seen.lines.some((line) => line.startsWith('Partial')));
        subscription?.unsubscribe();
        expect(await server.exchanges.at(-1)?.closed).to.equal('aborted');
        expect(server.exchanges).to.have.length(2 + before);
        expect(seen.lines.at(-1)).to.match(/^Partial/);
      });
    });

    it('gives a list, element by element, after the calls', async () => {
      server = await ModelServer.start(...said(paying, { text: ['{"items":["one",', '2,"three"]}'] }));
      const tools = { pay: tool({ input, run: () => of('paid') }) };
      const config = { codec: t.string, name: 'answer', messages, tools };
      const lines = structuredElements(model.make(server.url), config).pipe(
        map((either) => {
          if (either._tag === 'Left') return `Left ${either.left.index ?? ''}`;
          const { right } = either;
          return right._tag === 'Tool' ? right.state : `${right.index} ${right.value}`;
        }),
        distinctUntilChanged(),
        toArray(),
      );
      expect(await lastValueFrom(lines, { defaultValue: [] })).to.deep.equal([
        'writing',
        'running',
        'done',
        '0 one',
        'Left 1',
        '2 three',
      ]);
      expect(server.exchanges).to.have.length(2 + before);
    });

    it('has a state for a page at every moment', async () => {
      server = await ModelServer.start(...said(both, answer));
      const tools = { pay: tool({ input, run: ({ euros }) => of('half', `paid ${euros}`) }) };
      const phases = structuredCompletion(model.make(server.url), { codec, messages, tools }).pipe(
        toAnswerState(),
        map((state) => [state.phase, ...state.tools.map((each) => each.state)].join(' ')),
        distinctUntilChanged(),
        toArray(),
      );
      expect(await lastValueFrom(phases, { defaultValue: [] })).to.deep.equal([
        'waiting',
        'waiting writing',
        'waiting writing writing',
        'waiting running writing',
        'waiting writing',
        'waiting running',
        'waiting',
        'writing',
        'done',
      ]);
    });
  });
