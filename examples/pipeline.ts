// You will see the same object grow as in userInfo.ts, from the same chain taken apart, each stage an operator.
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { finalize } from 'rxjs';
import {
  accumulatePartial,
  decodeWith,
  retryOnValidationError,
  textDeltas,
  toJsonSchema,
  toJsonTokens,
} from 'rx-structured';
import { fromChatCompletion } from 'rx-structured/openai';
import { chooseModel } from './support/chooseModel.js';
import { printError } from './support/printError.js';

const UserInfo = t.type({ name: t.string, age: t.number });

const { client, model, close } = await chooseModel();

fromChatCompletion(client, {
  model,
  messages: [{ role: 'user', content: 'Extract user info: John is 30 years old.' }],
  response_format: {
    type: 'json_schema',
    json_schema: { name: 'UserInfo', schema: toJsonSchema(UserInfo), strict: true },
  },
})
  .pipe(
    textDeltas(), //                          CompletionEvent -> string
    toJsonTokens(), //                        string          -> JsonToken[]
    accumulatePartial(), //                   JsonToken[]     -> PartialJson
    decodeWith(UserInfo), //                  PartialJson     -> Either<InvalidAnswer, Decoded<UserInfo>>
    retryOnValidationError({ count: 2 }), //  asks the same again on a Left
    finalize(close),
  )
  .subscribe({
    next: E.match(
      ({ message }) => console.log('rejected:', message),
      ({ _tag, value }) => console.log(`${_tag}:`, value),
    ),
    error: printError,
  });
