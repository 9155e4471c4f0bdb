// You will see a question replaced while its answer is being written: the request for it is aborted at once.
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { BehaviorSubject, finalize, switchMap } from 'rxjs';
import { structuredCompletion } from 'rx-structured';
import { openaiChat } from 'rx-structured/openai';
import { chooseModel } from './support/chooseModel.js';
import { printError } from './support/printError.js';

const UserInfo = t.type({ name: t.string, age: t.number });

const { client, model, close } = await chooseModel();

const extract = (text: string) =>
  structuredCompletion(openaiChat(client, { model }), {
    codec: UserInfo,
    messages: [{ role: 'user', content: `Extract user info: ${text}` }],
  }).pipe(finalize(() => console.log('request over:', text)));

// The typed texts. In a browser: `fromEvent(input, 'input').pipe(debounceTime(300), map(() => input.value))`.
const questions = new BehaviorSubject('John is 30 years old.');

questions.pipe(switchMap(extract), finalize(close)).subscribe({
  next: E.match(
    ({ message }) => console.log('rejected:', message),
    ({ _tag, value }) => {
      console.log(`${_tag}:`, value);
      if (value.name !== 'John') return;
      questions.next('Jane is 41 years old.');
      questions.complete();
    },
  ),
  error: printError,
});
