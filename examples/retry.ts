// You will see what it saves to stop a wrong answer at its first impossible byte, in tokens and time; then the right one.
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { defer, finalize, forkJoin, map, share, takeWhile } from 'rxjs';
import { structuredCompletion } from 'rx-structured';
import { openaiChat } from 'rx-structured/openai';
import { chooseModel } from './support/chooseModel.js';
import { printError } from './support/printError.js';

const Theme = t.type({ name: t.string, quote: t.string });
const Review = t.type({ title: t.string, year: t.number, summary: t.string, themes: t.array(Theme) });

const { client, model, close } = await chooseModel();

const ask = (failFast: boolean) =>
  defer(() => {
    const started = performance.now();
    let tokens = 0;
    return structuredCompletion(openaiChat(client, { model }), {
      codec: Review,
      messages: [{ role: 'user', content: 'Review Walden, from memory.' }],
      failFast,
      retries: failFast ? 1 : 0,
      // A delta is about a token.
      watch: ({ type }) => type === 'answer-delta' && tokens++,
    }).pipe(map((answer) => ({ answer, tokens, ms: Math.round(performance.now() - started) })));
  });

// Two subscribers share one request.
const stopping = ask(true).pipe(share());

// The last value of each: up to the Left, of the answer that is read to its end, and of the corrected answer.
forkJoin({
  stopped: stopping.pipe(takeWhile(({ answer }) => E.isRight(answer), true)),
  read: ask(false),
  corrected: stopping,
})
  .pipe(finalize(close))
  .subscribe({
    next: ({ stopped, read, corrected: { answer } }) => {
      console.log(`stopped at the first impossible byte: ${stopped.tokens} tokens, ${stopped.ms} ms`);
      console.log(`read to its end: ${read.tokens} tokens, ${read.ms} ms`);
      console.log(`saved: ${read.tokens - stopped.tokens} tokens, ${read.ms - stopped.ms} ms`);
      if (E.isRight(answer)) console.log('corrected:', answer.right.value.title, answer.right.value.year);
    },
    error: printError,
  });
