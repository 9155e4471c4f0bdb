// You will see a model whose connection breaks in the middle of its answer, and another one that answers in its place.
import OpenAI from 'openai';
import * as t from 'io-ts';
import { finalize } from 'rxjs';
import { structuredCompletion } from 'rx-structured';
import { openaiChat } from 'rx-structured/openai';
import { chooseModel } from './support/chooseModel.js';
import { printError } from './support/printError.js';
import { startBrokenServer } from './support/startBrokenServer.js';

const broken = await startBrokenServer();
const { client, model, close } = await chooseModel();
const first = openaiChat(new OpenAI({ apiKey: 'none needed', baseURL: broken.url, maxRetries: 0 }), { model });

structuredCompletion([first, openaiChat(client, { model })], {
  codec: t.type({ name: t.string, age: t.number }),
  messages: [{ role: 'user', content: 'Extract user info: John is 30 years old.' }],
})
  .pipe(
    finalize(() => {
      broken.stop();
      close();
    }),
  )
  .subscribe({
    next: (answer) => {
      if (answer._tag === 'Right') console.log(`${answer.right._tag}:`, answer.right.value);
      else console.log(`${answer.left._tag}, attempt ${answer.left.attempt}, ${answer.left.retriesLeft} left`);
    },
    error: printError,
  });
