import { expect } from 'chai';
import {
  concatMap,
  filter,
  map,
  mergeAll,
  mergeMap,
  NEVER,
  of,
  pipe,
  Subject,
  take,
  type Observable,
  type OperatorFunction,
} from 'rxjs';
import { accumulatePartial } from '../../lib/partials/accumulatePartial.js';
import { elementsAt } from '../../lib/partials/elementsAt.js';
import { NotAnArrayError } from '../../lib/partials/NotAnArrayError.js';
import type { PartialJson } from '../../lib/partials/PartialJson.js';
import { textOf } from '../../lib/partials/textOf.js';
import { JsonSyntaxError } from '../../lib/tokens/JsonSyntaxError.js';
import { toJsonTokens } from '../../lib/tokens/toJsonTokens.js';
import { collectGarbage } from '../support/collectGarbage.js';
import { marbles } from '../support/marbles.js';

const partials: OperatorFunction<string, PartialJson> = pipe(toJsonTokens(), accumulatePartial());

const deltas = { a: '{"xs":', b: '["J', c: 'o",', d: '{', e: '"y":1', f: '}]', g: '}', x: ' ,' };

const states: Record<string, PartialJson> = {
  j: { value: 'J', path: [], complete: false },
  k: { value: 'Jo', path: [], complete: true },
  o: { value: {}, path: [], complete: false },
  p: { value: { y: 1 }, path: ['y'], complete: false },
  q: { value: { y: 1 }, path: [], complete: true },
};

/** The values, with the index of the element that they came from. */
const labelled: OperatorFunction<Observable<PartialJson>, string> = pipe(
  mergeMap((element, index) => element.pipe(map(({ value }) => `${index}: ${JSON.stringify(value)}`))),
);

function labels(parts: readonly string[], elements = elementsAt()): string[] {
  const seen: string[] = [];
  of(...parts)
    .pipe(partials, elements, labelled)
    .subscribe((label) => seen.push(label));
  return seen;
}

