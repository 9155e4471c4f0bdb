import { expect } from 'chai';
import { of, Subject, take, tap } from 'rxjs';
import type { CompletionEvent, FinishReason } from '../../lib/completions/CompletionEvent.js';
import { IncompleteCompletionError } from '../../lib/deltas/IncompleteCompletionError.js';
import { RefusalError } from '../../lib/deltas/RefusalError.js';
import { ToolCallsError } from '../../lib/deltas/ToolCallsError.js';
import { textDeltas, type TextDeltasConfig } from '../../lib/deltas/textDeltas.js';
import { marbles } from '../support/marbles.js';
import { textDelta as text } from '../support/textEvents.js';
import { record } from '../support/record.js';

const tool = (delta: string, call: { index?: number; id?: string; name?: string } = {}): CompletionEvent => ({
  type: 'tool-delta',
  index: 0,
  ...call,
  text: delta,
});
const refusal = (words: string): CompletionEvent => ({ type: 'refusal-delta', text: words });
const finish = (reason: FinishReason): CompletionEvent => ({ type: 'finish', reason, raw: reason });
const start: CompletionEvent = { type: 'start', id: 'x' };
const usage: CompletionEvent = { type: 'usage', inputTokens: 1, outputTokens: 1, raw: null };
const reasoning: CompletionEvent = { type: 'reasoning-delta', text: 'hm' };

/** Errors with their class and fields, which deep equality ignores. */
function comparable(ending: unknown): unknown {
  if (!(ending instanceof Error)) return ending;
  return [ending.constructor, ending.message, ...Object.entries(ending)];
}

/** All that comes of these events, errors included. */
function read(events: readonly CompletionEvent[], config?: TextDeltasConfig): unknown[] {
  const seen: unknown[] = [];
  of(...events)
    .pipe(textDeltas(config))
    .subscribe(record(seen));
  return seen;
}

