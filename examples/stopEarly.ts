// You will see a summary grow, and its request aborted as soon as it is whole: the rest of the answer is never written.
import * as t from 'io-ts';
import { count, finalize, first, forkJoin, tap } from 'rxjs';
import { accumulatePartial, textDeltas, toJsonSchema, toJsonTokens, valueAt } from 'rx-structured';
import { fromChatCompletion } from 'rx-structured/openai';
import { chooseModel } from './support/chooseModel.js';
import { printError } from './support/printError.js';

const Theme = t.type({ name: t.string, quote: t.string });
const Review = t.type({ title: t.string, year: t.number, summary: t.string, themes: t.array(Theme) });

const { client, model, close } = await chooseModel();

const deltas = fromChatCompletion(client, {
  model,
  messages: [{ role: 'user', content: 'Review Walden.' }],
  response_format: {
    type: 'json_schema',
    json_schema: { name: 'Review', schema: toJsonSchema(Review), strict: true },
  },
}).pipe(textDeltas());

let read = 0;
const summary = deltas.pipe(
  tap(() => read++),
  toJsonTokens(),
  accumulatePartial(),
  valueAt('summary'),
  tap(({ value }) => console.log(value)),
  first(({ complete }) => complete),
);

// A second request is read to its end, only to know what was saved.
forkJoin([deltas.pipe(count()), summary])
  .pipe(finalize(close))
  .subscribe({
    next: ([tokens]) => console.log(`${read} tokens read, ${tokens - read} of ${tokens} saved`),
    error: printError,
  });
