import { expect } from 'chai';
import * as t from 'io-ts';
import { lastValueFrom, map, of, range, timer, type ObservableInput } from 'rxjs';
import { structuredCompletion } from '../../../lib/answers/structuredCompletion.js';
import { structuredElements } from '../../../lib/answers/structuredElements.js';
import { MaxStepsError } from '../../../lib/answers/tools/MaxStepsError.js';
import { tool } from '../../../lib/answers/tools/tool.js';
import type { CompletionEvent } from '../../../lib/completions/CompletionEvent.js';
import { pipeModel } from '../../../lib/completions/pipeModel.js';
import { cached } from '../../../lib/models/cached.js';
import { scriptedModel } from '../../../lib/testing/scriptedModel.js';
import { answer, answered, calls, codec, lookUp, messages, resultsIn, talk } from '../../support/toolScript.js';

const nothing = t.type({});
const call = (id: string | undefined, index: number, text: string): CompletionEvent => ({
  type: 'tool-delta',
  index,
  ...(id !== undefined && { id }),
  name: 'lookUp',
  text,
});
const ended: CompletionEvent = { type: 'finish', reason: 'tool-calls', raw: 'tool_calls' };

/** The id, the arguments and the result of every call that the model was told. */
const toldOf = (events: readonly CompletionEvent[]): unknown =>
  talk([events, answer], { lookUp })
    .requests.at(-1)
    ?.question.steps?.[0]?.calls.map(({ id, arguments: json, isError }) => [id, json, isError]);

