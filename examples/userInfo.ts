// You will see an object grow while the model writes it: { name: 'J' }, { name: 'John' }, { name: 'John', age: 3 }, …
import * as t from 'io-ts';
import { finalize, fromEvent, takeUntil } from 'rxjs';
import { structuredCompletion } from 'rx-structured';
import { openaiChat } from 'rx-structured/openai';
import { chooseInspector } from './support/chooseInspector.js';
import { chooseModel } from './support/chooseModel.js';
import { LiveObject } from './support/LiveObject.js';

const UserInfo = t.type({ name: t.string, age: t.number });

const { client, model, close } = await chooseModel();
const inspector = await chooseInspector('user info');
const screen = new LiveObject<t.TypeOf<typeof UserInfo>>();

structuredCompletion(openaiChat(client, { model }), {
  codec: UserInfo,
  messages: [{ role: 'user', content: 'Extract user info: John is 30 years old.' }],
  retries: 2,
  watch: inspector.beside(screen.watch),
})
  // Ctrl-C unsubscribes, and unsubscribing aborts the request.
  .pipe(takeUntil(fromEvent(process, 'SIGINT')), finalize(close), finalize(inspector.tell))
  .subscribe(screen);
