// You will see an answer rejected at its first wrong byte, the model told why, and its second answer accepted.
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { finalize } from 'rxjs';
import { structuredCompletion } from 'rx-structured';
import { openaiChat } from 'rx-structured/openai';
import { chooseModel } from './support/chooseModel.js';
import { printError } from './support/printError.js';

const { client, model, close } = await chooseModel();

structuredCompletion(openaiChat(client, { model }), {
  codec: t.type({ name: t.string, age: t.number }),
  messages: [{ role: 'user', content: 'Extract user info: Mary turned thirty.' }],
  retries: 2,
})
  .pipe(finalize(close))
  .subscribe({
    next: E.match(
      ({ attempt, retriesLeft, message }) =>
        console.log(`attempt ${attempt} rejected (${retriesLeft} left): ${message}`),
      ({ _tag, value }) => console.log(`${_tag}:`, value),
    ),
    error: printError,
  });
