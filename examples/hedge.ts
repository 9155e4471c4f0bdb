// You will see a request that is slow to begin hedged by a second one: the one that writes first goes on, the other is aborted.
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { finalize, mergeMap, race, tap, timer } from 'rxjs';
import { structuredCompletion } from 'rx-structured';
import { openaiChat } from 'rx-structured/openai';
import { chooseModel } from './support/chooseModel.js';
import { printError } from './support/printError.js';

const Lake = t.type({ lake: t.string, metres: t.number });

const { client, model, close } = await chooseModel();

const ask = (name: string) =>
  structuredCompletion(openaiChat(client, { model }), {
    codec: Lake,
    messages: [{ role: 'user', content: 'How deep is Lake Geneva?' }],
  }).pipe(
    tap({
      subscribe: () => console.log(`${name} request made`),
      unsubscribe: () => console.log(`${name} request aborted`),
      complete: () => console.log(`${name} request over`),
    }),
  );

// `race` keeps the source that emits first. If the first request is in time, the second is never made.
race(ask('first'), timer(1000).pipe(mergeMap(() => ask('second'))))
  .pipe(finalize(close))
  .subscribe({
    next: E.match(
      ({ message }) => console.log('rejected:', message),
      ({ _tag, value }) => console.log(`${_tag}:`, value),
    ),
    error: printError,
  });
