import { expect } from 'chai';
import * as fc from 'fast-check';
import { from, map, mergeMap, reduce } from 'rxjs';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import { textDeltas } from '../../lib/deltas/textDeltas.js';
import { toolCalls } from '../../lib/deltas/toolCalls.js';
import { cutAt, arbitraryCuts } from '../support/arbitraryJson.js';
import { lawRuns } from '../support/lawRuns.js';

interface Call {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly deltas: readonly string[];
  /** Whether every delta repeats the id, or only the first one has it. */
  readonly repeats: boolean;
}

const deltas = fc.tuple(fc.string({ maxLength: 12 }), arbitraryCuts).map(([text, cuts]) => cutAt(text, cuts));

/** Calls with indexes of their own, or all at index 0: then only an id tells one delta's call from another's. */
const calls: fc.Arbitrary<readonly Call[]> = fc
  .tuple(
    fc.boolean(),
    fc.array(fc.record({ deltas, name: fc.constantFrom('search', 'weather'), repeats: fc.boolean() }), {
      maxLength: 5,
    }),
  )
  .map(([sameIndex, some]) =>
    some.map((call, nth) => ({
      ...call,
      index: sameIndex ? 0 : nth,
      id: `call-${nth}`,
      repeats: sameIndex || call.repeats,
    })),
  );

/** The deltas of all calls, shuffled together without changing the order within any; each call begins in its turn. */
function interleave(all: readonly Call[], picks: readonly number[]): CompletionEvent[] {
  const begun: CompletionEvent[] = all.map(({ index, id, name }) => ({
    type: 'tool-delta',
    index,
    id,
    name,
    text: '',
  }));
  const queues = all.map((call) => [...call.deltas]);
  const events: CompletionEvent[] = [];
  for (let nth = 0; queues.some((queue) => queue.length > 0); nth++) {
    const waiting = all.filter((_, at) => (queues[at]?.length ?? 0) > 0);
    const call = waiting[(picks[nth % picks.length] ?? 0) % waiting.length];
    const text = call && queues[all.indexOf(call)]?.shift();
    if (call === undefined || text === undefined) break;
    events.push({ type: 'tool-delta', index: call.index, ...(call.repeats && { id: call.id }), text });
  }
  return [...begun, ...events, { type: 'finish', reason: 'tool-calls', raw: 'tool_calls' }];
}

const interleaved = fc
  .tuple(calls, fc.array(fc.nat(4), { minLength: 1, maxLength: 20 }))
  .map(([all, picks]) => ({ all, events: interleave(all, picks) }));

describe('the laws of tool calls', () => {
  it('law 11: every call has its own arguments, in order, however the calls are interleaved', () => {
    fc.assert(
      fc.property(interleaved, ({ all, events }) => {
        const seen: object[] = [];
        from(events)
          .pipe(
            toolCalls(),
            mergeMap(({ index, id, name, arguments: args }) =>
              args.pipe(
                reduce((text, delta) => text + delta, ''),
                map((text) => ({ index, id, name, text })),
              ),
            ),
          )
          .subscribe((call) => seen.push(call));
        expect(seen).to.deep.equal(
          all.map(({ index, id, name, deltas }) => ({ index, id, name, text: deltas.join('') })),
        );
      }),
      lawRuns(100),
    );
  });

  it('law 13: the first call is the answer, whatever else is called', () => {
    fc.assert(
      fc.property(interleaved, ({ all, events }) => {
        let text = '';
        from(events)
          .pipe(textDeltas({ tool: true }))
          .subscribe((delta) => {
            text += delta;
          });
        expect(text).to.equal(all[0]?.deltas.join('') ?? '');
      }),
      lawRuns(100),
    );
  });

  it('law 11: calls are told apart by whatever a server tells, one after the other', () => {
    /** How a server writes its calls down. */
    const style = fc.record({
      index: fc.constantFrom('own', 'zero', 'counts the deltas'),
      id: fc.constantFrom('first', 'every', 'never'),
      name: fc.constantFrom('first', 'every'),
    });
    const call = fc.record({
      name: fc.constantFrom('search', 'weather', 'answer'),
      input: fc.dictionary(fc.string({ maxLength: 3 }), fc.oneof(fc.string({ maxLength: 5 }), fc.integer())),
      size: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 5 }), style, (some, { index, id, name }) => {
        let counted = 0;
        const events = some.flatMap((each, nth): CompletionEvent[] => {
          const text = JSON.stringify(each.input);
          const parts = Array.from({ length: Math.ceil(text.length / each.size) }, (_, at) =>
            text.slice(at * each.size, (at + 1) * each.size),
          );
          return parts.map((part, at) => {
            counted += 1;
            return {
              type: 'tool-delta',
              index: index === 'own' ? nth : index === 'zero' ? 0 : counted,
              ...((id === 'every' || (id === 'first' && at === 0)) && { id: `call-${nth}` }),
              ...((name === 'every' || at === 0) && { name: each.name }),
              text: part,
            };
          });
        });
        // Without an id, a name that is repeated at an index of its own each time is a call of its own each time.
        fc.pre(!(index === 'counts the deltas' && id !== 'every' && name === 'every'));
        const seen: object[] = [];
        from<CompletionEvent[]>([...events, { type: 'finish', reason: 'tool-calls', raw: 'tool_calls' }])
          .pipe(
            toolCalls(),
            mergeMap((each) =>
              each.arguments.pipe(
                reduce((text, delta) => text + delta, ''),
                map((text) => ({ name: each.name, text })),
              ),
            ),
          )
          .subscribe((each) => seen.push(each));
        expect(seen).to.have.deep.members(some.map((each) => ({ name: each.name, text: JSON.stringify(each.input) })));
      }),
      lawRuns(2000),
    );
  });
});
