import { expect } from 'chai';
import * as t from 'io-ts';
import { concat, of } from 'rxjs';
import { throwError } from 'rxjs';
import { structuredCompletion } from '../../../lib/answers/structuredCompletion.js';
import { MaxStepsError } from '../../../lib/answers/tools/MaxStepsError.js';
import { tool, type Tools } from '../../../lib/answers/tools/tool.js';
import { ToolAbortError } from '../../../lib/answers/tools/ToolAbortError.js';
import type { CompletionEvent } from '../../../lib/completions/CompletionEvent.js';
import { scriptedModel } from '../../../lib/testing/scriptedModel.js';

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

describe('a tool call', () => {
  describe('tells the model, and goes on, when', () => {
    const wrong: [string, Tools, readonly string[], string, string][] = [
      ['the arguments are wrong', { lookUp }, ['{"order":"x"}'], 'lookUp', '$.order: expected number, got "x"'],
      ['the arguments are no JSON', { lookUp }, ['{"order":', '1,,}'], 'lookUp', 'a key'],
      ['the arguments are cut off', { lookUp }, ['{"order":1'], 'lookUp', 'end'],
      [
        'the tool is unknown',
        { lookUp },
        ['{"order":1}'],
        'lookDown',
        'there is no tool "lookDown": expected one of "lookUp"',
      ],
      [
        'the tool throws',
        {
          lookUp: tool({
            ...lookUp,
            run: () => {
              throw new Error('no connection');
            },
          }),
        },
        ['{"order":1}'],
        'lookUp',
        'no connection',
      ],
      [
        'the tool errors after progress',
        {
          lookUp: tool({
            ...lookUp,
            run: () =>
              concat(
                of(1),
                throwError(() => new Error('no connection')),
              ),
          }),
        },
        ['{"order":1}'],
        'lookUp',
        'no connection',
      ],
    ];
    it('the tool throws at length, which costs no more than 4 KB', () => {
      const run = () => throwError(() => new Error(`no ${'connection '.repeat(100_000)}`));
      const { requests } = talk([calls(['a', 'lookUp', '{"order":1}']), answer], { lookUp: tool({ ...lookUp, run }) });
      const [[result = ''] = []] = resultsIn(requests);
      expect(Buffer.byteLength(result)).to.be.within(4_000, 4_200);
    });

    for (const [title, tools, deltas, name, message] of wrong)
      it(title, () => {
        const { requests, lines } = talk([calls(['a', name, ...deltas]), answer], tools);
        expect(lines.filter((line) => line.includes('writing')).length).to.be.greaterThan(0);
        expect(lines.filter((line) => line.includes('failed')).map((line) => line.includes(message))).to.deep.equal([
          true,
        ]);
        expect(lines.slice(-3)).to.deep.equal(answered);
        const [call] = requests[1]?.question.steps?.[0]?.calls ?? [];
        expect(call).to.include({ id: 'a', name, isError: true });
        expect(call?.text).to.include(message);
        expect(JSON.parse(call?.arguments ?? '')).to.be.an('object');
      });

    it('one of several calls fails: the others run', () => {
      const { requests, lines } = talk(
        [calls(['a', 'lookUp', '{"order":"x"}'], ['b', 'lookUp', '{"order":2}']), answer],
        { lookUp },
      );
      expect(lines).to.include('1 lookUp b done {"order":2} output {"order":2,"state":"sent"}');
      expect(resultsIn(requests)).to.deep.equal([
        [
          'lookUp {"order":"x"} error $.order: expected number, got "x"',
          'lookUp {"order":2} {"order":2,"state":"sent"}',
        ],
      ]);
    });

    it('the answer stands beside calls: it came before their results', () => {
      const events: CompletionEvent[] = [
        { type: 'tool-delta', index: 0, id: 'x', name: 'answer', text: '{"reply":"too early"}' },
        ...calls(['a', 'lookUp', '{"order":1}']).map((event) => ('index' in event ? { ...event, index: 1 } : event)),
      ];
      const { requests, lines } = talk([events, answer], { lookUp });
      expect(lines.join()).not.to.include('Complete {"reply":"too early"}');
      expect(lines.filter((line) => line.startsWith('1 answer'))).to.deep.equal([]);
      expect(requests[1]?.question.steps?.[0]?.calls.map(({ id, isError }) => [id, isError])).to.deep.equal([
        ['x', true],
        ['a', false],
      ]);
    });
  });

  describe('ends', () => {
    it('with the error by which a tool ends the whole answer', () => {
      const stop = tool({ input: t.type({}), run: () => throwError(() => new ToolAbortError('not allowed')) });
      expect(linesOf([calls(['a', 'stop', '{}']), answer], { stop }).at(-1)).to.equal('ToolAbortError: not allowed');
    });

    it('beyond maxSteps, with the calls made', () => {
      const model = scriptedModel([1, 2, 3].map((nth) => calls([`c${nth}`, 'lookUp', `{"order":${nth}}`])));
      let error: unknown;
      structuredCompletion(model, { codec, messages, tools: { lookUp }, maxSteps: 2 }).subscribe({
        error: (raised: unknown) => {
          error = raised;
        },
      });
      expect(error).to.be.instanceOf(MaxStepsError).and.property('maxSteps', 2);
      expect((error as MaxStepsError).calls.map(({ id, step }) => [id, step])).to.deep.equal([
        ['c1', 1],
        ['c2', 2],
        ['c3', 3],
      ]);
      expect(model.requests).to.have.length(3);
    });

    it('with the answer after maxSteps requests that ended in calls', () => {
      const script = [calls(['a', 'lookUp', '{"order":1}']), calls(['b', 'lookUp', '{"order":2}']), answer];
      expect(linesOf(script, { lookUp }, { maxSteps: 2 }).slice(-3)).to.deep.equal(answered);
    });

    it('at the first call where maxSteps is 0, negative or NaN; a fraction is rounded down', () => {
      for (const maxSteps of [0, -1, NaN, 0.9])
        expect(linesOf([calls(['a', 'lookUp', '{"order":1}']), answer], { lookUp }, { maxSteps }).at(-1)).to.match(
          /^MaxSteps/,
        );
    });

    const cuts: [string, readonly CompletionEvent[], string][] = [
      ['whose response was cut', calls(['a', 'lookUp', '{"order":1}']).slice(0, -1), 'IncompleteCompletionError'],
      [
        'whose response ended with length',
        [...calls(['a', 'lookUp', '{"order":1}']).slice(0, -1), { type: 'finish', reason: 'length', raw: 'length' }],
        'IncompleteCompletionError',
      ],
    ];
    for (const [title, events, name] of cuts)
      it(`without running a call ${title}`, () => {
        const { requests, lines } = talk([events, answer], { lookUp });
        expect(lines.some((line) => line.includes('running'))).to.equal(false);
        expect(lines.at(-1)).to.match(new RegExp(`^${name}`));
        expect(requests).to.have.length(1);
      });

    it('after running a call whose response ended with stop', () => {
      const events: CompletionEvent[] = [
        ...calls(['a', 'lookUp', '{"order":1}']).slice(0, -1),
        { type: 'finish', reason: 'stop', raw: 'stop' },
      ];
      expect(linesOf([events, answer], { lookUp }).slice(-3)).to.deep.equal(answered);
    });
  });
});
