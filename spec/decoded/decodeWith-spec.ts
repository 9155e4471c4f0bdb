import { expect } from 'chai';
import * as E from 'fp-ts/lib/Either.js';
import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { PathReporter } from 'io-ts/lib/PathReporter.js';
import { NumberFromString, withFallback } from 'io-ts-types';
import { from, map, of, Subject, take, throwError, concat, type Observable } from 'rxjs';
import * as z from 'zod';
import type { Decoded } from '../../lib/decoded/Decoded.js';
import { decodeWith, type DecodeWithConfig } from '../../lib/decoded/decodeWith.js';
import type { InvalidAnswer } from '../../lib/decoded/InvalidAnswer.js';
import { IncompleteCompletionError, type IncompleteReason } from '../../lib/deltas/IncompleteCompletionError.js';
import { NoJsonError } from '../../lib/deltas/NoJsonError.js';
import { accumulatePartial } from '../../lib/partials/accumulatePartial.js';
import type { PartialJson } from '../../lib/partials/PartialJson.js';
import { toJsonTokens } from '../../lib/tokens/toJsonTokens.js';
import { marbles } from '../support/marbles.js';

const User = t.type({ name: t.string, age: t.number });

const a: PartialJson = { value: {}, path: [], complete: false };
const b: PartialJson = { value: { name: 'Jo' }, path: ['name'], complete: false };
const c: PartialJson = { value: { name: 'John', age: 3 }, path: ['age'], complete: false };
const d: PartialJson = { value: { name: 'John', age: 30 }, path: [], complete: true };
const x: PartialJson = { value: { name: 'John', age: 'thi' }, path: ['age'], complete: false };
const partials = { a, b, c, d, x };

const partial = ({ value, path }: PartialJson) => E.right({ _tag: 'Partial', value, path });
const results = {
  ...{ a: partial(a), b: partial(b), c: partial(c), d: partial(d) },
  e: E.right({ _tag: 'Complete', value: { name: 'John', age: 30 } }),
};

/** The Left without what others test: the errors, which hold codecs. */
const bare = (either: E.Either<InvalidAnswer, unknown>) => (E.isLeft(either) ? { ...either.left, errors: [] } : either);

function partialsOf(deltas: readonly string[]): Observable<PartialJson> {
  return from(deltas).pipe(toJsonTokens(), accumulatePartial());
}

/** All that is seen of these deltas, a line each. */
function linesOf<A>(deltas: readonly string[], codec: t.Type<A, unknown>, config: DecodeWithConfig = {}): string[] {
  const lines: string[] = [];
  const show = (either: E.Either<InvalidAnswer, Decoded<A>>) =>
    E.isLeft(either) ? `Left ${either.left.message}` : `${either.right._tag} ${JSON.stringify(either.right.value)}`;
  partialsOf(deltas)
    .pipe(decodeWith(codec, config))
    .subscribe((either) => lines.push(show(either)));
  return lines;
}

