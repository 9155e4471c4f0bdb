import { expect } from 'chai';
import { map } from 'rxjs';
import type { CompletionModel } from '../../lib/completions/CompletionModel.js';
import { pipeModel, type ModelOperator } from '../../lib/completions/pipeModel.js';
import { completionOf } from '../../lib/testing/completionOf.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';

const question = { messages: ['Hello.'], answer: { name: 'a', schema: {} }, failures: [] };

/** Marks questions on their way in, and events on their way out. */
const marked =
  (mark: string): ModelOperator<unknown> =>
  (model) => ({
    ...model,
    ask: (asked) =>
      model
        .ask({ ...asked, messages: [...asked.messages, mark] })
        .pipe(map((event) => (event.type === 'text-delta' ? { ...event, text: event.text + mark } : event))),
  });

describe('pipeModel', () => {
  it('applies operators in order: the last one meets a question first', () => {
    const script = scriptedModel(['x']);
    const texts: string[] = [];
    pipeModel(script, marked('a'), marked('b'))
      .ask(question)
      .subscribe((event) => {
        if (event.type === 'text-delta') texts.push(event.text);
      });
    expect(script.requests[0]?.question.messages).to.deep.equal(['Hello.', 'b', 'a']);
    expect(texts).to.deep.equal(['xab']);
  });

  it('returns the model of the last operator, and the model itself without operators', () => {
    const script = scriptedModel([]);
    expect(pipeModel(script)).to.equal(script);
    const other: CompletionModel<unknown> = { ...script, ask: () => completionOf('y') };
    expect(pipeModel(script, marked('a'), () => other)).to.equal(other);
  });
});
