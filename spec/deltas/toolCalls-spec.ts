import { expect } from 'chai';
import { Subject, EMPTY, catchError, concat, map, mergeMap, of, switchMap, take, tap, throwError, NEVER } from 'rxjs';
import type { CompletionEvent, FinishReason } from '../../lib/completions/CompletionEvent.js';
import { IncompleteCompletionError } from '../../lib/deltas/IncompleteCompletionError.js';
import { RefusalError } from '../../lib/deltas/RefusalError.js';
import type { ToolCall } from '../../lib/deltas/ToolCall.js';
import { toolCalls } from '../../lib/deltas/toolCalls.js';
import { marbles } from '../support/marbles.js';
import { record } from '../support/record.js';

const tool = (text: string, call: { index?: number; id?: string; name?: string } = {}): CompletionEvent => ({
  type: 'tool-delta',
  index: 0,
  ...call,
  text,
});
const finish = (reason: FinishReason): CompletionEvent => ({ type: 'finish', reason, raw: reason });

const search = (text: string): CompletionEvent => tool(text, { index: 0, id: 'a', name: 'search' });
const weather = (text: string): CompletionEvent => tool(text, { index: 1, id: 'b', name: 'weather' });

/** Each call's deltas, with the name of the call before them. */
const labelled = mergeMap((call: ToolCall) => call.arguments.pipe(map((delta) => `${call.name} ${delta}`)));

/** All that comes of a source: calls as their names, then what their arguments say. */
function listenToAll(source: Subject<CompletionEvent>): { seen: unknown[]; calls: ToolCall[] } {
  const seen: unknown[] = [];
  const calls: ToolCall[] = [];
  source
    .pipe(
      toolCalls(),
      tap((call) => calls.push(call)),
    )
    .subscribe(record(seen, ({ name }) => name));
  return { seen, calls };
}

function listen(call: ToolCall | undefined): unknown[] {
  const seen: unknown[] = [];
  call?.arguments.subscribe(record(seen));
  return seen;
}

