// You will see an object grow out of an answer that a package of the AI SDK streams: any of its providers would do.
import { createOpenAI } from '@ai-sdk/openai';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { finalize } from 'rxjs';
import { structuredCompletion } from 'rx-structured';
import { languageModel } from 'rx-structured/ai-sdk';
import { chooseModel } from './support/chooseModel.js';
import { printError } from './support/printError.js';

const { client, model, close } = await chooseModel();
const { apiKey, baseURL } = client;

structuredCompletion(languageModel(createOpenAI({ baseURL, apiKey: apiKey ?? '' }).chat(model)), {
  codec: t.type({ name: t.string, age: t.number }),
  messages: [{ role: 'user', content: 'Extract user info: John is 30 years old.' }],
})
  .pipe(finalize(close))
  .subscribe({
    next: E.match(
      ({ message }) => console.log('rejected:', message),
      ({ _tag, value }) => console.log(`${_tag}:`, value),
    ),
    error: printError,
  });