describe('decodeWith', () => {
  it(
    'shows typed partials, and the whole when the source completes',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -a-b-c-d--|', partials);
      const expected = '     -a-b-c-d--(e|)';
      expectObservable(source.pipe(decodeWith(User))).toBe(expected, results);
      expectSubscriptions(source.subscriptions).toBe('^---------!');
    }),
  );

  it(
    'ends with a Left as soon as nothing could satisfy the codec, and unsubscribes',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-b-x-d--|', partials);
      const subs = '       ^--!';
      const tags = source.pipe(
        decodeWith(User),
        map(({ _tag }) => _tag),
      );
      expectObservable(tags).toBe('-R-(L|)', { R: 'Right', L: 'Left' });
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it('says what is wrong, where, and what the model has written', () => {
    const seen: unknown[] = [];
    partialsOf(['{"name":"John", ', '"age":"thi', 'rty"}'])
      .pipe(decodeWith(User))
      .subscribe((either) => seen.push(bare(either)));
    expect(seen.at(-1)).to.deep.equal({
      _tag: 'InvalidValue',
      message: '$.age: expected number, got "thi…"',
      errors: [],
      path: ['age'],
      text: '{"name":"John", "age":"thi',
      attempt: 1,
      retriesLeft: 0,
    });
  });

  it('gives errors that io-ts reporters can read', () => {
    const errorsOf = (text: string): t.Errors => {
      const seen: E.Either<InvalidAnswer, unknown>[] = [];
      partialsOf([text])
        .pipe(decodeWith(User))
        .subscribe((either) => seen.push(either));
      return seen.flatMap((either) => (E.isLeft(either) ? either.left.errors : []));
    };
    expect(PathReporter.report(E.left(errorsOf('{"name":"John","age":null}')))).to.deep.equal([
      'Invalid value null supplied to : { name: string, age: number }/age: number',
    ]);
    const message = 'offset 1: expected a key or "}", got "]" near {]';
    expect(errorsOf('{]')).to.deep.equal([{ value: '{]', context: [{ key: '', type: User, actual: '{]' }], message }]);
  });

  it(
    'mirrors a source that never emits, and one that fails',
    marbles(({ cold, expectObservable }) => {
      const error = new Error('connection reset');
      expectObservable(cold<PartialJson>('---').pipe(decodeWith(User))).toBe('---');
      expectObservable(cold('-a-#', partials, error).pipe(decodeWith(User))).toBe('-a-#', results, error);
    }),
  );

  it('turns errors of an answer that is not JSON into a Left', () => {
    const seen: unknown[] = [];
    partialsOf(['{"name":"Jo', 'hn",,'])
      .pipe(decodeWith(User))
      .subscribe((either) => seen.push(bare(either)));
    expect(seen.at(-1)).to.deep.include({ _tag: 'InvalidJson', path: [], text: '{"name":"John",,' });

    throwError(() => new NoJsonError('Sorry.'))
      .pipe(decodeWith(User))
      .subscribe((either) => seen.push(bare(either)));
    expect(seen.at(-1)).to.deep.include({
      _tag: 'InvalidJson',
      message: 'no JSON object or array in the answer: Sorry.',
      text: 'Sorry.',
    });
  });

  it('gives a Left where the source completes without a whole document', () => {
    for (const source of [from<PartialJson[]>([]), of(b)]) {
      const seen: unknown[] = [];
      source.pipe(decodeWith(User)).subscribe((either) => seen.push(bare(either)));
      expect(seen.at(-1)).to.have.property('_tag', 'InvalidJson');
    }
  });

  it('takes no number for whole at which the text breaks off', () => {
    const isLarge = (n: number): boolean => n >= 10;
    const numbers: readonly t.Mixed[] = [t.refinement(t.Int, isLarge), t.literal(12), t.union([t.literal(12), t.Int])];
    const cases = numbers.flatMap((number): readonly (readonly [t.Mixed, string])[] => [
      [t.type({ n: number }), '{"n":1'],
      [t.array(number), '[12,1'],
      [t.type({ list: t.tuple([number]), m: t.string }), '{"list":[1'],
      [t.union([t.type({ n: number }), t.type({ n: t.string })]), '{"n":1'],
    ]);
    for (const [codec, text] of cases) {
      const seen: Either<InvalidAnswer, Decoded<unknown>>[] = [];
      of(text)
        .pipe(toJsonTokens(), accumulatePartial(), decodeWith(codec))
        .subscribe((either) => seen.push(either));
      expect(seen.at(-1), text).to.have.nested.property('left._tag', 'InvalidJson');
      expect(seen.at(-1))
        .to.have.nested.property('left.message')
        .that.matches(/got the end of the text/);
    }
    // Whitespace ends a number, and so does the text if the number is all of it.
    for (const text of ['{"n":1 ', '{"n":1,'])
      of(text)
        .pipe(toJsonTokens(), accumulatePartial(), decodeWith(t.type({ n: t.refinement(t.Int, isLarge) })))
        .subscribe((either) => {
          if (either._tag === 'Left') expect(either.left._tag).to.equal('InvalidValue');
        });
  });

  it('takes whatever cuts the answer off after the document was closed for its end', () => {
    const endOf = (partial: PartialJson, reason: IncompleteReason) => {
      let end: unknown;
      concat(
        of(partial),
        throwError(() => new IncompleteCompletionError(reason, '')),
      )
        .pipe(decodeWith(User))
        .subscribe({
          next: (either) => (end = either),
          error: (error: unknown) => (end = error),
        });
      return end;
    };
    for (const reason of ['interrupted', 'length', 'content-filter', 'paused', 'other'] as const) {
      expect(endOf(d, reason)).to.deep.equal(results.e);
      expect(endOf(c, reason)).to.be.instanceOf(IncompleteCompletionError).and.to.include({ reason });
    }
  });

  it('is unsubscribed early, also synchronously in next', () => {
    const source = new Subject<PartialJson>();
    const seen: unknown[] = [];
    source.pipe(decodeWith(User), take(1)).subscribe((either) => seen.push(either));
    source.next(a);
    expect(source.observed).to.equal(false);

    of(a, b, c, d)
      .pipe(decodeWith(User), take(2))
      .subscribe((either) => seen.push(either));
    expect(seen).to.deep.equal([results.a, results.a, results.b]);
  });

  it('starts afresh for every subscription', () => {
    const result = partialsOf(['{"name":"J', '","age":3}']).pipe(decodeWith(User));
    const runs = [0, 1].map(() => {
      const seen: unknown[] = [];
      result.subscribe((either) => seen.push(either));
      return seen;
    });
    expect(runs[0]).to.have.length(3);
    expect(runs[1]).to.deep.equal(runs[0]);
  });

  it('says nothing more after a Left to a source that emits again while it is being delivered', () => {
    const source = new Subject<PartialJson>();
    const seen: string[] = [];
    source.pipe(decodeWith(User)).subscribe((either) => {
      seen.push(either._tag);
      if (E.isLeft(either)) source.next(d);
    });
    source.next(x);
    expect(seen).to.deep.equal(['Left']);
  });

  it('turns what a codec throws into an error notification', () => {
    const thrown = new Error('a codec must not throw');
    const codec = t.type({
      a: new t.Type<string>(
        'Thrower',
        t.string.is,
        () => {
          throw thrown;
        },
        t.identity,
      ),
    });
    const errors: unknown[] = [];
    partialsOf(['{"a":"x"}'])
      .pipe(decodeWith(codec))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).to.deep.equal([thrown]);
  });

  it('withholds what is not known before it is whole', () => {
    const codec = t.type({ kind: t.literal('fast'), price: NumberFromString, name: t.string });
    expect(linesOf(['{"kind":"fa', 'st","price":"1', '2.5","name":"x', 'y"}'], codec)).to.deep.equal([
      'Partial {}',
      'Partial {"kind":"fast"}',
      'Partial {"kind":"fast","price":12.5,"name":"x"}',
      'Partial {"kind":"fast","price":12.5,"name":"xy"}',
      'Complete {"kind":"fast","price":12.5,"name":"xy"}',
    ]);
  });

  it('rejects a literal by its first wrong character, and a missing key when the object closes', () => {
    const codec = t.type({ kind: t.keyof({ fast: null, slow: null }), items: t.array(t.type({ sku: t.string })) });
    expect(linesOf(['{"kind":"fu'], codec).at(-1)).to.match(/^Left \$\.kind: /);
    expect(linesOf(['{"kind":"slow","items":[{"sku":"a"},{}'], codec).at(-1)).to.match(
      /^Left \$\.items\[1\]\.sku: required/,
    );
  });

  it('waits for the end with failFast: false, and then says all that is wrong', () => {
    const lines = linesOf(['{"name":1,', '"age":"x"', '}'], User, { failFast: false });
    expect(lines.at(-1)).to.equal('Left $.name: expected string, got 1\n$.age: expected number, got "x"');
    expect(linesOf(['{"name":1,', '"age":"x"', '}'], User).at(-1)).to.equal('Left $.name: expected string, got 1');
  });

  it('keeps, strips or rejects extra keys', () => {
    const deltas = ['{"name":"J","age":1,"extra":true}'];
    expect(linesOf(deltas, User).at(-1)).to.equal('Complete {"name":"J","age":1,"extra":true}');
    expect(linesOf(deltas, t.exact(User)).at(-1)).to.equal('Complete {"name":"J","age":1}');
    expect(linesOf(deltas, User, { excess: 'strip' }).at(-1)).to.equal('Complete {"name":"J","age":1}');
    expect(linesOf(deltas, User, { excess: 'error' }).at(-1)).to.match(/^Left \$\.extra: /);
  });

  it('reads null as a missing key if the codec of an optional key rejects null', () => {
    const codec = t.intersection([t.type({ a: t.string }), t.partial({ b: t.number })]);
    expect(linesOf(['{"a":"x","b":null}'], codec).at(-1)).to.equal('Complete {"a":"x"}');
  });

  it('gives fallbacks as codec.decode does', () => {
    const codec = t.type({ level: withFallback(t.number, 0) });
    expect(linesOf(['{"level":"hi', 'gh"}'], codec)).to.deep.equal([
      'Partial {}',
      'Partial {"level":0}',
      'Complete {"level":0}',
    ]);
  });

  it('begins paths where the document stands, if it is told', () => {
    expect(linesOf(['{"name":1,'], User, { pathPrefix: ['users', 3] }).at(-1)).to.equal(
      'Left $.users[3].name: expected string, got 1',
    );
    const paths: unknown[] = [];
    for (const text of ['{"name":1,', '{"name":"x",]'])
      partialsOf([text])
        .pipe(decodeWith(User, { pathPrefix: ['users', 3] }))
        .subscribe((either) => E.isLeft(either) && paths.push(either.left.path));
    expect(paths).to.deep.equal([
      ['users', 3, 'name'],
      ['users', 3],
    ]);
  });

  it('takes a schema of another library', () => {
    const seen: unknown[] = [];
    partialsOf(['{"name":"Jo', 'hn","age":30}'])
      .pipe(decodeWith(z.object({ name: z.string(), age: z.number() })))
      .subscribe((either) => seen.push(either));
    expect(seen[0]).to.deep.equal(E.right({ _tag: 'Partial', value: { name: 'Jo' }, path: ['name'] }));
    expect(seen.at(-1)).to.deep.equal(results.e);
  });

  it('keeps the identity of what did not change', () => {
    const seen: unknown[] = [];
    partialsOf(['{"user":{"name":"J"},"note":"a', 'b', 'c"}'])
      .pipe(decodeWith(t.type({ user: t.exact(t.type({ name: t.string })), note: t.string })))
      .subscribe((either) => {
        if (E.isRight(either)) seen.push(either.right.value.user);
      });
    expect(seen.length).to.be.above(3);
    expect(new Set(seen).size).to.equal(1);
  });
});