describe('textDeltas', () => {
  it(
    'emits the text in the frame in which it comes, and completes with the source',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const events = { s: start, r: reasoning, a: text('{"a"'), b: text(':1}'), u: usage, f: finish('stop') };
      const source = hot('--s-r-a-b-f-u-|', events);
      expectObservable(source.pipe(textDeltas())).toBe('------a-b-----|', { a: '{"a"', b: ':1}' });
      expectSubscriptions(source.subscriptions).toBe('^-------------!');
    }),
  );

  it(
    'calls an empty source interrupted, and waits for one that never ends',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold<CompletionEvent>('---|').pipe(textDeltas())).toBe(
        '---#',
        undefined,
        new IncompleteCompletionError('interrupted', ''),
      );
      expectObservable(cold<CompletionEvent>('---').pipe(textDeltas())).toBe('---');
    }),
  );

  it(
    'passes on what the source fails with, whatever the answer was',
    marbles(({ cold, expectObservable }) => {
      const broken = new Error('reset');
      const source = cold('a-r-#', { a: text('{'), r: refusal('no') }, broken);
      expectObservable(source.pipe(textDeltas())).toBe('a---#', { a: '{' }, broken);
    }),
  );

  it(
    'unsubscribes from the source when it is unsubscribed from',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-b-c-|', { a: text('1'), b: text('2'), c: text('3') });
      expectObservable(source.pipe(textDeltas()), '^---!').toBe('-a-b-', { a: '1', b: '2' });
      expectSubscriptions(source.subscriptions).toBe('^---!');
    }),
  );

  it(
    'begins afresh with every subscription',
    marbles(({ cold, expectObservable }) => {
      const deltas = cold('a-b-|', { a: refusal('no'), b: finish('stop') }).pipe(textDeltas());
      expectObservable(deltas).toBe('----#', undefined, new RefusalError('no', ''));
      expectObservable(deltas, '^--').toBe('----#', undefined, new RefusalError('no', ''));
    }),
  );

  it('stops a synchronous source when unsubscribed from inside next', () => {
    let produced = 0;
    const source = of(text('a'), text('b'), text('c')).pipe(tap(() => (produced += 1)));
    const seen: string[] = [];
    source.pipe(textDeltas(), take(2)).subscribe((delta) => seen.push(delta));
    expect(seen).to.deep.equal(['a', 'b']);
    expect(produced).to.equal(2);
  });

  it('delivers what is sent from inside next', () => {
    const source = new Subject<CompletionEvent>();
    const seen: string[] = [];
    source.pipe(textDeltas()).subscribe((delta) => {
      seen.push(delta);
      if (delta === 'a') source.next(text('b'));
    });
    source.next(text('a'));
    expect(seen).to.deep.equal(['a', 'b']);
  });

  it('leaves out empty deltas', () => {
    expect(read([text(''), text('1'), text(''), finish('stop')])).to.deep.equal(['1', 'complete']);
  });

  describe('finds the answer', () => {
    const mixed = [
      text("I'll look it up."),
      tool('{"q":', { index: 0, id: 'a', name: 'search' }),
      tool('{"city":', { index: 1, id: 'b', name: 'weather' }),
      tool('1}', { index: 0 }),
      tool('2}', { index: 1 }),
      finish('tool-calls'),
    ];

    it('in the content if that begins first', () => {
      expect(read(mixed)).to.deep.equal(["I'll look it up.", 'complete']);
    });

    it("in the first tool call's arguments if that begins first", () => {
      expect(read([...mixed.slice(1), text('ignored')])).to.deep.equal(['{"q":', '1}', 'complete']);
    });

    it('in a tool call after blank content', () => {
      expect(read([text('\n\n'), ...mixed.slice(1)])).to.deep.equal(['\n\n', '{"q":', '1}', 'complete']);
    });

    it('in the content after blank content', () => {
      expect(read([text('\n'), text(' {'), text('}'), tool('x', { name: 'late' }), finish('stop')])).to.deep.equal([
        '\n',
        ' {',
        '}',
        'complete',
      ]);
    });

    it('in the content if asked for', () => {
      expect(read([...mixed.slice(1, -1), text('{}'), finish('stop')], { tool: false })).to.deep.equal([
        '{}',
        'complete',
      ]);
    });

    it('in the first tool call if asked for', () => {
      expect(read(mixed, { tool: true })).to.deep.equal(['{"q":', '1}', 'complete']);
    });

    it('in the first call of a named tool', () => {
      const twice = [...mixed.slice(0, -1), tool('{"city":3}', { index: 2, id: 'c', name: 'weather' }), finish('stop')];
      expect(read(twice, { tool: 'weather' })).to.deep.equal(['{"city":', '2}', 'complete']);
    });

    it('in a call whose name comes after its first arguments', () => {
      const late = [tool('{"a"', { id: 'x' }), tool(':', {}), tool('1}', { name: 'answer' }), finish('stop')];
      expect(read(late, { tool: 'answer' })).to.deep.equal(['{"a":1}', 'complete']);
      expect(read(late, { tool: 'other' })).to.deep.equal(['complete']);
    });

    it('nowhere if the tool is not called: an empty answer, not an error', () => {
      expect(read([text('I would rather talk.'), finish('stop')], { tool: 'answer' })).to.deep.equal(['complete']);
    });
  });

  it('errors with the calls of other tools that stand in the place of the answer', () => {
    const other = [
      tool('{"q":', { index: 0, id: 'a', name: 'search' }),
      tool('{}', { index: 1, name: 'weather' }),
      tool('1}', { index: 0 }),
      finish('tool-calls'),
    ];
    const calls = [
      { index: 0, id: 'a', name: 'search', arguments: '{"q":1}' },
      { index: 1, name: 'weather', arguments: '{}' },
    ];
    for (const place of [{ tool: 'answer' }, { tool: false, preface: true }])
      for (const events of [other, [text('I look it up.'), ...other]]) {
        const [error, ...rest] = read(events, { ...place, answer: 'answer' });
        expect(rest).to.deep.equal([]);
        expect(error).to.be.instanceOf(ToolCallsError).with.property('calls').that.deep.equals(calls);
      }
  });

  describe('tells calls apart', () => {
    it('by id where the index is the same', () => {
      const same = [
        tool('{"a":', { id: 'one', name: 'answer' }),
        tool('{"b":', { id: 'two', name: 'answer' }),
        tool('1}', { id: 'one' }),
        finish('stop'),
      ];
      expect(read(same, { tool: true })).to.deep.equal(['{"a":', '1}', 'complete']);
    });

    it('by name where the index is the same and there is no id', () => {
      const same = [tool('{}', { name: 'first' }), tool('{"b":1}', { name: 'second' }), finish('stop')];
      expect(read(same, { tool: true })).to.deep.equal(['{}', 'complete']);
      expect(read(same, { tool: 'second' })).to.deep.equal(['{"b":1}', 'complete']);
    });

    it('not by an id or a name that is repeated, or comes late', () => {
      const repeated = [
        tool('', { name: 'answer' }),
        tool('{', { id: 'x', name: 'answer' }),
        tool('}', { id: 'x', name: 'answer' }),
        finish('stop'),
      ];
      expect(read(repeated, { tool: true })).to.deep.equal(['{', '}', 'complete']);
    });

    it('giving a delta without id to the call written last at its index', () => {
      const deltas = [
        tool('1', { id: 'one', name: 'answer' }),
        tool('2', { id: 'two', name: 'answer' }),
        tool('2', {}),
        tool('1', { id: 'one' }),
        tool('1', {}),
        finish('stop'),
      ];
      expect(read(deltas, { tool: true })).to.deep.equal(['1', '1', '1', 'complete']);
    });
  });

  describe('ends', () => {
    const endings: readonly [string, readonly CompletionEvent[], unknown][] = [
      ['complete when the model stopped', [text('1'), finish('stop')], 'complete'],
      ['complete when it stopped to call tools', [text('1'), finish('tool-calls')], 'complete'],
      [
        'for a reason of the provider',
        [text('1'), finish('other')],
        new IncompleteCompletionError('other', '1', { raw: 'other' }),
      ],
      ['paused', [text('1'), finish('paused')], new IncompleteCompletionError('paused', '1')],
      [
        'interrupted by the server',
        [text('1'), { type: 'finish', reason: 'interrupted', raw: 'abort' }],
        new IncompleteCompletionError('interrupted', '1', { raw: 'abort' }),
      ],
      [
        'by a reason that cuts, whatever is said after it',
        [text('1'), finish('length'), finish('stop')],
        new IncompleteCompletionError('length', '1'),
      ],
      ['complete for a reason that is only known later', [text('1'), finish('other'), finish('stop')], 'complete'],
      ['with the token limit', [text('1'), finish('length')], new IncompleteCompletionError('length', '1')],
      [
        'with the content filter',
        [text('1'), finish('content-filter')],
        new IncompleteCompletionError('content-filter', '1'),
      ],
      ['interrupted without a finish', [text('1'), usage], new IncompleteCompletionError('interrupted', '1')],
      ['refused, in its words', [refusal('I '), refusal("won't."), finish('stop')], new RefusalError("I won't.", '')],
      ['refused in the middle', [text('1'), refusal('No.'), finish('length')], new RefusalError('No.', '1')],
      ['refused without words', [text('Hi'), finish('refusal')], new RefusalError('', 'Hi')],
      [
        'by the last finish if there are several',
        [finish('stop'), finish('length')],
        new IncompleteCompletionError('length', ''),
      ],
    ];

    for (const [how, events, ending] of endings)
      it(how, () => {
        const last = read(events).at(-1);
        expect(comparable(last)).to.deep.equal(comparable(ending));
      });

    it('only when the source does, so that nothing is cut off upstream', () => {
      const source = new Subject<CompletionEvent>();
      const seen: unknown[] = [];
      source.pipe(textDeltas()).subscribe({ error: (error: unknown) => seen.push(error) });
      source.next(finish('length'));
      expect(seen).to.have.length(0);
      expect(source.observed).to.equal(true);
      source.next(usage);
      source.complete();
      expect(seen).to.have.length(1);
    });
  });

  describe('when the answer begins anew', () => {
    it('reads on if nothing of it had been read', () => {
      const events = [
        start,
        refusal('no'),
        tool('{"x"', { name: 'other' }),
        finish('length'),
        start,
        text('1'),
        finish('stop'),
      ];
      expect(read(events, { tool: false })).to.deep.equal(['1', 'complete']);
    });

    it('is interrupted if it had been read', () => {
      const seen = read([start, text('{"a":'), start, text('{"a":1}'), finish('stop')]);
      expect(seen[0]).to.equal('{"a":');
      expect(seen).to.have.length(2);
      expect(seen[1])
        .to.be.instanceOf(IncompleteCompletionError)
        .and.to.include({ reason: 'interrupted', text: '{"a":' });
    });

    it('does not take the calls of the first for those of the second', () => {
      const one = tool('', { id: 'one', name: 'a' });
      const two = tool('{}', { id: 'two', name: 'a' });
      expect(read([start, one, start, two, finish('stop')], { tool: true })).to.deep.equal(['{}', 'complete']);
    });
  });

  it('has messages that say what to do', () => {
    expect(new IncompleteCompletionError('length', '').message).to.match(/raise the maximum of output tokens/i);
    expect(new IncompleteCompletionError('content-filter', '').message).to.match(/content filter/);
    expect(new IncompleteCompletionError('interrupted', '').message).to.match(/without a finish reason/);
    expect(new IncompleteCompletionError('interrupted', '', { raw: 'aborted' }).message).to.equal(
      'The server broke the answer off. It can be asked for again. Its word for it: "aborted".',
    );
    expect(new IncompleteCompletionError('length', '', { raw: 'max_tokens' }).message).not.to.include('max_tokens');
    expect(new RefusalError('Not that.', '').message).to.equal('The model refused to answer: Not that.');
    expect(new RefusalError('', '').message).to.equal('The model refused to answer.');
  });
});