describe('elementsAt', () => {
  it(
    'emits an inner Observable per element as it starts, which completes when the element closes',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  a-b-c-d-e-f-g-|', deltas);
      const x = cold('         j-(k|)', states);
      const y = cold('             o-p-(q|)', states);
      expectObservable(source.pipe(partials, elementsAt('xs'))).toBe('--x---y---|', { x, y });
      expectSubscriptions(source.subscriptions).toBe('^---------!');
    }),
  );

  it('takes the root, any depth, and arrays of all kinds of elements', () => {
    expect(labels(['[1', ',[2', ',3],"a', 'b"', ',null]'])).to.deep.equal([
      '0: 1',
      '0: 1',
      '1: [2]',
      '1: [2,3]',
      '2: "a"',
      '2: "ab"',
      '3: null',
    ]);
    expect(labels(['{"a":[[],{"b":[[', '1]]}]}'], elementsAt('a', 1, 'b', 0))).to.deep.equal(['0: 1']);
    expect(labels(['[', ' ]'])).to.deep.equal([]);
  });

  it(
    'gives who subscribes late the current state, then the rest',
    marbles(({ cold, hot, expectObservable }) => {
      const source = hot('a-b-c-d-e-f-g-|', deltas);
      const late = source.pipe(
        partials,
        elementsAt('xs'),
        mergeMap((element, index) =>
          cold('---z|').pipe(mergeMap(() => element.pipe(map((part) => ({ index, part }))))),
        ),
      );
      expectObservable(late).toBe('-----k---p(q|)', {
        k: { index: 0, part: states.k },
        p: { index: 1, part: states.p },
        q: { index: 1, part: states.q },
      });
    }),
  );

  it('gives each element its final state, even if many came between two snapshots', () => {
    const source = new Subject<string>();
    const sample = new Subject<void>();
    const seen: string[] = [];
    source.pipe(toJsonTokens(), accumulatePartial({ sample }), elementsAt(), labelled).subscribe({
      next: (label) => seen.push(label),
      complete: () => seen.push('done'),
    });
    source.next('[1,"a');
    sample.next();
    source.next('b",[2],[');
    sample.next();
    source.next('3],4,5]');
    expect(seen).to.deep.equal(['0: 1', '1: "a"', '1: "ab"', '2: [2]', '3: []', '3: [3]', '4: 4', '5: 5', 'done']);
  });

  it(
    'completes empty as soon as the array cannot come',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('a-b-c-d-e-f-g-|', deltas);
      expectObservable(source.pipe(partials, elementsAt('ys'))).toBe('------------|');
      expectSubscriptions(source.subscriptions).toBe('^-----------!');
      expectObservable(cold('a-b', deltas).pipe(partials, elementsAt('xs', 0, 'zs'))).toBe('--|');
    }),
  );

  it(
    'errors as soon as something else stands there, and lets the source go',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('a-b-c-d-e-f-g-|', deltas);
      expectObservable(source.pipe(partials, elementsAt('xs', 0))).toBe('--#', {}, new NotAnArrayError(['xs', 0], 'J'));
      expectSubscriptions(source.subscriptions).toBe('^-!');
      expectObservable(cold('a', deltas).pipe(partials, elementsAt())).toBe('#', {}, new NotAnArrayError([], {}));
    }),
  );

  it('says in the error what came instead, and where', () => {
    const messages = ['{"a":{}}', '{"a":"text"}', '{"a":7}', '{"a":true}', '{"a":null}'].map((text) => {
      let message = '';
      of(text)
        .pipe(partials, elementsAt('a'))
        .subscribe({ error: (error: unknown) => (message = (error as NotAnArrayError).message) });
      return message;
    });
    expect(messages).to.deep.equal([
      'expected an array at ["a"], got an object',
      'expected an array at ["a"], got a string',
      'expected an array at ["a"], got a number',
      'expected an array at ["a"], got a boolean',
      'expected an array at ["a"], got null',
    ]);
  });

  it(
    'passes an error of the source to the inner one that is open, and on',
    marbles(({ cold, expectObservable }) => {
      const error = new Error('connection reset');
      const source = cold('a-b-c-d-#', deltas, error);
      const x = cold('         j-(k|)', states);
      const y = cold('             o-#', states, error);
      expectObservable(source.pipe(partials, elementsAt('xs'))).toBe('--x---y-#', { x, y }, error);
      const broken = cold('b-x', { b: '["J', x: 'o",,' });
      const syntax = new JsonSyntaxError('unexpected-character', 6, [1], '["Jo",,', 'expected a value, got ","');
      const z = cold('     j-(k|)', states);
      expectObservable(broken.pipe(partials, elementsAt())).toBe('z-#', { z }, syntax);
    }),
  );

  it(
    'completes with an empty source and with one that ends early, and waits with one that never emits',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold<PartialJson>('--|').pipe(elementsAt())).toBe('--|');
      expectObservable(NEVER.pipe(elementsAt())).toBe('---');
      const x = cold('(j|)', states);
      expectObservable(cold('b-', { b: '["J' }).pipe(partials, take(1), elementsAt())).toBe('(x|)', { x });
    }),
  );

  it(
    'lets the source go when the result is unsubscribed from and no inner one is subscribed to',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  a-b-c-d-e-f-g-|', deltas);
      expectObservable(
        source.pipe(
          partials,
          elementsAt('xs'),
          map(() => 'x'),
        ),
        '---!',
      ).toBe('--x-');
      expectSubscriptions(source.subscriptions).toBe('^--!');
    }),
  );

  it(
    'lets the source go when everything is unsubscribed from',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  a-b-c-d-e-f-g-|', deltas);
      expectObservable(source.pipe(partials, elementsAt('xs'), mergeAll()), '---!').toBe('--j-', states);
      expectSubscriptions(source.subscriptions).toBe('^--!');
    }),
  );

  it(
    'keeps the source for an inner one that is subscribed to, and lets it go after it',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  a-b-c-d-e-f-g-|', deltas);
      expectObservable(source.pipe(partials, elementsAt('xs'), take(1), mergeAll())).toBe('--j-(k|)', states);
      expectSubscriptions(source.subscriptions).toBe('^---!');
    }),
  );

  it('lets the source go when it is unsubscribed from within next, while it is being subscribed to', () => {
    const read: string[] = [];
    of('[1', ',2', ',3', ']')
      .pipe(
        map((delta) => {
          read.push(delta);
          return delta;
        }),
        partials,
        elementsAt(),
        mergeAll(),
        take(2),
      )
      .subscribe();
    expect(read).to.deep.equal(['[1', ',2']);
  });

  it('takes what comes while it emits after all of the snapshot has been told', () => {
    const source = new Subject<string>();
    const seen: string[] = [];
    source.pipe(partials, elementsAt(), labelled).subscribe({
      next: (label) => {
        seen.push(label);
        if (label === '0: 1') source.next(',4]');
      },
      complete: () => seen.push('done'),
    });
    source.next('[1,2,3');
    expect(seen).to.deep.equal(['0: 1', '1: 2', '2: 3', '2: 3', '3: 4', 'done']);
  });

  it('starts anew with each subscription', () => {
    const elements = of('[1,', '2]').pipe(partials, elementsAt(), labelled);
    const seen: string[] = [];
    elements.subscribe((label) => seen.push(label));
    elements.subscribe((label) => seen.push(label));
    expect(seen).to.deep.equal(['0: 1', '1: 2', '0: 1', '1: 2']);
  });

  it('carries the text of the document on, and the identity of values', () => {
    const texts: string[] = [];
    const whole: PartialJson[] = [];
    const elements: PartialJson[] = [];
    const document = of('[{"a":[1],', ' "b":2}', ',3]').pipe(partials);
    document.subscribe((partial) => whole.push(partial));
    document.pipe(elementsAt(), mergeAll()).subscribe((partial) => {
      texts.push(textOf(partial));
      elements.push(partial);
    });
    expect(texts).to.deep.equal(['[{"a":[1],', '[{"a":[1], "b":2}', '[{"a":[1], "b":2},3]']);
    const a = elements.map(({ value }) => (value as Record<string, unknown>).a);
    expect(a[1]).to.equal(a[0]);
  });

  it('says nothing of an element that has not changed', () => {
    const source = new Subject<PartialJson>();
    const seen: string[] = [];
    source.pipe(elementsAt(), labelled).subscribe((label) => seen.push(label));
    const partial: PartialJson = { value: [{ a: 1 }], path: [0], complete: false };
    source.next(partial);
    source.next(partial);
    expect(seen).to.deep.equal(['0: {"a":1}']);
  });

  it('keeps nothing of an element once it has closed', async () => {
    const source = new Subject<string>();
    const delivered: WeakRef<PartialJson>[] = [];
    const held = (): number => delivered.filter((partial) => partial.deref() !== undefined).length;
    const running = source.pipe(partials, elementsAt(), mergeAll()).subscribe((partial) => {
      delivered.push(new WeakRef(partial));
    });
    for (const delta of ['[{"a":1', '2},{"a":3', '}']) source.next(delta);
    expect(delivered).to.have.length(4);
    await collectGarbage();
    expect(held()).to.equal(0);
    source.next(',{');
    await collectGarbage();
    expect(held()).to.equal(1);
    expect(running.closed).to.equal(false);
  });

  it('gives the elements of a long array one by one', () => {
    const text = JSON.stringify(Array.from({ length: 5000 }, (_, i) => ({ name: `user ${i}` })));
    const names: unknown[] = [];
    of(...(text.match(/.{1,20}/g) ?? []))
      .pipe(
        partials,
        elementsAt(),
        concatMap((element) => element.pipe(filter(({ complete }) => complete))),
      )
      .subscribe(({ value }) => names.push(value));
    expect(names).to.deep.equal(JSON.parse(text));
  });
});
