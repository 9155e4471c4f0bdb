import { expect } from 'chai';
import * as t from 'io-ts';
import { concat, map, Observable, of, take, throwError, timer } from 'rxjs';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { structuredElements } from '../../lib/answers/structuredElements.js';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import { completionOf } from '../../lib/testing/completionOf.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';
import { marbles } from '../support/marbles.js';
import { textDelta } from '../support/textEvents.js';

const Item = t.type({ sku: t.string });
const stock = new Set(['a', 'b', 'c', 'd']);
const unknown = ({ sku }: t.TypeOf<typeof Item>) => (stock.has(sku) ? undefined : `There is no ${sku}.`);
const list = (...skus: readonly (string | number)[]) => JSON.stringify({ items: skus.map((sku) => ({ sku })) });

describe('config.validate of structuredCompletion', () => {
  it('asks again with the words of the check, and its own words, in the same subscription', () => {
    const model = scriptedModel(['{"sku":"x"}', '{"sku":"y"}', '{"sku":"a"}']);
    const seen: string[] = [];
    structuredCompletion(model, { codec: Item, messages: [], retries: 2, validate: unknown }).subscribe((either) => {
      if (either._tag === 'Left') seen.push(`${either.left.attempt}+${either.left.retriesLeft} ${either.left.message}`);
      else if (either.right._tag === 'Complete') seen.push(`${either.right.value.sku} ${either.right.completion.text}`);
    });
    expect(seen).to.deep.equal(['1+2 There is no x.', '2+1 There is no y.', 'a {"sku":"a"}']);
    const failures = model.requests[2]?.question.failures ?? [];
    expect(failures.map(({ text }) => text)).to.deep.equal(['{"sku":"x"}', '{"sku":"y"}']);
    expect(failures[0]?.correction).to.include('There is no x.').and.not.include('stopped');
  });

  it('gives the value without its wrapper, and the words with it', () => {
    const values: unknown[] = [];
    const texts: string[] = [];
    structuredCompletion(scriptedModel(['{"value":[1, 2]}'], { dialect: 'openai' }), {
      codec: t.array(t.number),
      messages: [],
      validate: (numbers) => {
        values.push(numbers);
        return 'no';
      },
    }).subscribe((either) => {
      if (either._tag === 'Left') texts.push(either.left.text);
    });
    expect(values).to.deep.equal([[1, 2]]);
    expect(texts).to.deep.equal(['{"value":[1, 2]}']);
  });

  it('is not asked for an answer that its codec rejects', () => {
    let checks = 0;
    structuredCompletion(scriptedModel(['{"sku":1}', '{"sku":"a"}']), {
      codec: Item,
      messages: [],
      retries: 1,
      validate: () => {
        checks += 1;
        return undefined;
      },
    }).subscribe();
    expect(checks).to.equal(1);
  });

  it('errors with what the check fails with, and asks no more', () => {
    const model = scriptedModel(['{"sku":"x"}', '{"sku":"a"}']);
    const down = new Error('the stock is down');
    const errors: unknown[] = [];
    structuredCompletion(model, {
      codec: Item,
      messages: [],
      retries: 1,
      validate: () => throwError(() => down),
    }).subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).to.deep.equal([down]);
    expect(model.requests).to.have.length(1);
  });

  it(
    'ends the check when it is unsubscribed from',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const check = cold('-----(c|)');
      const validate = () => check.pipe(map(() => undefined));
      const answer = structuredCompletion(scriptedModel(['{"sku":"a"}']), { codec: Item, messages: [], validate });
      expectObservable(answer.pipe(map(({ _tag }) => _tag)), '^--!').toBe('R---', { R: 'Right' });
      expectSubscriptions(check.subscriptions).toBe('^--!');
    }),
  );
});

