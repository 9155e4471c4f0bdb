import { expect } from 'chai';
import { CompletionLog } from '../../lib/inspector/log/CompletionLog.js';
import type { FeedEvent } from '../../lib/completions/CompletionFeed.js';

const limits = { characters: 100_000, entries: 50 };
const right = (value: object): FeedEvent => ({ type: 'shown', either: { _tag: 'Right', right: value } });
const long = 'x'.repeat(5_000);

/** What may come in one attempt as often as a model, a server or a tool likes. */
const floods: Readonly<Record<string, (nth: number) => FeedEvent>> = {
  'deltas of text': () => ({ type: 'text-delta', text: long }),
  partials: () => right({ _tag: 'Partial', path: [], value: {} }),
  elements: (index) => right({ _tag: 'Element', index, value: { long } }),
  'wrong elements': (index) => ({
    type: 'shown',
    either: {
      _tag: 'Left',
      left: { _tag: 'InvalidValue', message: long.slice(0, 4_000), path: [index], index, attempt: 1, retriesLeft: 0 },
    },
  }),
  'progress of a tool': () =>
    right({ _tag: 'Tool', id: 'a', name: 'look', step: 1, state: 'running', input: {}, progress: long }),
  'reports of usage': () => ({ type: 'usage', inputTokens: 1, outputTokens: 1, raw: long }),
  names: () => ({ type: 'start', id: long, model: 'm' }),
};

describe('CompletionLog', () => {
  for (const [what, flood] of Object.entries(floods))
    it(`holds no more than its limits, and how it ended: ${what}`, () => {
      const log = new CompletionLog('1', 'n', limits);
      log.push({ type: 'attempt', attempt: 1, startedAt: 0 });
      for (let nth = 0; nth < 2_000; nth += 1) log.push(flood(nth));
      log.push({ type: 'ended', how: 'failed', error: new Error('over') });
      expect(log.entries.length).to.be.at.most(limits.entries + 3);
      expect(JSON.stringify(log.entries).length).to.be.below(limits.characters * 1.2);
      expect(log.size).to.be.below(limits.characters * 2.5);
      expect(log.entries.slice(-2).map(({ type }) => type)).to.deep.equal(['full', 'ended']);
    });
});
