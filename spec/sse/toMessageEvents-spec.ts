import { expect } from 'chai';
import { NEVER, of, Subject, take } from 'rxjs';
import { toMessageEvents, type AnswerEvent, type SseMessage } from '../../lib/sse/index.js';
import { marbles } from '../support/marbles.js';

const events: Record<string, AnswerEvent> = {
  t: { type: 'text', text: '{"a":\n' },
  i: { type: 'invalid', tag: 'InvalidJson', message: 'no', path: [], attempt: 1, retriesLeft: 0 },
  c: { type: 'complete', completion: { id: 'x' } },
};
const failed: AnswerEvent = { type: 'failed', code: 'internal', message: 'Something went wrong.' };

const text = (id: number): SseMessage => ({ id: String(id), data: '"{\\"a\\":\\n"' });
const begin = (id: number): SseMessage => ({ id: String(id), type: 'begin', data: '{}' });
const done = (id: number): SseMessage => ({ id: String(id), type: 'done', data: '{}' });
const beat: SseMessage = { comment: '' };

/** Without heartbeats, as they are endless. */
const silent = { heartbeat: Infinity };

describe('toMessageEvents', () => {
  it(
    'makes messages of events, with one before and one after them',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('--t-t---(ic|)', events);
      expectObservable(source.pipe(toMessageEvents(silent))).toBe('b-t-u---(icd|)', {
        b: begin(0),
        t: text(1),
        u: text(2),
        i: {
          id: '3',
          type: 'invalid',
          data: '{"tag":"InvalidJson","message":"no","path":[],"attempt":1,"retriesLeft":0}',
        },
        c: { id: '4', type: 'complete', data: '{"completion":{"id":"x"}}' },
        d: done(4),
      });
      expectSubscriptions(source.subscriptions).toBe('^-------!');
    }),
  );

  it(
    'begins and ends an empty source, and begins one that never ends',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold<AnswerEvent>('--|').pipe(toMessageEvents(silent))).toBe('b-(d|)', {
        b: begin(0),
        d: done(0),
      });
      expectObservable(NEVER.pipe(toMessageEvents(silent))).toBe('b', { b: begin(0) });
    }),
  );

  it(
    'makes a failure of an error, and gives nothing of it away',
    marbles(({ cold, expectObservable }) => {
      const source = cold('-t-#', events, new Error('sk-123'));
      expectObservable(source.pipe(toMessageEvents(silent))).toBe('bt-(fd|)', {
        b: begin(0),
        t: text(1),
        f: { id: '2', type: 'failed', data: JSON.stringify({ code: 'internal', message: failed.message }) },
        d: done(2),
      });
    }),
  );

  it(
    'sends a comment when nothing was sent for a while, up to the end',
    marbles(({ cold, expectObservable }) => {
      const source = cold('-t--t-------c|', events);
      expectObservable(source.pipe(toMessageEvents({ heartbeat: 3 }))).toBe('bt--u--h--h-c(d|)', {
        b: begin(0),
        t: text(1),
        u: text(2),
        h: beat,
        c: { id: '3', type: 'complete', data: '{"completion":{"id":"x"}}' },
        d: done(3),
      });
    }),
  );

  it(
    'goes on where the client was, if the events are replayed',
    marbles(({ cold, expectObservable }) => {
      const source = cold('-t-t-c|', events);
      expectObservable(source.pipe(toMessageEvents({ ...silent, resumable: true, lastEventId: '1' }))).toBe(
        'b--t-c(d|)',
        {
          b: { id: '1', type: 'begin', data: '{"retry":1000}', retry: 1000 },
          t: text(2),
          c: { id: '3', type: 'complete', data: '{"completion":{"id":"x"}}' },
          d: done(3),
        },
      );
    }),
  );

  it(
    'does not run again for a client that comes back to what cannot be resumed',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-t-|', events);
      expectObservable(source.pipe(toMessageEvents({ lastEventId: '0' }))).toBe('(d|)', { d: done(0) });
      for (const lastEventId of ['x', '-1', '1.5', ' 1', '9'.repeat(400)])
        expectObservable(source.pipe(toMessageEvents({ lastEventId, resumable: true }))).toBe('(d|)', { d: done(0) });
      expectSubscriptions(source.subscriptions).toBe([]);
    }),
  );

  it(
    'unsubscribes from the source',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-t-t-t-c|', events);
      expectObservable(source.pipe(toMessageEvents()), '----!').toBe('bt-u', { b: begin(0), t: text(1), u: text(2) });
      expectSubscriptions(source.subscriptions).toBe('^---!');
    }),
  );

  it('unsubscribes from the source within next', () => {
    const source = new Subject<AnswerEvent>();
    source.pipe(toMessageEvents(), take(2)).subscribe();
    expect(source.observed).to.equal(true);
    source.next({ type: 'text', text: 'a' });
    expect(source.observed).to.equal(false);
  });

  it('counts anew for every subscription', () => {
    const ids: (string | undefined)[] = [];
    const messages = of<AnswerEvent>({ type: 'text', text: 'a' }).pipe(toMessageEvents());
    messages.subscribe(({ id }) => ids.push(id));
    messages.subscribe(({ id }) => ids.push(id));
    expect(ids).to.deep.equal(['0', '1', '1', '0', '1', '1']);
  });
});
