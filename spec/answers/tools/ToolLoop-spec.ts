import { expect } from 'chai';
import * as t from 'io-ts';
import { concat, from, NEVER, Observable, take } from 'rxjs';
import { structuredCompletion } from '../../../lib/answers/structuredCompletion.js';
import { tool } from '../../../lib/answers/tools/tool.js';
import type { WatchedEvent } from '../../../lib/completions/AnswerDeltaEvent.js';
import type { CompletionEvent } from '../../../lib/completions/CompletionEvent.js';
import { scriptedModel } from '../../../lib/testing/scriptedModel.js';

import { answer, answered, calls, codec, linesOf, lookUp, messages, talk } from '../../support/toolScript.js';

describe('the loop of tools', () => {
  describe('and the text beside calls', () => {
    const spoken = (...texts: readonly string[]): CompletionEvent[] =>
      texts.map((text) => ({ type: 'text-delta', text }));

    it('is not the answer, so it causes no Left', () => {
      const script = [[...spoken('Let me ', 'look.'), ...calls(['a', 'lookUp', '{"order":1}'])], answer];
      const lines = linesOf(script, { lookUp });
      expect(lines.some((line) => line.startsWith('Left'))).to.equal(false);
      expect(lines.slice(-3)).to.deep.equal(answered);
    });

    it('is not the answer, so it causes no Complete; its partials are shown until the call begins', () => {
      const script = [[...spoken('{"reply":"Wait', '"}'), ...calls(['a', 'lookUp', '{"order":1}'])], answer];
      const { lines, requests } = talk(script, { lookUp });
      expect(lines.filter((line) => line.startsWith('Complete'))).to.deep.equal(['Complete {"reply":"On its way."}']);
      expect(lines[0]).to.equal('Partial {"reply":"Wait"}');
      expect(requests[1]?.question.steps?.[0]?.text).to.equal('{"reply":"Wait"}');
    });

    it('is rejected at the end of its request where no call comes, and asked again with the results kept', () => {
      const model = scriptedModel([calls(['a', 'lookUp', '{"order":1}']), '{"reply":7}', answer]);
      const lines: string[] = [];
      structuredCompletion(model, { codec, messages, tools: { lookUp }, retries: 1 }).subscribe((either) => {
        if (either._tag === 'Left') lines.push(`Left ${either.left.attempt}+${either.left.retriesLeft}`);
      });
      expect(lines).to.deep.equal(['Left 1+1']);
      expect(
        model.requests.map(({ question: { steps = [], failures } }) => [steps.length, failures.length]),
      ).to.deep.equal([
        [0, 0],
        [1, 0],
        [1, 1],
      ]);
    });

    it('keeps calls and rejected answers in their order', () => {
      const model = scriptedModel([
        '{"reply":1}',
        calls(['a', 'lookUp', '{"order":1}']),
        '{"reply":2}',
        calls(['b', 'lookUp', '{"order":2}']),
        answer,
      ]);
      structuredCompletion(model, { codec, messages, tools: { lookUp }, retries: 2 }).subscribe();
      expect(model.requests.at(-1)?.question.steps?.map(({ failures }) => failures)).to.deep.equal([1, 2]);
      expect(model.requests.at(-1)?.question.failures).to.have.length(2);
    });

    it('is not the arguments of a call that comes in one delta', () => {
      const whole: CompletionEvent[] = [
        { type: 'tool-delta', index: 0, id: 'a', name: 'lookUp', text: '{"order":1}' },
        { type: 'finish', reason: 'tool-calls', raw: 'tool_calls' },
      ];
      const heard: string[] = [];
      const watch = (event: WatchedEvent): void => {
        if (event.type === 'answer-delta') heard.push(event.text);
      };
      const lines = linesOf([whole, answer], { lookUp }, { watch });
      expect(lines[0]).to.equal('1 lookUp a writing {"order":1}');
      expect(heard).to.deep.equal([answer]);
    });

    it('is validated only where no call comes', () => {
      const checked: string[] = [];
      const validate = ({ reply }: { readonly reply: string }): string | undefined => {
        checked.push(reply);
        return 'Say more.';
      };
      const script = [
        [...spoken('{"reply":"Wait"}'), ...calls(['a', 'lookUp', '{"order":1}'])],
        '{"reply":"Soon"}',
        answer,
      ];
      const { requests, lines } = talk(script, { lookUp }, { retries: 1, validate });
      expect(checked).to.deep.equal(['Soon', 'On its way.']);
      expect(lines.filter((line) => line.startsWith('Left'))).to.deep.equal(['Left 1 Say more.', 'Left 2 Say more.']);
      expect(requests.map(({ question: { steps = [] } }) => steps.length)).to.deep.equal([0, 1, 1]);
    });
  });

  describe('unsubscribed', () => {
    it('aborts the request while a call is written, and delivers nothing more', () => {
      const model = scriptedModel([concat(from(calls(['a', 'lookUp', '{"order":'])).pipe(take(2)), NEVER), answer]);
      const seen: unknown[] = [];
      structuredCompletion(model, { codec, messages, tools: { lookUp } })
        .subscribe((either) => seen.push(either))
        .unsubscribe();
      expect(model.requests.map(({ state }) => state)).to.deep.equal(['aborted']);
      expect(seen).to.have.length(1);
    });

    it('unsubscribes from every run', () => {
      const open = new Set<string>();
      const wait = tool({
        input: t.type({ n: t.string }),
        run: ({ n }) =>
          new Observable<never>((subscriber) => {
            open.add(n);
            subscriber.add(() => open.delete(n));
          }),
      });
      const model = scriptedModel([calls(['a', 'wait', '{"n":"1"}'], ['b', 'wait', '{"n":"2"}']), answer]);
      const subscription = structuredCompletion(model, { codec, messages, tools: { wait } }).subscribe();
      expect([...open]).to.deep.equal(['1', '2']);
      subscription.unsubscribe();
      expect([...open]).to.deep.equal([]);
      expect(model.requests).to.have.length(1);
    });

    it('synchronously at any event, delivers nothing more and asks nothing more', () => {
      const script = [calls(['a', 'lookUp', '{"order":', '1}'], ['b', 'lookUp', '{"order":2}']), answer];
      const total = linesOf(script, { lookUp }).length - 1;
      for (let count = 1; count <= total; count += 1) {
        const seen: unknown[] = [];
        structuredCompletion(scriptedModel(script), { codec, messages, tools: { lookUp } })
          .pipe(take(count))
          .subscribe((either) => seen.push(either));
        expect(seen).to.have.length(count);
      }
    });
  });
});
