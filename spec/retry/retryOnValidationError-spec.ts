import { expect } from 'chai';
import { defer, finalize, NEVER, of, Subject, take, throwError, timer } from 'rxjs';
import * as E from 'fp-ts/lib/Either.js';
import type { InvalidAnswer } from '../../lib/decoded/InvalidAnswer.js';
import { retryOnValidationError, type RetryOnValidationErrorConfig } from '../../lib/retry/retryOnValidationError.js';
import { marbles } from '../support/marbles.js';

type Answer = E.Either<InvalidAnswer, string>;

const bad = (text: string, attempt = 1, retriesLeft = 0): Answer =>
  E.left({ _tag: 'InvalidValue', message: `$: not ${text}`, errors: [], path: [], text, attempt, retriesLeft });

const values: Record<string, Answer> = { p: E.right('p'), q: E.right('q'), x: bad('x'), y: bad('y') };

describe('retryOnValidationError', () => {
  it(
    'passes the Left on, unsubscribes, and subscribes again in the same frame',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<Answer>('  --p--x--p|', values);
      const subs = ['                 ^----!', '-----^----!'];
      const result = source.pipe(retryOnValidationError({ count: 1 }));
      expectObservable(result).toBe('--p--m-p--(n|)', { p: E.right('p'), m: bad('x', 1, 1), n: bad('x', 2, 0) });
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'mirrors a source without a Left',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<Answer>('-p-q-|', values);
      const result = source.pipe(retryOnValidationError({ count: 2 }));
      expectObservable(result).toBe('-p-q-|', values);
      expectSubscriptions(source.subscriptions).toBe('^----!');
    }),
  );

  it(
    'mirrors an empty source and one that never emits',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold<Answer>('--|').pipe(retryOnValidationError({ count: 2 }))).toBe('--|');
      expectObservable(cold<Answer>('---').pipe(retryOnValidationError({ count: 2 }))).toBe('---');
    }),
  );

  it(
    'never retries an error notification',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<Answer>('-p-#', values, new Error('connection reset'));
      const result = source.pipe(retryOnValidationError({ count: 2 }));
      expectObservable(result).toBe('-p-#', values, new Error('connection reset'));
      expectSubscriptions(source.subscriptions).toBe('^--!');
    }),
  );

  it(
    'with a count of 0 says so in the only Left and completes',
    marbles(({ cold, expectObservable }) => {
      const source = cold<Answer>('-x--', values);
      expectObservable(source.pipe(retryOnValidationError({ count: 0 }))).toBe('-(x|)', values);
    }),
  );

  it(
    'asks what reask makes of all failures so far, oldest first',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const first = cold<Answer>(' --x', values);
      const second = cold<Answer>('  -y', values);
      const third = cold<Answer>('    -p|', values);
      const seen: (readonly string[])[] = [];
      const result = first.pipe(
        retryOnValidationError<string>({
          count: 2,
          reask: (failures) => {
            seen.push(failures.map(({ text, attempt, retriesLeft }) => `${text} ${attempt} ${retriesLeft}`));
            return failures.length === 1 ? second : third;
          },
        }),
      );
      expectObservable(result).toBe('--mnp|', {
        m: bad('x', 1, 2),
        n: bad('y', 2, 1),
        p: values['p'],
      });
      expectSubscriptions(first.subscriptions).toBe('^-!');
      expectSubscriptions(second.subscriptions).toBe('--^!');
      expectSubscriptions(third.subscriptions).toBe('---^-!');
      timer(10).subscribe(() => {
        expect(seen).to.deep.equal([['x 1 2'], ['x 1 2', 'y 2 1']]);
      });
    }),
  );

  it(
    'waits for the delay',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<Answer>('-x', values);
      const result = source.pipe(retryOnValidationError({ count: 1, delay: 3 }));
      expectObservable(result).toBe('-m---(n|)', { m: bad('x', 1, 1), n: bad('x', 2, 0) });
      expectSubscriptions(source.subscriptions).toBe(['^!', '----^!']);
    }),
  );

  it(
    'waits for the first value of a notifier made from the failure',
    marbles(({ cold, expectObservable }) => {
      const source = cold<Answer>('-x', values);
      const result = source.pipe(
        retryOnValidationError({ count: 2, delay: ({ attempt }) => timer(attempt === 1 ? 1 : 4) }),
      );
      expectObservable(result).toBe('-m-n----(o|)', { m: bad('x', 1, 2), n: bad('x', 2, 1), o: bad('x', 3, 0) });
    }),
  );

  it(
    'makes no further attempt where the notifier completes without a value, and passes its error',
    marbles(({ cold, expectObservable }) => {
      const source = cold<Answer>('-x', values);
      const left = { m: bad('x', 1, 1) };
      expectObservable(source.pipe(retryOnValidationError({ count: 1, delay: () => cold('--|') }))).toBe('-m-|', left);
      expectObservable(source.pipe(retryOnValidationError({ count: 1, delay: () => cold('--#') }))).toBe('-m-#', left);
    }),
  );

  it(
    'is unsubscribed early, during an attempt and during the delay',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<Answer>('-x', values);
      const result = source.pipe(retryOnValidationError({ count: 3, delay: 4 }));
      expectObservable(result, '^--!').toBe('-m--', { m: bad('x', 1, 3) });
      expectSubscriptions(source.subscriptions).toBe('^!');
    }),
  );

  it('starts no further attempt when unsubscribed synchronously in next', () => {
    let subscriptions = 0;
    const source = defer(() => {
      subscriptions++;
      return of(values['x'] ?? bad(''), values['p'] ?? bad(''));
    });
    const seen: Answer[] = [];
    source.pipe(retryOnValidationError({ count: 5 }), take(1)).subscribe((answer) => seen.push(answer));
    expect(subscriptions).to.equal(1);
    expect(seen).to.deep.equal([bad('x', 1, 5)]);
  });

  it('has one attempt subscribed to at a time', () => {
    const log: string[] = [];
    let attempt = 0;
    const source = defer(() => {
      const n = ++attempt;
      log.push(`subscribed ${n}`);
      return of(bad(`answer ${n}`)).pipe(
        finalize(() => {
          log.push(`finalized ${n}`);
        }),
      );
    });
    source.pipe(retryOnValidationError({ count: 1 })).subscribe({
      next: (either) => log.push(E.isLeft(either) ? `left ${either.left.attempt}` : 'right'),
      complete: () => log.push('complete'),
    });
    expect(log).to.deep.equal([
      'subscribed 1',
      'left 1',
      'finalized 1',
      'subscribed 2',
      'left 2',
      'finalized 2',
      'complete',
    ]);
  });

  it('starts afresh for every subscription', () => {
    const result = of(bad('x')).pipe(retryOnValidationError({ count: 1 }));
    const runs = [0, 1].map(() => {
      const seen: Answer[] = [];
      result.subscribe((answer) => seen.push(answer));
      return seen;
    });
    expect(runs[0]).to.deep.equal([bad('x', 1, 1), bad('x', 2, 0)]);
    expect(runs[1]).to.deep.equal(runs[0]);
  });

  it('survives a source that emits again while its Left is being delivered', () => {
    const source = new Subject<Answer>();
    const seen: Answer[] = [];
    source.pipe(retryOnValidationError<string>({ count: 1, reask: () => NEVER })).subscribe((answer) => {
      seen.push(answer);
      if (E.isLeft(answer)) source.next(E.right('too late'));
    });
    source.next(bad('x'));
    source.next(E.right('later still'));
    expect(seen).to.deep.equal([bad('x', 1, 1)]);
    expect(source.observed).to.equal(false);
  });

  it('turns an error thrown by reask or delay into an error notification', () => {
    const thrown = new Error('no more questions');
    const fail = (): never => {
      throw thrown;
    };
    for (const config of [
      { count: 1, reask: fail },
      { count: 1, delay: fail },
    ]) {
      const log: unknown[] = [];
      of(bad('x'))
        .pipe(retryOnValidationError<string>(config))
        .subscribe({ next: (answer) => log.push(answer), error: (error: unknown) => log.push(error) });
      expect(log).to.deep.equal([bad('x', 1, 1), thrown]);
    }
  });

  it('passes an error of a later attempt', () => {
    const refused = new Error('ECONNREFUSED');
    const log: unknown[] = [];
    of(bad('x'))
      .pipe(retryOnValidationError<string>({ count: 4, reask: () => throwError(() => refused) }))
      .subscribe({ next: (answer) => log.push(answer), error: (error: unknown) => log.push(error) });
    expect(log).to.deep.equal([bad('x', 1, 4), refused]);
  });

  describe('counts', () => {
    /** How many requests an answer that is always wrong costs, at most 50, and what the first Left says is left. */
    function requestsOf(count: number): readonly [requests: number, retriesLeft: number | undefined] {
      let requests = 0;
      let retriesLeft: number | undefined;
      defer(() => {
        requests += 1;
        return of(bad('x'));
      })
        .pipe(retryOnValidationError({ count }), take(50))
        .subscribe((either) => {
          if (E.isLeft(either)) retriesLeft ??= either.left.retriesLeft;
        });
      return [requests, retriesLeft];
    }

    it('NaN and negatives as none', () => {
      for (const count of [NaN, Number(undefined), -1, -0.5, -Infinity, -0, 0])
        expect(requestsOf(count), String(count)).to.deep.equal([1, 0]);
    });

    it('a fraction as what it has in full', () => {
      expect(requestsOf(0.9)).to.deep.equal([1, 0]);
      expect(requestsOf(2.9)).to.deep.equal([3, 2]);
    });

    it('Infinity as often as it takes', () => {
      expect(requestsOf(Infinity)).to.deep.equal([50, Infinity]);
    });
  });

  describe('with 10,000 attempts that end at once, does not fill the stack', () => {
    const configs: readonly Partial<RetryOnValidationErrorConfig<string>>[] = [
      {},
      { reask: () => of(bad('y')) },
      { delay: () => of('now') },
      { delay: () => of('now'), reask: () => [bad('z')] },
    ];
    for (const config of configs)
      it(`{ ${Object.keys(config).join(', ')} }`, () => {
        let lefts = 0;
        let completed = false;
        of(bad('x'))
          .pipe(retryOnValidationError<string>({ count: 9_999, ...config }))
          .subscribe({
            next: (either) => {
              lefts += 1;
              if (E.isLeft(either)) expect(either.left.attempt).to.equal(lefts);
            },
            complete: () => {
              completed = true;
            },
          });
        expect(lefts).to.equal(10_000);
        expect(completed).to.equal(true);
      });

    it('and ends in the middle of them where its subscriber leaves, or a source fails', () => {
      let requests = 0;
      const source = defer(() => {
        requests += 1;
        return requests === 7000 ? throwError(() => new Error('429')) : of(bad('x'));
      });
      const log: unknown[] = [];
      source.pipe(retryOnValidationError({ count: Infinity }), take(5000)).subscribe();
      expect(requests).to.equal(5000);
      source
        .pipe(retryOnValidationError({ count: Infinity }))
        .subscribe({ error: (error: unknown) => log.push(error) });
      expect(requests).to.equal(7000);
      expect(log).to.have.length(1);
    });
  });

  it('waits no shorter for a delay that is longer than timers take', () => {
    let requests = 0;
    const subscription = defer(() => {
      requests += 1;
      return of(bad('x'));
    })
      .pipe(retryOnValidationError({ count: 5, delay: 2 ** 31 }))
      .subscribe();
    return new Promise<void>((resolve) => {
      setTimeout(() => {
        expect(requests).to.equal(1);
        subscription.unsubscribe();
        resolve();
      }, 20);
    });
  });
});
