// You will see the object grow here while it is written there: start one of the servers, then this, in two terminals.
import * as E from 'fp-ts/lib/Either.js';
import { fromSse } from 'rx-structured/sse';
import { UserInfo } from './UserInfo.js';

const [, , server = 'http://127.0.0.1:3000', text = 'John is 30 years old.'] = process.argv;

fromSse(`${server}/user?${new URLSearchParams({ text }).toString()}`, { codec: UserInfo }).subscribe({
  next: E.match(
    ({ attempt, message }) => {
      console.log(`attempt ${attempt} was rejected: ${message}`);
    },
    ({ _tag, value }) => {
      console.log(_tag, value);
    },
  ),
  error: (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
});