describe('config.validate of structuredElements', () => {
  it('checks each element, and asks again for those with complaints alone', () => {
    const model = scriptedModel([list('a', 'x', 3, 'y', 'b'), list('c', 'd', 'z'), list('d')]);
    const seen: string[] = [];
    structuredElements(model, { codec: Item, messages: [], retries: 2, validate: unknown }).subscribe((either) =>
      seen.push(
        either._tag === 'Left'
          ? `${either.left.index ?? '-'} ${either.left.message}`
          : `${either.right.index} ${either.right.value.sku} (${either.right.attempt})`,
      ),
    );
    expect(seen).to.deep.equal([
      '0 a (1)',
      '1 $.items[1]: There is no x.',
      '2 $.items[2].sku: expected string, got 3',
      '3 $.items[3]: There is no y.',
      '4 b (1)',
      '1 c (2)',
      '2 d (2)',
      '3 $.items[2]: There is no z.',
      '3 d (3)',
    ]);
    const failure = model.requests[1]?.question.failures[0];
    expect(failure?.correction).to.include(
      '$.items[1]: There is no x.\n$.items[2].sku: expected string, got 3\n$.items[3]',
    );
    expect(failure?.correction).to.include('these 3 elements');
  });

  it("has the element's own words as the text, and its path", () => {
    const lefts: unknown[] = [];
    structuredElements(scriptedModel(['{"items":[ {"sku" : "x"} ]}']), {
      codec: Item,
      messages: [],
      validate: unknown,
    }).subscribe((either) => {
      if (either._tag === 'Left') lefts.push([either.left.text, either.left.path, either.left.index]);
    });
    expect(lefts).to.deep.equal([['{"sku" : "x"}', [0], 0]]);
  });

  it(
    'shows each element when its own check is over, and then how the list ends: none is lost',
    marbles(({ expectObservable }) => {
      const validate = ({ sku }: t.TypeOf<typeof Item>) => timer(sku === 'a' ? 5 : 2).pipe(map(() => undefined));
      const shown = (events: readonly CompletionEvent[]) =>
        structuredElements(scriptedModel([events]), { codec: Item, messages: [], validate }).pipe(
          map((either) => (either._tag === 'Left' ? 'L' : either.right.value.sku)),
        );
      expectObservable(shown([textDelta(list('a', 'b')), { type: 'finish', reason: 'stop', raw: 'stop' }])).toBe(
        '--b--(a|)',
      );
      expectObservable(
        structuredElements(
          scriptedModel([
            concat(
              of(textDelta('{"items":[{"sku":"a"},{"sku":"b"},')),
              throwError(() => new Error('reset')),
            ),
          ]),
          { codec: Item, messages: [], validate },
        ).pipe(map((either) => (either._tag === 'Left' ? 'L' : either.right.value.sku))),
      ).toBe('--b--(a#)', undefined, new Error('reset'));
      expectObservable(shown([textDelta('{"items":[{"sku":"a"},{"sku":"b"}}')])).toBe('--b--(aL|)');
    }),
  );

  it('errors with what a check throws', () => {
    const bug = new TypeError('a bug');
    const log: unknown[] = [];
    structuredElements(scriptedModel([list('a', 'x')]), {
      codec: Item,
      messages: [],
      validate: ({ sku }) => {
        if (sku === 'x') throw bug;
        return undefined;
      },
    }).subscribe({ next: ({ _tag }) => log.push(_tag), error: (error: unknown) => log.push(error) });
    expect(log).to.deep.equal(['Right', bug]);
  });

  it('ends all checks when it is unsubscribed from', () => {
    const model = scriptedModel([completionOf(list('x', 'a'))]);
    let ended = 0;
    const endless = new Observable<never>(() => () => {
      ended += 1;
    });
    structuredElements(model, {
      codec: Item,
      messages: [],
      validate: ({ sku }) => (sku === 'a' ? undefined : endless),
    })
      .pipe(take(1))
      .subscribe();
    expect(ended).to.equal(1);
  });
});
