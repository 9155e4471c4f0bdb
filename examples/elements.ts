// You will see the elements of a list one by one, each as it closes; a wrong one is a Left, and the list goes on.
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { finalize } from 'rxjs';
import { structuredElements } from 'rx-structured';
import { openaiChat } from 'rx-structured/openai';
import { chooseModel } from './support/chooseModel.js';
import { printError } from './support/printError.js';

const { client, model, close } = await chooseModel();

structuredElements(openaiChat(client, { model }), {
  codec: t.type({ name: t.string, count: t.number }),
  messages: [{ role: 'user', content: 'List the order: 2 coffees, 1 lemonade and a free biscuit.' }],
})
  .pipe(finalize(close))
  .subscribe({
    next: E.match(
      ({ message }) => console.log('wrong:', message),
      ({ index, value }) => console.log(index, value),
    ),
    error: printError,
  });
