// You will see the state of a redux store while an epic fills it: the user as far as it is known, then done.
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { applyMiddleware, legacy_createStore as createStore } from 'redux';
import { createEpicMiddleware, type Epic } from 'redux-observable';
import { catchError, filter, finalize, map, of, switchMap } from 'rxjs';
import { structuredCompletion, type PartialOf } from 'rx-structured';
import { openaiChat } from 'rx-structured/openai';
import { chooseModel } from './support/chooseModel.js';
import { explainError } from './support/explainError.js';

const UserInfo = t.type({ name: t.string, age: t.number });

type State = { readonly status: string; readonly user: PartialOf<t.TypeOf<typeof UserInfo>> };
type UserAction = { readonly type: 'ask'; readonly text: string } | { readonly type: 'show'; readonly state: State };

const { client, model, close } = await chooseModel();
const show = (status: string, user: State['user'] = {}): UserAction => ({ type: 'show', state: { status, user } });

const extract: Epic<UserAction, UserAction, State> = (actions) =>
  actions.pipe(
    filter((action) => action.type === 'ask'),
    // A new question aborts the request for the old one.
    switchMap(({ text }) =>
      structuredCompletion(openaiChat(client, { model }), {
        codec: UserInfo,
        messages: [{ role: 'user', content: `Extract user info: ${text}` }],
      }).pipe(
        map(
          E.match(
            ({ message }) => show(message),
            ({ _tag, value }) => show(_tag, value),
          ),
        ),
        catchError((error: unknown) => of(show(explainError(error)))),
        finalize(close),
      ),
    ),
  );

const epics = createEpicMiddleware<UserAction, UserAction, State>();
const reducer = (state: State = { status: 'none', user: {} }, action: UserAction): State =>
  action.type === 'show' ? action.state : state;
const store = createStore(reducer, applyMiddleware(epics));
epics.run(extract);

store.subscribe(() => console.log(store.getState()));
store.dispatch({ type: 'ask', text: 'John is 30 years old.' });