describe('toolCalls', () => {
  it(
    'emits every call as it begins, and its arguments as they are written',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const events = { a: search('{'), b: weather('['), c: tool('}', { index: 0 }), f: finish('tool-calls') };
      const source = hot('--a--b--c-f-|', events);
      expectObservable(source.pipe(toolCalls(), labelled)).toBe('--a--b--c---|', {
        a: 'search {',
        b: 'weather [',
        c: 'search }',
      });
      expectSubscriptions(source.subscriptions).toBe('^-----------!');
    }),
  );

  it(
    'completes empty for an answer without calls, and waits for a source that never ends',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('-f-|', { f: finish('stop') }).pipe(toolCalls())).toBe('---|');
      expectObservable(cold<CompletionEvent>('---').pipe(toolCalls())).toBe('---');
    }),
  );

  it(
    'passes on what the source fails with, in the calls too',
    marbles(({ cold, expectObservable }) => {
      const broken = new Error('reset');
      const calls = cold('a-b-#', { a: search('{'), b: weather('{') }, broken).pipe(toolCalls());
      const names = calls.pipe(
        mergeMap((call) =>
          concat(
            of(call.name),
            call.arguments.pipe(
              mergeMap(() => EMPTY),
              catchError((error: unknown) => of(error)),
            ),
          ),
        ),
      );
      expectObservable(names).toBe('a-b-(ef#)', { a: 'search', b: 'weather', e: broken, f: broken }, broken);
    }),
  );

  it(
    'unsubscribes from the source when it and all its calls are unsubscribed from',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-b-c-|', { a: search('1'), b: search('2'), c: search('3') });
      expectObservable(source.pipe(toolCalls(), labelled), '^---!').toBe('-a-b-', { a: 'search 1', b: 'search 2' });
      expectSubscriptions(source.subscriptions).toBe('^---!');
    }),
  );

  it(
    'begins afresh with every subscription',
    marbles(({ cold, expectObservable }) => {
      const calls = cold('a-f-|', { a: search('1'), f: finish('stop') }).pipe(toolCalls(), labelled);
      expectObservable(calls).toBe('a---|', { a: 'search 1' });
      expectObservable(calls, '-^').toBe('-a---|', { a: 'search 1' });
    }),
  );

  it('stops a synchronous source when unsubscribed from inside next', () => {
    let produced = 0;
    const source = of(search('1'), weather('2'), search('3')).pipe(tap(() => (produced += 1)));
    const seen: string[] = [];
    source.pipe(toolCalls(), take(1)).subscribe(({ name }) => seen.push(name));
    expect(seen).to.deep.equal(['search']);
    expect(produced).to.equal(1);
  });

  it('keeps the source for one call, and lets it go after that', () => {
    const source = new Subject<CompletionEvent>();
    const seen: string[] = [];
    const subscription = source
      .pipe(
        toolCalls(),
        take(1),
        switchMap((call) => call.arguments),
      )
      .subscribe((delta) => seen.push(delta));
    source.next(search('1'));
    source.next(weather('x'));
    source.next(search('2'));
    expect(seen).to.deep.equal(['1', '2']);
    subscription.unsubscribe();
    expect(source.observed).to.equal(false);
  });

  it('delivers what is sent from inside next', () => {
    const source = new Subject<CompletionEvent>();
    const seen: string[] = [];
    source.pipe(toolCalls(), labelled).subscribe((delta) => {
      seen.push(delta);
      if (seen.length === 1) source.next(search('2'));
    });
    source.next(search('1'));
    expect(seen).to.deep.equal(['search 1', 'search 2']);
  });

  it('has id, index and name of a call', () => {
    const source = new Subject<CompletionEvent>();
    const { calls } = listenToAll(source);
    source.next(weather(''));
    source.next(tool('', { index: 2, name: 'anonymous' }));
    expect(calls.map(({ index, id, name }) => ({ index, id, name }))).to.deep.equal([
      { index: 1, id: 'b', name: 'weather' },
      { index: 2, id: undefined, name: 'anonymous' },
    ]);
  });

  it('waits for the name, and goes without when it never comes', () => {
    const source = new Subject<CompletionEvent>();
    const { seen, calls } = listenToAll(source);
    source.next(tool('{', { id: 'x' }));
    source.next(tool('[', { index: 1, id: 'y' }));
    expect(seen).to.deep.equal([]);
    source.next(tool('}', { name: 'late' }));
    expect(listen(calls[0])).to.deep.equal(['{', '}']);
    source.next(finish('stop'));
    source.complete();
    expect(seen).to.deep.equal(['late', '', 'complete']);
    expect(listen(calls[1])).to.deep.equal(['[', 'complete']);
  });

  it('replays the text so far to late subscribers, at any time', () => {
    const source = new Subject<CompletionEvent>();
    const { calls } = listenToAll(source);
    source.next(search('1'));
    source.next(search('2'));
    const inTheMiddle = listen(calls[0]);
    expect(inTheMiddle).to.deep.equal(['1', '2']);
    source.next(search('3'));
    source.next(finish('stop'));
    source.complete();
    expect(inTheMiddle).to.deep.equal(['1', '2', '3', 'complete']);
    expect(listen(calls[0])).to.deep.equal(['1', '2', '3', 'complete']);
  });

  it('does not let a late subscriber wait for ever after the source was unsubscribed', () => {
    const source = new Subject<CompletionEvent>();
    const calls: ToolCall[] = [];
    source.pipe(toolCalls(), take(1)).subscribe((call) => calls.push(call));
    source.next(search('{"q":'));
    expect(source.observed).to.equal(false);
    const [delta, error] = listen(calls[0]);
    expect(delta).to.equal('{"q":');
    expect(error).to.be.instanceOf(IncompleteCompletionError).and.to.include({ reason: 'interrupted', text: '{"q":' });
  });

  it('interrupts every open call when the source is unsubscribed', () => {
    const source = new Subject<CompletionEvent>();
    const calls: ToolCall[] = [];
    const subscription = source.pipe(toolCalls()).subscribe((call) => calls.push(call));
    source.next(search('{"q":'));
    source.next(weather('{"city":'));
    subscription.unsubscribe();
    for (const call of calls) expect(listen(call)[1]).to.be.instanceOf(IncompleteCompletionError);
  });

  describe('an answer that was cut off', () => {
    it('is the error of the call that it cuts off, and of no other', () => {
      for (const reason of ['length', 'content-filter'] as const) {
        const source = new Subject<CompletionEvent>();
        const { seen, calls } = listenToAll(source);
        source.next(search('{"q":1}'));
        source.next(weather('{"ci'));
        source.next(finish(reason));
        source.complete();
        expect(listen(calls[0])).to.deep.equal(['{"q":1}', 'complete']);
        const [, error] = listen(calls[1]);
        expect(error).to.be.instanceOf(IncompleteCompletionError).and.to.include({ reason, text: '{"ci' });
        expect(seen).to.deep.equal(['search', 'weather', 'complete']);
      }
    });

    it('is interrupted without a finish', () => {
      const source = new Subject<CompletionEvent>();
      const { calls } = listenToAll(source);
      source.next(search('{'));
      source.complete();
      const [, error] = listen(calls[0]);
      expect(error).to.be.instanceOf(IncompleteCompletionError).and.to.include({ reason: 'interrupted', text: '{' });
    });

    it('is the error of all if it cuts off no call', () => {
      const cutOff = new Subject<CompletionEvent>();
      const { seen } = listenToAll(cutOff);
      cutOff.complete();
      expect(seen[0]).to.be.instanceOf(IncompleteCompletionError).and.to.include({ reason: 'interrupted' });
    });

    it('may be a refusal', () => {
      const source = new Subject<CompletionEvent>();
      const { seen } = listenToAll(source);
      source.next({ type: 'refusal-delta', text: 'No.' });
      source.next(finish('stop'));
      source.complete();
      expect(seen[0]).to.be.instanceOf(RefusalError).and.to.include({ refusal: 'No.' });
    });
  });

  it('interrupts the calls of an answer that begins anew, and goes on with the new ones', () => {
    const source = new Subject<CompletionEvent>();
    const { seen, calls } = listenToAll(source);
    source.next({ type: 'start' });
    source.next(search('{"q'));
    source.next({ type: 'start' });
    source.next(search('{"q":1}'));
    source.next(finish('tool-calls'));
    source.complete();
    expect(seen).to.deep.equal(['search', 'search', 'complete']);
    expect(listen(calls[0])[1]).to.be.instanceOf(IncompleteCompletionError).and.to.include({ text: '{"q' });
    expect(listen(calls[1])).to.deep.equal(['{"q":1}', 'complete']);
  });

  it('survives a subscriber that throws away the calls', () => {
    const errors: unknown[] = [];
    concat(
      of(search('1')),
      throwError(() => new Error('reset')),
      NEVER,
    )
      .pipe(toolCalls())
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).to.have.length(1);
  });
});
