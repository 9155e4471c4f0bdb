import { expect } from 'chai';
import * as t from 'io-ts';
import { concat, concatMap, defer, EMPTY, from, map, NEVER, of, Subject, take, throwError, timer, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import * as z from 'zod';
import { structuredCompletion } from '../../../lib/answers/structuredCompletion.js';
import { tool, type Tools } from '../../../lib/answers/tools/tool.js';
import { ToolAbortError } from '../../../lib/answers/tools/ToolAbortError.js';
import type { CompletionEvent } from '../../../lib/completions/CompletionEvent.js';
import { scriptedModel } from '../../../lib/testing/scriptedModel.js';
import { marbles } from '../../support/marbles.js';

const codec = t.type({ reply: t.string });
const messages = ['Where is my order?'];

/** A response that calls tools, each call in these deltas. */
function calls(
  ...written: readonly (readonly [id: string, name: string, ...deltas: readonly string[]])[]
): CompletionEvent[] {
  return [
    ...written.flatMap(([id, name, ...deltas], index) => [
      { type: 'tool-delta' as const, index, id, name, text: '' },
      ...deltas.map((text) => ({ type: 'tool-delta' as const, index, text })),
    ]),
    { type: 'finish', reason: 'tool-calls', raw: 'tool_calls' },
  ];
}

const answer = '{"reply":"On its way."}';

const lookUp = tool({
  description: 'Looks an order up.',
  input: t.type({ order: t.number }),
  run: ({ order }) => of({ order, state: 'sent' }),
});

/** What is seen, a line each. */
function linesOf(answers: Parameters<typeof scriptedModel>[0], tools: Tools, config: object = {}): string[] {
  const lines: string[] = [];
  structuredCompletion(scriptedModel(answers), { codec, messages, tools, ...config }).subscribe({
    next: (either) => {
      if (either._tag === 'Left') lines.push(`Left ${either.left.attempt} ${either.left.message}`);
      else if (either.right._tag === 'Tool') {
        const { name, id, step, state, input, ...rest } = either.right;
        const [result] = Object.entries(rest).flatMap(([key, value]) =>
          key === '_tag' ? [] : [` ${key} ${value instanceof Error ? value.message : JSON.stringify(value)}`],
        );
        lines.push(`${step} ${name} ${id} ${state} ${JSON.stringify(input)}${result ?? ''}`);
      } else lines.push(`${either.right._tag} ${JSON.stringify(either.right.value)}`);
    },
    error: (error: Error) => lines.push(`${error.name}: ${error.message}`),
    complete: () => lines.push('|'),
  });
  return lines;
}

const answered = ['Partial {"reply":"On its way."}', 'Complete {"reply":"On its way."}', '|'];

describe('tools', () => {
  it('shows a call while it is written and while it runs, then the answer', () => {
    expect(linesOf([calls(['a', 'lookUp', '{"order":', '1', '2}']), answer], { lookUp })).to.deep.equal([
      '1 lookUp a writing {}',
      '1 lookUp a writing {"order":1}',
      '1 lookUp a writing {"order":12}',
      '1 lookUp a running {"order":12}',
      '1 lookUp a done {"order":12} output {"order":12,"state":"sent"}',
      ...answered,
    ]);
  });

  it('tells the model the results, with ids, in the order of the calls', () => {
    const model = scriptedModel([
      calls(['a', 'slow', '{}'], ['b', 'fast', '{"n":1}']),
      calls(['c', 'fast', '{"n":2}']),
      answer,
    ]);
    const slow = tool({ input: t.type({}), run: () => timer(20).pipe(map(() => 'slept')) });
    const fast = tool({ input: t.type({ n: t.number }), run: ({ n }) => [n] });
    structuredCompletion(model, { codec, messages, tools: { slow, fast } }).subscribe();
    return new Promise((resolve) => setTimeout(resolve, 60)).then(() => {
      expect(model.requests.map(({ question }) => question.tools?.map(({ name }) => name))).to.deep.equal([
        ['slow', 'fast'],
        ['slow', 'fast'],
        ['slow', 'fast'],
      ]);
      const [slept, one, two] = [
        { id: 'a', name: 'slow', arguments: '{}', text: 'slept', isError: false },
        { id: 'b', name: 'fast', arguments: '{"n":1}', text: '1', isError: false },
        { id: 'c', name: 'fast', arguments: '{"n":2}', text: '2', isError: false },
      ];
      expect(model.requests.map(({ question }) => question.steps)).to.deep.equal([
        undefined,
        [{ failures: 0, text: '', parts: [], calls: [slept, one] }],
        [
          { failures: 0, text: '', parts: [], calls: [slept, one] },
          { failures: 0, text: '', parts: [], calls: [two] },
        ],
      ]);
    });
  });

  describe('runs', () => {
    const nothing = t.type({});

    it(
      'calls of one response at once, each with every value but the last as progress',
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const one = cold('----------a--b-(c|)');
        const two = cold('-------d|');
        const model = scriptedModel([calls(['1', 'one', '{}'], ['2', 'two', '{}']), answer]);
        const tools = {
          one: tool({ input: nothing, run: () => one }),
          two: tool({ input: nothing, run: () => two }),
        };
        const seen = structuredCompletion(model, { codec, messages, tools }).pipe(
          map((either) => {
            if (either._tag === 'Left') return either.left.message;
            const { right } = either;
            if (right._tag !== 'Tool') return right._tag;
            if (right.state === 'running') return `${right.name} running ${right.progress ?? ''}`;
            return right.state === 'done' ? `${right.name} done ${right.output ?? ''}` : `${right.name} ${right.state}`;
          }),
        );
        expectObservable(seen).toBe('(ABCD)--e----f-(ghPZ|)', {
          A: 'one writing',
          B: 'two writing',
          C: 'one running ',
          D: 'two running ',
          e: 'two done d',
          f: 'one running a',
          g: 'one running b',
          h: 'one done c',
          P: 'Partial',
          Z: 'Complete',
        });
        expectSubscriptions(one.subscriptions).toBe('^--------------!');
        expectSubscriptions(two.subscriptions).toBe('^-------!');
      }),
    );
  });
});
void [concat, concatMap, defer, EMPTY, from, NEVER, Subject, take, throwError, toArray, z, ToolAbortError];
