// You will see three models asked at once: the first valid answer wins, a wrong one is out, and the rest are aborted.
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { catchError, EMPTY, filter, finalize, merge, take, tap, throwIfEmpty } from 'rxjs';
import { structuredCompletion } from 'rx-structured';
import { openaiChat } from 'rx-structured/openai';
import { chooseModel } from './support/chooseModel.js';
import { explainError } from './support/explainError.js';
import { printError } from './support/printError.js';

const Mountain = t.type({ mountain: t.string, metres: t.number });

const { client, models, close } = await chooseModel();

const rivals = models.map((model) =>
  structuredCompletion(openaiChat(client, { model }), {
    codec: Mountain,
    messages: [{ role: 'user', content: 'How high is Mont Blanc?' }],
  }).pipe(
    tap((answer) => {
      if (E.isLeft(answer)) console.log(`${model} is out: ${answer.left.message}`);
      else if (answer.right._tag === 'Complete') console.log(`${model} wins:`, answer.right.value);
    }),
    // A model that fails is out as well, and the others go on.
    catchError((error: unknown) => {
      console.log(`${model} is out: ${explainError(error)}`);
      return EMPTY;
    }),
    finalize(() => console.log(`${model}: request over`)),
  ),
);

merge(...rivals)
  .pipe(
    filter((answer) => E.isRight(answer) && answer.right._tag === 'Complete'),
    take(1),
    throwIfEmpty(() => new Error('No model gave a valid answer.')),
    finalize(close),
  )
  .subscribe({ error: printError });
