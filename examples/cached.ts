// You will see a question answered by a model, and the same question answered from a Map, without a request.
import * as t from 'io-ts';
import { concat, finalize, tap } from 'rxjs';
import { finalValue, pipeModel, structuredCompletion, type CompletionModel } from 'rx-structured';
import { cached } from 'rx-structured/models';
import { openaiChat } from 'rx-structured/openai';
import { chooseModel } from './support/chooseModel.js';
import { printError } from './support/printError.js';

const { client, model: name, close } = await chooseModel();

/** An operator on a model is three lines. */
const logged = <M>(model: CompletionModel<M>): CompletionModel<M> => ({
  ...model,
  ask: (question) => model.ask(question).pipe(tap({ subscribe: () => console.log('a request is made') })),
});

const model = pipeModel(openaiChat(client, { model: name }), logged, cached(new Map()));

const answer = structuredCompletion(model, {
  codec: t.type({ name: t.string, age: t.number }),
  messages: [{ role: 'user', content: 'Extract user info: John is 30 years old.' }],
}).pipe(finalValue());

concat(answer, answer)
  .pipe(finalize(close))
  .subscribe({
    next: (value) => console.log(value),
    error: printError,
  });
