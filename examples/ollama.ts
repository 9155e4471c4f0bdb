// You will see an object grow out of the answer of a local model, asked without an SDK.
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { finalize } from 'rxjs';
import { structuredCompletion } from 'rx-structured';
import { ollamaChat } from 'rx-structured/ollama';
import { chooseOllama } from './support/chooseOllama.js';
import { printError } from './support/printError.js';

const { host, model, close } = await chooseOllama();

structuredCompletion(ollamaChat({ host, model, options: { temperature: 0 } }), {
  codec: t.type({ name: t.string, age: t.number }),
  messages: [{ role: 'user', content: 'Extract user info: John is 30 years old.' }],
  retries: 1,
  idleTimeout: 60_000,
})
  .pipe(finalize(close))
  .subscribe({
    next: E.match(
      ({ message }) => console.log('rejected:', message),
      ({ _tag, value }) => console.log(`${_tag}:`, value),
    ),
    error: printError,
  });
