import { expect } from 'chai';
import { NEVER, Subject } from 'rxjs';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import type { Question } from '../../lib/completions/CompletionModel.js';
import { completionOf, scriptedModel } from '../../lib/testing/index.js';
import { marbles } from '../support/marbles.js';

const question: Question<unknown> = { messages: ['?'], answer: { name: 'answer', schema: {} }, failures: [] };

const states = ({ requests }: { readonly requests: readonly { readonly state: string }[] }): readonly string[] =>
  requests.map(({ state }) => state);

describe('scriptedModel', () => {
  it(
    'gives its answers one after the other, and then fails',
    marbles(({ expectObservable }) => {
      const model = scriptedModel(['ab', new Error('503'), completionOf('c'), []], { chunkSize: 1, delay: 1 });
      const answer = model.ask(question).pipe(model.toText(question.answer));
      expectObservable(answer).toBe('-ab|');
      expectObservable(answer).toBe('#', undefined, new Error('503'));
      expectObservable(answer).toBe('(c|)');
      expectObservable(model.ask(question)).toBe('|');
      expectObservable(answer).toBe('#', undefined, new Error('The script has 4 answers; this is request 5.'));
    }),
  );

  it('takes no answer before it is subscribed to', () => {
    const model = scriptedModel(['a']);
    void model.ask(question);
    expect(model.requests).to.deep.equal([]);
  });

  it('remembers what was asked, and what became of it', () => {
    const open = new Subject<CompletionEvent>();
    const model = scriptedModel(['a', new Error('503'), NEVER, open]);
    const later = { ...question, messages: ['again?'] };

    model.ask(question).subscribe();
    model.ask(question).subscribe({ error: () => undefined });
    model.ask(question).subscribe().unsubscribe();
    model.ask(later).subscribe();
    expect(states(model)).to.deep.equal(['complete', 'failed', 'aborted', 'running']);
    expect(model.requests[3]?.question).to.equal(later);

    open.complete();
    expect(states(model)).to.deep.equal(['complete', 'failed', 'aborted', 'complete']);
  });

  it('is the kind of model it is told to be', () => {
    expect(scriptedModel([])).to.include({ dialect: 'open', jsonInText: false });
    expect(scriptedModel([], { dialect: 'openai', jsonInText: true })).to.include({
      dialect: 'openai',
      jsonInText: true,
    });
  });
});
