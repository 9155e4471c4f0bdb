// You will see the partials in a plain loop. Leaving it, here as soon as the name is known, aborts the request.
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { finalize } from 'rxjs';
import { structuredCompletion } from 'rx-structured';
import { openaiChat } from 'rx-structured/openai';
import { chooseModel } from './support/chooseModel.js';
import { eachValueFrom } from './support/eachValueFrom.js';

const { client, model, close } = await chooseModel();

const answers = structuredCompletion(openaiChat(client, { model }), {
  codec: t.type({ name: t.string, age: t.number }),
  messages: [{ role: 'user', content: 'Extract user info: John is 30 years old.' }],
}).pipe(
  finalize(() => {
    console.log('request over');
    close();
  }),
);

for await (const answer of eachValueFrom(answers)) {
  if (E.isLeft(answer)) throw new Error(answer.left.message);
  console.log(answer.right.value);
  // The model has gone on to the age, so the name is whole.
  if ('age' in answer.right.value) break;
}
