// You will see three ways to draw less often than a model writes, and that none of them loses the last value.
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { auditTime, debounceTime, filter, finalize, forkJoin, map, share, throttleTime, toArray } from 'rxjs';
import { structuredCompletion } from 'rx-structured';
import { openaiChat } from 'rx-structured/openai';
import { chooseModel } from './support/chooseModel.js';
import { printError } from './support/printError.js';

const { client, model, close } = await chooseModel();

const values = structuredCompletion(openaiChat(client, { model }), {
  codec: t.type({ name: t.string, age: t.number }),
  messages: [{ role: 'user', content: 'Extract user info: John is 30 years old.' }],
}).pipe(
  filter(E.isRight),
  map(({ right }) => right.value),
  // All four share one request.
  share(),
);

forkJoin({
  all: values.pipe(toArray()),
  // At most every 300 ms, with the latest: for drawing.
  audited: values.pipe(auditTime(300), toArray()),
  // The first at once, then at most every 300 ms; `trailing` keeps the last.
  throttled: values.pipe(throttleTime(300, undefined, { leading: true, trailing: true }), toArray()),
  // When the model has paused for 300 ms, or has finished: for costly work.
  debounced: values.pipe(debounceTime(300), toArray()),
})
  .pipe(finalize(close))
  .subscribe({
    next: (seen) => {
      for (const [name, list] of Object.entries(seen)) console.log(name, list.length, list.at(-1));
    },
    error: printError,
  });
