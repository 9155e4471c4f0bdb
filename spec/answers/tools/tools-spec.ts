import { expect } from 'chai';
import * as t from 'io-ts';
import { concatMap, EMPTY, lastValueFrom, map, of, Subject, take } from 'rxjs';
import { throwError, timer, type ObservableInput } from 'rxjs';
import * as z from 'zod';
import { structuredCompletion } from '../../../lib/answers/structuredCompletion.js';
import { structuredElements } from '../../../lib/answers/structuredElements.js';
import { tool, type ToolContext, type Tools } from '../../../lib/answers/tools/tool.js';
import type { CompletionEvent } from '../../../lib/completions/CompletionEvent.js';
import type { CompletionInfo } from '../../../lib/completions/CompletionInfo.js';
import { scriptedModel } from '../../../lib/testing/scriptedModel.js';
import { marbles } from '../../support/marbles.js';

import {
  answer,
  answered,
  calls,
  codec,
  linesOf,
  lookUp,
  messages,
  resultsIn,
  talk,
} from '../../support/toolScript.js';

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

    it('with the id of the call and the number of the step, made up where the server gives none', () => {
      const seen: ToolContext[] = [];
      const see = tool({
        input: nothing,
        run: (_, context) => {
          seen.push(context);
          return of(1);
        },
      });
      const nameless: CompletionEvent[] = [
        { type: 'tool-delta', index: 0, name: 'see', text: '{}' },
        { type: 'finish', reason: 'tool-calls', raw: 'tool_calls' },
      ];
      linesOf([calls(['a', 'see', '{}']), nameless, nameless, answer], { see });
      expect(seen).to.deep.equal([
        { id: 'a', step: 1 },
        { id: 'call02001', step: 2 },
        { id: 'call03001', step: 3 },
      ]);
    });

    it('a call without arguments as one with an empty object', () => {
      const { requests, lines } = talk([calls(['a', 'now', '']), answer], {
        now: tool({ input: nothing, run: () => of('noon') }),
      });
      expect(lines.slice(0, 3)).to.deep.equal([
        '1 now a writing {}',
        '1 now a running {}',
        '1 now a done {} output "noon"',
      ]);
      expect(resultsIn(requests)).to.deep.equal([['now {} noon']]);
    });

    it('with input that is not an object, asked for in a wrapper', () => {
      const twice = tool({ input: t.number, run: (n) => of(n * 2) });
      const { requests, lines } = talk([calls(['a', 'twice', '{"value":2', '1}']), answer], { twice });
      expect(lines.slice(0, 4)).to.deep.equal([
        '1 twice a writing 2',
        '1 twice a writing 21',
        '1 twice a running 21',
        '1 twice a done 21 output 42',
      ]);
      expect(requests[0]?.question.tools?.[0]?.schema).to.have.property('required').that.deep.equals(['value']);
      expect(resultsIn(requests)).to.deep.equal([['twice {"value":21} 42']]);
    });

    it('with input that a schema of another library has decoded', () => {
      const since = tool({
        input: z.object({ day: z.string().transform((day) => new Date(day)) }),
        run: ({ day }) => of(day.getFullYear()),
      });
      expect(linesOf([calls(['a', 'since', '{"day":"2020-05-05"}']), answer], { since })).to.include(
        '1 since a done {"day":"2020-05-05T00:00:00.000Z"} output 2020',
      );
    });

    it('and writes every kind of result down', () => {
      const results: [string, () => ObservableInput<unknown>][] = [
        ['text', () => of('as it is')],
        ['object', () => of({ a: [1, null] })],
        ['promise', () => Promise.resolve('later')],
        ['last', () => of(1, 2, 3)],
        ['nothing', () => EMPTY],
        ['undefined', () => of(undefined)],
        ['empty', () => of('')],
        ['null', () => of(null)],
        ['circle', () => of(circle())],
      ];
      const tools = Object.fromEntries(results.map(([name, run]) => [name, tool({ input: nothing, run })]));
      const model = scriptedModel([calls(...results.map(([name]) => [name, name, '{}'] as const)), answer]);
      return lastValueFrom(structuredCompletion(model, { codec, messages, tools }), { defaultValue: undefined }).then(
        () => {
          const told = model.requests[1]?.question.steps?.[0]?.calls ?? [];
          expect(
            told.slice(0, 8).map(({ name, text, isError }) => `${name} ${isError ? 'error ' : ''}${text}`),
          ).to.deep.equal([
            'text as it is',
            'object {"a":[1,null]}',
            'promise later',
            'last 3',
            'nothing no result',
            'undefined no result',
            'empty no result',
            'null null',
          ]);
          expect(told[8])
            .to.include({ name: 'circle', isError: true })
            .and.property('text')
            .to.match(/circular/);
        },
      );
    });

    it('again for every subscription', () => {
      let runs = 0;
      const count = tool({ input: nothing, run: () => of((runs += 1)) });
      const model = scriptedModel([calls(['a', 'count', '{}']), answer, calls(['a', 'count', '{}']), answer]);
      const answers = structuredCompletion(model, { codec, messages, tools: { count } });
      answers.subscribe();
      answers.subscribe();
      expect(runs).to.equal(2);
      expect(model.requests.map(({ question }) => question.steps?.length ?? 0)).to.deep.equal([0, 1, 0, 1]);
    });
  });

  it('waits for the approval of a person', () => {
    const clicks = new Subject<boolean>();
    const pay = tool({
      input: t.type({ euros: t.number }),
      run: ({ euros }) =>
        clicks.pipe(
          take(1),
          concatMap((yes) => (yes ? of(`paid ${euros}`) : throwError(() => new Error('declined')))),
        ),
    });
    const model = scriptedModel([calls(['a', 'pay', '{"euros":5}']), answer]);
    structuredCompletion(model, { codec, messages, tools: { pay } }).subscribe();
    expect(model.requests).to.have.length(1);
    clicks.next(true);
    expect(resultsIn(model.requests)).to.deep.equal([['pay {"euros":5} paid 5']]);
  });

  it('asks for the answer in a request of its own, where the model takes no schema beside tools', () => {
    const model = scriptedModel([calls(['a', 'lookUp', '{"order":1}']), 'I know enough.', answer]);
    const lines: string[] = [];
    structuredCompletion(model, { codec, messages, tools: { lookUp }, answer: 'last-step' }).subscribe((either) => {
      lines.push(either._tag === 'Left' ? 'Left' : either.right._tag);
    });
    expect(lines).to.deep.equal(['Tool', 'Tool', 'Tool', 'Partial', 'Complete']);
    expect(
      model.requests.map(({ question: { tools, isAnswerLater } }) => [tools?.length ?? 0, isAnswerLater ?? false]),
    ).to.deep.equal([
      [1, true],
      [1, true],
      [0, false],
    ]);
  });

  it('works for lists', () => {
    const model = scriptedModel([calls(['a', 'lookUp', '{"order":1}']), '{"items":["one",2]}', '{"items":["two"]}']);
    const lines: string[] = [];
    structuredElements(model, { codec: t.string, messages, tools: { lookUp }, retries: 1 }).subscribe((either) => {
      if (either._tag === 'Left') lines.push(`Left ${either.left.index ?? '-'}`);
      else if (either.right._tag === 'Tool') lines.push(either.right.state);
      else lines.push(`${either.right.index} ${either.right.value}`);
    });
    expect(lines).to.deep.equal(['writing', 'running', 'done', '0 one', 'Left 1', '1 two']);
    expect(model.requests.map(({ question }) => question.steps?.length ?? 0)).to.deep.equal([0, 1, 1]);
  });

  it('rejects a value that is not a tool, before any request', () => {
    const wrong: [object, RegExp][] = [
      [{ 'look up': lookUp }, /"look up".*letters, digits/],
      [{ answer: lookUp }, /both called "answer"/],
      [{ lookUp: { run: lookUp.run } }, /tools\.lookUp is not a tool/],
      [{ lookUp: undefined }, /tools\.lookUp is not a tool/],
    ];
    for (const [tools, message] of wrong) {
      const [line] = linesOf([answer], tools as Tools);
      expect(line)
        .to.match(/^TypeError/)
        .and.match(message);
    }
  });

  it('gives all turns for the next question, and a record of every request', () => {
    const model = scriptedModel([calls(['a', 'lookUp', '{"order":1}']), answer]);
    let completion: CompletionInfo | undefined;
    structuredCompletion(model, { codec, messages, tools: { lookUp } }).subscribe((either) => {
      if (either._tag === 'Right' && either.right._tag === 'Complete') completion = either.right.completion;
    });
    expect(completion?.attempts.map(({ attempt, step }) => [attempt, step])).to.deep.equal([
      [1, 1],
      [1, 2],
    ]);
    expect(completion?.messages).to.deep.equal([
      { role: 'assistant', content: 'lookUp({"order":1})' },
      { role: 'user', content: 'lookUp: {"order":1,"state":"sent"}' },
      { role: 'assistant', content: answer },
    ]);
  });
});

function circle(): object {
  const ring: { self?: object } = {};
  ring.self = ring;
  return ring;
}
