import { mock } from 'node:test';
import { expect } from 'chai';
import { config, take, tap } from 'rxjs';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import { fromCompletion, type FromCompletionConfig } from '../../lib/completions/fromCompletion.js';
import { IdleTimeoutError } from '../../lib/completions/IdleTimeoutError.js';
import { ChunkSource } from '../support/ChunkSource.js';
import { textDelta as text } from '../support/textEvents.js';
import { record } from '../support/record.js';

/** All promises that can settle have settled. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A completion whose chunks are given by the test, and a record of everything that is seen of it. */
function trial(limits?: FromCompletionConfig, toEvents = (chunk: string): Iterable<CompletionEvent> => [text(chunk)]) {
  const chunks = new ChunkSource<string>();
  const signals: AbortSignal[] = [];
  const seen: unknown[] = [];
  const completion = fromCompletion(
    (signal) => {
      signals.push(signal);
      return Promise.resolve(chunks);
    },
    toEvents,
    limits,
  );
  const observer = record(seen, (event: CompletionEvent) => ('text' in event ? event.text : event));
  return { chunks, signals, seen, completion, observer };
}

describe('fromCompletion', () => {
  let unhandled: unknown[] = [];
  let late: unknown[] = [];
  const note = (reason: unknown): void => {
    unhandled.push(reason);
  };

  beforeEach(() => {
    unhandled = [];
    late = [];
    process.on('unhandledRejection', note);
    config.onStoppedNotification = (notification) => late.push(notification);
  });

  afterEach(async () => {
    await settled();
    process.off('unhandledRejection', note);
    config.onStoppedNotification = null;
    expect(unhandled).to.deep.equal([]);
    expect(late, 'notifications after the end').to.deep.equal([]);
  });

  it('makes a request per subscription, and none before', async () => {
    const { signals, completion, observer } = trial();
    expect(signals).to.have.length(0);
    const subscriptions = [completion.subscribe(observer), completion.subscribe(observer)];
    await settled();
    expect(new Set(signals).size).to.equal(2);
    for (const subscription of subscriptions) subscription.unsubscribe();
  });

  it('emits what each chunk says, in order, and completes with the iteration', async () => {
    const { chunks, seen, completion, observer } = trial({}, (chunk) => chunk.split(' ').map(text));
    completion.subscribe(observer);
    chunks.next('a b');
    chunks.next('c');
    chunks.complete();
    await settled();
    expect(seen).to.deep.equal(['a', 'b', 'c', 'complete']);
  });

  it('leaves the signal alone when the response ends by itself', async () => {
    const { chunks, signals, completion, observer } = trial();
    completion.subscribe(observer);
    chunks.complete();
    await settled();
    expect(signals[0]?.aborted).to.equal(false);
    expect(chunks.returned).to.equal(0);
  });

  it('aborts at once when unsubscribed from before the request has answered', async () => {
    const chunks = new ChunkSource<string>();
    let answer: (chunks: ChunkSource<string>) => void = () => undefined;
    let aborted = false;
    const completion = fromCompletion(
      (signal) => {
        signal.addEventListener('abort', () => {
          aborted = true;
        });
        return new Promise<ChunkSource<string>>((resolve) => {
          answer = resolve;
        });
      },
      (chunk) => [text(chunk)],
    );
    const seen: unknown[] = [];
    completion.subscribe((event) => seen.push(event)).unsubscribe();
    expect(aborted).to.equal(true);

    // An SDK that does not listen to the signal answers all the same.
    answer(chunks);
    chunks.next('late');
    await settled();
    expect(seen).to.deep.equal([]);
    expect(chunks.returned).to.equal(1);
  });

  it('aborts and closes the iterator when unsubscribed from between chunks', async () => {
    const { chunks, signals, seen, completion, observer } = trial();
    const subscription = completion.subscribe(observer);
    chunks.next('a');
    await settled();
    subscription.unsubscribe();
    expect(signals[0]?.aborted).to.equal(true);
    expect(chunks.returned).to.equal(1);

    chunks.next('buffered');
    chunks.complete();
    await settled();
    expect(seen).to.deep.equal(['a']);
  });

  it('delivers nothing after an unsubscription inside next, not even the rest of the chunk', async () => {
    const { chunks, signals, seen, completion, observer } = trial({}, (chunk) => chunk.split(' ').map(text));
    completion.pipe(tap(observer), take(2)).subscribe();
    chunks.next('a b c');
    chunks.next('d');
    await settled();
    expect(seen).to.deep.equal(['a', 'b']);
    expect(signals[0]?.aborted).to.equal(true);
    expect(chunks.returned).to.equal(1);
  });

  it('reads nothing more once it was unsubscribed from', async () => {
    const read: string[] = [];
    const { chunks, completion } = trial({}, function* (chunk) {
      for (const word of chunk.split(' ')) {
        read.push(word);
        yield text(word);
      }
    });
    completion.pipe(take(1)).subscribe();
    chunks.next('a b');
    chunks.next('c');
    await settled();
    expect(read).to.deep.equal(['a']);

    const subscription = completion.subscribe();
    await settled();
    subscription.unsubscribe();
    chunks.next('buffered');
    await settled();
    expect(read).to.not.include('buffered');
  });

  it('passes on unchanged what the request rejects with', async () => {
    const refused = new Error('401');
    const seen: unknown[] = [];
    fromCompletion(
      () => Promise.reject(refused),
      () => [],
    ).subscribe({ error: (error: unknown) => seen.push(error) });
    await settled();
    expect(seen).to.deep.equal([refused]);
    expect(seen[0]).to.equal(refused);
  });

  it('passes on unchanged what the request throws', async () => {
    const missing = new Error('no key');
    const seen: unknown[] = [];
    fromCompletion(
      () => {
        throw missing;
      },
      () => [],
    ).subscribe({ error: (error: unknown) => seen.push(error) });
    await settled();
    expect(seen[0]).to.equal(missing);
  });

  it('passes on unchanged what the iteration fails with', async () => {
    const broken = new Error('reset');
    const { chunks, seen, completion, observer } = trial();
    completion.subscribe(observer);
    chunks.next('a');
    chunks.error(broken);
    await settled();
    expect(seen).to.deep.equal(['a', broken]);
    expect(seen[1]).to.equal(broken);
  });

  it('fails with what toEvents throws, and aborts', async () => {
    const thrown = new Error('what is this?');
    const { chunks, signals, seen, completion, observer } = trial({}, () => {
      throw thrown;
    });
    completion.subscribe(observer);
    chunks.next('a');
    await settled();
    expect(seen).to.deep.equal([thrown]);
    expect(signals[0]?.aborted).to.equal(true);
    expect(chunks.returned).to.equal(1);
  });

  it('delivers the events that toEvents made before it threw', async () => {
    const { chunks, seen, completion, observer } = trial({}, function* (chunk) {
      yield text(chunk);
      throw new Error('the rest is an error');
    });
    completion.subscribe(observer);
    chunks.next('a');
    await settled();
    expect(seen).to.deep.equal(['a', new Error('the rest is an error')]);
  });

  it('hears nothing of a request that rejects because it was aborted', async () => {
    const seen: unknown[] = [];
    fromCompletion(
      (signal) =>
        new Promise<never>((_, reject) => {
          signal.addEventListener('abort', () => {
            reject(new Error('aborted'));
          });
        }),
      () => [],
    )
      .subscribe({ error: (error: unknown) => seen.push(error) })
      .unsubscribe();
    await settled();
    expect(seen).to.deep.equal([]);
  });

  it('hears nothing of an iteration that rejects, or will not close, because it was aborted', async () => {
    for (const closing of [
      () => Promise.reject(new Error('cannot close')),
      () => {
        throw new Error('cannot even promise to');
      },
    ]) {
      const { chunks, seen, completion, observer } = trial();
      chunks.closing = closing;
      const subscription = completion.subscribe(observer);
      await settled();
      subscription.unsubscribe();
      chunks.error(new Error('aborted'));
      await settled();
      expect(seen).to.deep.equal([]);
      expect(chunks.returned).to.equal(1);
    }
  });

  describe('idleTimeout', () => {
    beforeEach(() => {
      mock.timers.enable({ apis: ['setTimeout'] });
    });

    afterEach(() => {
      mock.timers.reset();
    });

    /** Time passes, and whatever it brings about has happened. */
    const pass = async (milliseconds: number): Promise<void> => {
      await settled();
      mock.timers.tick(milliseconds);
      await settled();
    };

    it('gives up a request that does not begin to answer', async () => {
      const { chunks, signals, seen, completion, observer } = trial({ idleTimeout: 20 });
      completion.subscribe(observer);
      await pass(19);
      expect(seen).to.deep.equal([]);
      await pass(1);
      expect(seen).to.have.length(1);
      expect(seen[0]).to.be.instanceOf(IdleTimeoutError).and.to.include({ idleTimeout: 20, chunks: 0 });
      expect(signals[0]?.aborted).to.equal(true);
      expect(chunks.returned).to.equal(1);
    });

    it('gives up an answer that stops coming', async () => {
      const { chunks, signals, seen, completion, observer } = trial({ idleTimeout: 20 });
      completion.subscribe(observer);
      for (const chunk of ['a', 'b', 'c']) {
        chunks.next(chunk);
        await pass(19);
      }
      expect(seen).to.deep.equal(['a', 'b', 'c']);
      await pass(1);
      expect(seen[3]).to.be.instanceOf(IdleTimeoutError).and.to.include({ chunks: 3 });
      expect(signals[0]?.aborted).to.equal(true);
    });

    it('counts a chunk that holds no event', async () => {
      const { chunks, seen, completion, observer } = trial({ idleTimeout: 20 }, () => []);
      completion.subscribe(observer);
      await pass(15);
      chunks.next('ping');
      await pass(15);
      expect(seen).to.deep.equal([]);
      await pass(5);
      expect(seen).to.have.length(1);
    });

    it('does not count the time that the subscriber takes', async () => {
      const { chunks, seen, completion, observer } = trial({ idleTimeout: 20 });
      completion
        .pipe(
          tap(() => {
            mock.timers.tick(15);
          }),
        )
        .subscribe(observer);
      chunks.next('a');
      await pass(19);
      expect(seen).to.deep.equal(['a']);
      await pass(1);
      expect(seen[1]).to.be.instanceOf(IdleTimeoutError);
    });

    it('leaves no timer behind', async () => {
      for (const end of ['complete', 'unsubscribe'] as const) {
        const { chunks, seen, completion, observer } = trial({ idleTimeout: 20 });
        const subscription = completion.subscribe(observer);
        if (end === 'complete') chunks.complete();
        else subscription.unsubscribe();
        await pass(100);
        expect(seen).to.deep.equal(end === 'complete' ? ['complete'] : []);
      }
    });

    it('may be longer than a timer can be', async () => {
      const { seen, completion, observer } = trial({ idleTimeout: Infinity });
      const subscription = completion.subscribe(observer);
      await pass(1000);
      expect(seen).to.deep.equal([]);
      subscription.unsubscribe();
    });
  });
});
