import { expect } from 'chai';
import { of, Subject, throwError, type Observable } from 'rxjs';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import type { CompletionModel } from '../../lib/completions/CompletionModel.js';
import { limited } from '../../lib/models/limited.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';

const question = (message: string) => ({ messages: [message], answer: { name: 'a', schema: {} }, failures: [] });

/** A model whose answers are ended by hand. */
function held(): { readonly model: CompletionModel<unknown>; readonly begun: Subject<CompletionEvent>[] } {
  const begun: Subject<CompletionEvent>[] = [];
  const ask = (): Observable<CompletionEvent> => {
    const answer = new Subject<CompletionEvent>();
    begun.push(answer);
    return answer;
  };
  return { model: { ...scriptedModel([]), ask }, begun };
}

describe('limited', () => {
  it('lets so many begin, and the next one when a request is over, however that is', () => {
    const { model, begun } = held();
    const queued = limited({ concurrency: 2 })(model);
    const subscriptions = ['a', 'b', 'c', 'd', 'e'].map((each) =>
      queued.ask(question(each)).subscribe({ error: () => {} }),
    );
    expect(begun).to.have.length(2);
    begun[0]?.complete();
    expect(begun).to.have.length(3);
    begun[1]?.error(new Error('no'));
    expect(begun).to.have.length(4);
    subscriptions[2]?.unsubscribe();
    expect(begun).to.have.length(5);
    expect(begun[2]?.observed).to.equal(false);
  });

  it('begins in the order of subscription, and never for who has left the line', () => {
    const { model, begun } = held();
    const seen: string[] = [];
    const named = {
      ...model,
      ask: (asked: Parameters<typeof model.ask>[0]) => {
        seen.push(String(asked.messages[0]));
        return model.ask(asked);
      },
    };
    const queued = limited({ concurrency: 1 })(named);
    const [, b] = ['a', 'b', 'c'].map((each) => queued.ask(question(each)).subscribe());
    b?.unsubscribe();
    begun[0]?.complete();
    expect(seen).to.deep.equal(['a', 'c']);
  });

  it('gives a place back once, and is cold: an answer that is not subscribed to takes none', () => {
    const { model, begun } = held();
    const queued = limited({ concurrency: 1 })(model);
    void queued.ask(question('unheard'));
    const first = queued.ask(question('a')).subscribe();
    begun[0]?.complete();
    first.unsubscribe();
    queued.ask(question('b')).subscribe();
    queued.ask(question('c')).subscribe();
    expect(begun).to.have.length(2);
  });

  it('is one limit for all models that it is applied to', () => {
    const [a, b] = [held(), held()];
    const operator = limited({ concurrency: 1 });
    operator(a.model).ask(question('a')).subscribe();
    operator(b.model).ask(question('b')).subscribe();
    expect([a.begun.length, b.begun.length]).to.deep.equal([1, 0]);
    a.begun[0]?.complete();
    expect(b.begun).to.have.length(1);
  });

  it('takes answers that are over at once, ten thousand of them waiting, and a model that throws', () => {
    const { model, begun } = held();
    let answers: Observable<CompletionEvent> = model.ask(question('first'));
    const queued = limited({ concurrency: 1 })({ ...model, ask: () => answers });
    queued.ask(question('first')).subscribe();
    let complete = 0;
    answers = of();
    for (let nth = 0; nth < 10_000; nth += 1) queued.ask(question('x')).subscribe({ complete: () => (complete += 1) });
    begun[0]?.complete();
    expect(complete).to.equal(10_000);

    const broken = limited({ concurrency: 1 })({
      ...model,
      ask: () => {
        throw new Error('no');
      },
    });
    const errors: unknown[] = [];
    for (let nth = 0; nth < 2; nth += 1)
      broken.ask(question('x')).subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).to.have.length(2);
    answers = throwError(() => new Error('no'));
  });

  it('takes whole numbers from 1 on, and Infinity', () => {
    for (const concurrency of [0, -1, 1.5, NaN])
      expect(() => limited({ concurrency }), String(concurrency)).to.throw(RangeError);
    const { model, begun } = held();
    const queued = limited({ concurrency: Infinity })(model);
    for (let nth = 0; nth < 9; nth += 1) queued.ask(question('x')).subscribe();
    expect(begun).to.have.length(9);
  });
});
