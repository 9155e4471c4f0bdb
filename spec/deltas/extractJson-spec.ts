import { expect } from 'chai';
import { concat, of, Subject, take, tap, throwError } from 'rxjs';
import { extractJson } from '../../lib/deltas/extractJson.js';
import { NoJsonError } from '../../lib/deltas/NoJsonError.js';
import { marbles } from '../support/marbles.js';

const deltas = { a: 'Sure: `', b: '``json\n{"na', c: 'me":"Jo', d: 'hn"}\n```' };
const document = { c: '{"name":"Jo', d: 'hn"}' };

describe('extractJson', () => {
  it(
    'lets the document through, live, and the source run on to its end',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('--a-----b------c---d--a--|', deltas);
      expectObservable(source.pipe(extractJson())).toBe('---------------c---d-----|', document);
      expectSubscriptions(source.subscriptions).toBe('^------------------------!');
    }),
  );

  it(
    'errors at the end of an empty source',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('---|').pipe(extractJson())).toBe('---#', undefined, new NoJsonError(''));
    }),
  );

  it(
    'never ends with a source that does not',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-');
      expectObservable(source.pipe(extractJson())).toBe('-');
      expectSubscriptions(source.subscriptions).toBe('^');
    }),
  );

  it(
    'errors with the beginning of a text that holds no JSON',
    marbles(({ cold, expectObservable }) => {
      const source = cold('--a--b--|', { a: 'I am sorry, ', b: 'I {can} not. '.repeat(100) });
      const beginning = `I am sorry, ${'I {can} not. '.repeat(100)}`.slice(0, 200);
      expectObservable(source.pipe(extractJson())).toBe('--------#', undefined, new NoJsonError(beginning));
    }),
  );

  it(
    'passes an error of the source on, and not its own instead',
    marbles(({ cold, expectObservable }) => {
      const source = cold('--a-----b---#', deltas, new Error('cut'));
      expectObservable(source.pipe(extractJson())).toBe('------------#', undefined, new Error('cut'));
    }),
  );

  it(
    'completes in the middle of a document: that it is cut is for the tokenizer to say',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('--b---c--|', deltas).pipe(extractJson())).toBe('------c--|', document);
    }),
  );

  it(
    'gives up a bracket that could still be JSON when the text ends there',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('--b---|', deltas).pipe(extractJson())).toBe('------(a|)', { a: '{"na' });
    }),
  );

  it(
    'unsubscribes from the source early',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('--b------c---d--|', deltas);
      expectObservable(source.pipe(extractJson()), '----------!').toBe('---------c-', document);
      expectSubscriptions(source.subscriptions).toBe('^---------!');
    }),
  );

  it(
    'unsubscribes from the source within next',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('--b------c---d--|', deltas);
      expectObservable(source.pipe(extractJson(), take(1))).toBe('---------(c|)', document);
      expectSubscriptions(source.subscriptions).toBe('^--------!');
    }),
  );

  it('reads nothing of a synchronous source after it was unsubscribed within next', () => {
    const read: string[] = [];
    of('{"a":1', ',"b":2', '}')
      .pipe(
        tap((delta) => read.push(delta)),
        extractJson(),
        take(1),
      )
      .subscribe();
    expect(read).to.deep.equal(['{"a":1']);
  });

  it(
    'begins anew with every subscription',
    marbles(({ cold, expectObservable }) => {
      const extracted = cold('--b---c---d--|', deltas).pipe(extractJson());
      expectObservable(extracted).toBe('------c---d--|', document);
      expectObservable(extracted, '-----^').toBe('-----------c---d--|', document);
    }),
  );

  it('reads a delta that is pushed from within next', () => {
    const source = new Subject<string>();
    const out: string[] = [];
    source.pipe(extractJson()).subscribe((delta) => {
      out.push(delta);
      if (out.length === 1) source.next('1,2]} and so on');
    });
    source.next('here: {"a":[{"b":"c"},');
    expect(out).to.deep.equal(['{"a":[{"b":"c"},', '1,2]}']);
  });

  it('drops a document that may be prose when the source fails', () => {
    const cut = new Error('cut');
    const out: unknown[] = [];
    concat(
      of('{}'),
      throwError(() => cut),
    )
      .pipe(extractJson())
      .subscribe({ next: (delta) => out.push(delta), error: (error: unknown) => out.push(error) });
    expect(out).to.deep.equal([cut]);
  });
});