describe('calls that are odd', () => {
  describe('have ids of their own', () => {
    const two = [
      ['a', '{"order":1}', false],
      ['call01002', '{"order":2}', false],
    ];

    it('where the server gives two the same, in whole', () => {
      expect(toldOf([call('a', 0, '{"order":1}'), call('a', 1, '{"order":2}'), ended])).to.deep.equal(two);
    });

    it('where the server gives two the same, in deltas', () => {
      const delta = (index: number, text: string): CompletionEvent => ({ type: 'tool-delta', index, text });
      const events = [call('a', 0, ''), delta(0, '{"order":1}'), call('a', 1, ''), delta(1, '{"order":2}'), ended];
      expect(toldOf(events)).to.deep.equal(two);
    });

    it('where the server gives none', () => {
      expect(toldOf([call(undefined, 0, '{"order":1}'), call(undefined, 1, '{"order":2}'), ended])).to.deep.equal([
        ['call01001', '{"order":1}', false],
        ['call01002', '{"order":2}', false],
      ]);
    });

    it('and a call is one where the server repeats its id and its name with every delta', () => {
      expect(toldOf([call('a', 0, '{"order":'), call('a', 0, '1}'), call('a', 0, ''), ended])).to.deep.equal([
        ['a', '{"order":1}', false],
      ]);
    });
  });

  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    it(`run a tool that is called ${name}`, () => {
      const tools = Object.fromEntries([[name, tool({ input: nothing, run: () => of('ran') })]]);
      const { requests, lines } = talk([calls(['a', name, '{}']), answer], tools);
      expect(resultsIn(requests)).to.deep.equal([[`${name} {} ran`]]);
      expect(lines.slice(-3)).to.deep.equal(answered);
    });

    it(`know no tool that is called ${name} by nature`, () => {
      const { lines } = talk([calls(['a', name, '{}']), answer], { lookUp });
      expect(lines[1]).to.equal(
        `1 ${name} a failed undefined error there is no tool "${name}": expected one of "lookUp"`,
      );
    });
  }

  it('are counted in the words of the error about too many steps', () => {
    const call = { id: 'a', name: 'lookUp', input: {}, step: 1 };
    for (const [steps, said] of [
      [1, 'After 1 request that ended'],
      [2, 'After 2 requests that ended'],
    ] as const)
      expect(new MaxStepsError(steps, [call as never]).message).to.include(said);
  });

  it('are told with the beginning of their name, where it is long', () => {
    const { lines } = talk([calls(['a', 'x'.repeat(1_000), '{}']), answer], { lookUp });
    expect(lines[1]).to.include(`there is no tool "${'x'.repeat(64)}": expected one of "lookUp"`);
  });

  describe('tell the model', () => {
    const results: [string, () => ObservableInput<unknown>, string][] = [
      ['a string that is returned, as one value', () => 'sent', 'sent'],
      ['an error that is a value', () => of(new RangeError('too far')), 'RangeError: too far'],
      ['a date', () => of(new Date(0)), '"1970-01-01T00:00:00.000Z"'],
      ['of many values the last', () => range(1, 5000), '5000'],
    ];
    for (const [title, run, text] of results)
      it(title, () => {
        const { requests } = talk([calls(['a', 'f', '{}']), answer], { f: tool({ input: nothing, run }) });
        expect(resultsIn(requests)).to.deep.equal([[`f {} ${text}`]]);
      });

    const failures: [string, () => ObservableInput<unknown>, string][] = [
      ['that JSON has no bigint', () => of({ n: 1n }), 'The result of the tool cannot be written as JSON: Do not know'],
      ['what was thrown, where it is a string', thrower('no connection'), 'no connection'],
      ['what was thrown, where it has a message', thrower({ message: 'no connection' }), 'no connection'],
      ['that it failed, where nothing was thrown', thrower(undefined), 'the tool failed'],
      ['that it failed, where the error says nothing', thrower(new Error('')), 'the tool failed'],
    ];
    for (const [title, run, text] of failures)
      it(title, () => {
        const { requests, lines } = talk([calls(['a', 'f', '{}']), answer], { f: tool({ input: nothing, run }) });
        expect(resultsIn(requests)[0]?.[0]).to.match(new RegExp(`^f {} error ${text}`));
        expect(lines.slice(-3)).to.deep.equal(answered);
      });
  });

  it('may take longer than the idle timeout, which is one of the model', async () => {
    const slow = tool({ input: nothing, run: () => timer(60).pipe(map(() => 'late')) });
    const model = scriptedModel([calls(['a', 'slow', '{}']), answer]);
    const config = { codec, messages, tools: { slow }, idleTimeout: 20 };
    await lastValueFrom(structuredCompletion(model, config), { defaultValue: undefined });
    expect(resultsIn(model.requests)).to.deep.equal([['slow {} late']]);
  });

  it('are kept by a cache with the answer that they led to', async () => {
    const model = scriptedModel([calls(['a', 'lookUp', '{"order":1}']), answer]);
    const kept = pipeModel(model, cached(new Map()));
    for (let nth = 0; nth < 3; nth += 1)
      await lastValueFrom(structuredCompletion(kept, { codec, messages, tools: { lookUp } }), {
        defaultValue: undefined,
      });
    expect(model.requests).to.have.length(2);
  });

  it('are not kept by a cache where their answer is wrong', () => {
    const model = scriptedModel([calls(['a', 'lookUp', '{"order":1}']), '{"reply":7}', answer]);
    const kept = pipeModel(model, cached(new Map()));
    for (let nth = 0; nth < 2; nth += 1)
      structuredCompletion(kept, { codec, messages, tools: { lookUp } }).subscribe({ error: () => undefined });
    expect(model.requests).to.have.length(3);
  });

  describe('of a model that fails after them', () => {
    const failing = () => scriptedModel([calls(['toolu_1', 'lookUp', '{"order":1}']), new Error('503')]);

    it('are not made again: the next model is told their results', () => {
      const next = scriptedModel([calls(['b', 'lookUp', '{"order":2}']), answer]);
      const runs: number[] = [];
      const counted = tool({
        ...lookUp,
        run: ({ order }) => {
          runs.push(order);
          return of(order);
        },
      });
      structuredCompletion([failing(), next], { codec, messages, tools: { lookUp: counted } }).subscribe();
      expect(runs).to.deep.equal([1, 2]);
      expect(resultsIn(next.requests)).to.deep.equal([['lookUp {"order":1} 1'], ['lookUp {"order":2} 2']]);
      expect(next.requests[0]?.question.steps?.[0]?.calls[0]?.id).to.equal('call01001');
    });

    it('count among the steps that there may be', () => {
      const next = scriptedModel([calls(['b', 'lookUp', '{"order":2}']), answer]);
      let error: unknown;
      structuredCompletion([failing(), next], { codec, messages, tools: { lookUp }, maxSteps: 1 }).subscribe({
        error: (raised: unknown) => {
          error = raised;
        },
      });
      expect(error).to.be.instanceOf(MaxStepsError);
      expect((error as MaxStepsError).calls.map(({ id, step }) => [id, step])).to.deep.equal([
        ['call01001', 1],
        ['b', 2],
      ]);
    });

    it('are told to the model that goes on with a list', () => {
      const first = scriptedModel([
        calls(['toolu_1', 'lookUp', '{"order":1}']),
        [{ type: 'text-delta', text: '{"items":["one",' }],
      ]);
      const next = scriptedModel(['{"items":["two"]}']);
      const values: string[] = [];
      structuredElements([first, next], { codec: t.string, messages, tools: { lookUp } }).subscribe((either) => {
        if (either._tag === 'Right' && either.right._tag === 'Element') values.push(either.right.value);
      });
      expect(values).to.deep.equal(['one', 'two']);
      const { steps = [], failures = [] } = next.requests[0]?.question ?? {};
      expect([steps.length, steps[0]?.failures, failures.length]).to.deep.equal([1, 0, 1]);
    });
  });
});

function thrower(error: unknown): () => never {
  return () => {
    throw error;
  };
}
