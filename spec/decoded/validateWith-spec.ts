import { expect } from 'chai';
import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import {
  EMPTY,
  from,
  lastValueFrom,
  map,
  NEVER,
  of,
  Subject,
  take,
  takeUntil,
  throwError,
  timer,
  type ObservableInput,
} from 'rxjs';
import { accumulatePartial } from '../../lib/partials/accumulatePartial.js';
import type { Complaints } from '../../lib/decoded/Complaints.js';
import type { Decoded } from '../../lib/decoded/Decoded.js';
import { decodeWith } from '../../lib/decoded/decodeWith.js';
import type { InvalidAnswer } from '../../lib/decoded/InvalidAnswer.js';
import { validateWith } from '../../lib/decoded/validateWith.js';
import { toJsonTokens } from '../../lib/tokens/toJsonTokens.js';
import { answers, type Person } from '../support/answerMarbles.js';
import { marbles } from '../support/marbles.js';

/** The result for a complete value with these complaints, errors apart. */
const rejected = (message: string) => ({
  _tag: 'Left',
  left: {
    _tag: 'InvalidValue',
    message,
    errors: message.split('\n').map((line) => ({ value: { name: 'Jo', age: 30 }, context: [], message: line })),
    path: [],
    text: '{"name":"Jo","age":30}',
    attempt: 1,
    retriesLeft: 0,
  },
});

const later = (complaints: Complaints, after = 3) => timer(after).pipe(map(() => complaints));

/** The immediate result for a complete value, by the result of `validate`. */
function verdictOf(said: Complaints | ObservableInput<Complaints>): unknown[] {
  const seen: unknown[] = [];
  of(answers.C)
    .pipe(validateWith(() => said))
    .subscribe((either) => seen.push(either));
  return seen;
}

describe('validateWith', () => {
  it(
    'lets partials and Lefts pass, and the whole wait until its check has no complaints',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -p-l-q-C-|', answers);
      const expected = '     -p-l-q----(C|)';
      expectObservable(source.pipe(validateWith(() => later(undefined)))).toBe(expected, answers);
      expectSubscriptions(source.subscriptions).toBe('^--------!');
    }),
  );

  it(
    'makes a Left of a whole value with complaints',
    marbles(({ cold, expectObservable }) => {
      const source = cold('-p-C|', answers);
      expectObservable(source.pipe(validateWith(({ age }) => later([`${age} is`, 'too old'])))).toBe('-p----(X|)', {
        ...answers,
        X: rejected('30 is\ntoo old'),
      });
    }),
  );

  it('takes a string or an array for the complaints, and undefined, blank ones and an empty Observable for none', () => {
    for (const some of ['no', ['no'], of('no'), of(['no']), from([['no', ''], ['more']]), ['', 'no', 'no']])
      expect(verdictOf(some)).to.have.nested.property('[0].left.message', 'no');
    for (const none of [undefined, '', [], [''], of(undefined), of(''), of([]), EMPTY])
      expect(verdictOf(none)).to.deep.equal([answers.C]);
  });

  it('does not guess whether true means right or wrong: it is an error, now or later', async () => {
    for (const said of [true, false, 0, Promise.resolve(true), of(false)]) {
      const verdict = of(answers.C).pipe(validateWith(() => said as never));
      const error: unknown = await lastValueFrom(verdict, { defaultValue: undefined }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error)
        .to.be.instanceOf(TypeError)
        .with.property('message')
        .that.matches(/^validate: expected what is wrong with the value, or undefined, got (true|false|0)$/);
    }
  });

  it('waits for a promise', async () => {
    const seen: unknown[] = [];
    await from([answers.p, answers.C])
      .pipe(validateWith(() => Promise.resolve('no')))
      .forEach((either) => seen.push(either));
    expect(seen).to.deep.equal([answers.p, rejected('no')]);
  });

  it('tells the model of twenty complaints at most, each once', () => {
    const many = Array.from({ length: 25 }, (_, index) => `complaint ${index % 23}`);
    const [either] = verdictOf(many) as [Either<InvalidAnswer, unknown>];
    if (either._tag === 'Right') throw new Error('accepted');
    expect(either.left.message.split('\n')).to.have.length(21);
    expect(either.left.message).to.match(/… and 3 more$/);
  });

  it("has the model's own words as its text", () => {
    const texts: string[] = [];
    of('{ "name": "J', 'o" }')
      .pipe(
        toJsonTokens(),
        accumulatePartial(),
        decodeWith(t.type({ name: t.string })),
        validateWith(() => 'no'),
      )
      .subscribe((either) => {
        if (either._tag === 'Left') texts.push(either.left.text);
      });
    expect(texts).to.deep.equal(['{ "name": "Jo" }']);
  });

  it(
    'errors with what the check throws or fails with',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const bug = new TypeError('a bug');
      const thrown = cold('-p-C-|', answers);
      expectObservable(
        thrown.pipe(
          validateWith((): Complaints => {
            throw bug;
          }),
        ),
      ).toBe('-p-#', answers, bug);
      expectSubscriptions(thrown.subscriptions).toBe('^--!');
      const failed = cold('-p-C-|', answers);
      expectObservable(failed.pipe(validateWith(() => throwError(() => bug)))).toBe('-p-#', answers, bug);
    }),
  );

  it(
    'passes an error of the source, also while a check runs',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('-p-#', answers).pipe(validateWith(() => 'no'))).toBe('-p-#', answers);
      expectObservable(cold('-C-#', answers).pipe(validateWith(() => later('no', 9)))).toBe('---#', answers);
    }),
  );

  it(
    'mirrors an empty source, one that never emits, and one that ends in the middle of a value',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold<Either<InvalidAnswer, Decoded<Person>>>('-|').pipe(validateWith(() => 'no'))).toBe('-|');
      expectObservable(cold<Either<InvalidAnswer, Decoded<Person>>>('-').pipe(validateWith(() => 'no'))).toBe('-');
      expectObservable(cold('-p-|', answers).pipe(validateWith(() => 'no'))).toBe('-p-|', answers);
    }),
  );

  it(
    'ends the check when it is unsubscribed from',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-p-C---|', answers);
      const check = cold('    -----c|');
      const result = source.pipe(validateWith(() => check.pipe(map(() => undefined))));
      expectObservable(result, '^----!').toBe('-p----', answers);
      expectSubscriptions(source.subscriptions).toBe('^----!');
      expectSubscriptions(check.subscriptions).toBe('---^-!');
    }),
  );

  it('can be unsubscribed from as a value is delivered: then nothing is checked', () => {
    const stop = new Subject<void>();
    let checks = 0;
    of(answers.p, answers.C)
      .pipe(
        validateWith(() => {
          checks += 1;
          return NEVER;
        }),
        takeUntil(stop),
      )
      .subscribe(() => {
        stop.next();
      });
    of(answers.p, answers.C)
      .pipe(
        validateWith(() => NEVER),
        take(1),
      )
      .subscribe();
    expect(checks).to.equal(0);
  });

  it(
    'starts afresh for every subscription',
    marbles(({ cold, expectObservable }) => {
      const result = cold('-C|', answers).pipe(validateWith(() => later(undefined)));
      expectObservable(result).toBe('----(C|)', answers);
      expectObservable(result, '---^').toBe('-------(C|)', answers);
    }),
  );
});
