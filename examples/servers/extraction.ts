// Every server here sends this: the answer's text and its verdicts, from one request to the model.
import { structuredCompletion } from 'rx-structured';
import { openaiChat } from 'rx-structured/openai';
import { answerEvents, type AnswerEvent } from 'rx-structured/sse';
import { finalize, type Observable } from 'rxjs';
import { chooseModel } from '../support/chooseModel.js';
import { UserInfo } from './UserInfo.js';

const { client, model } = await chooseModel();

/** Asks once per subscription; unsubscribing aborts the request. */
export function extraction(text: string): Observable<AnswerEvent> {
  return answerEvents((watch) =>
    structuredCompletion(openaiChat(client, { model }), {
      codec: UserInfo,
      messages: [{ role: 'user', content: `Extract user info: ${text}` }],
      retries: 2,
      watch,
    }),
  ).pipe(
    finalize(() => {
      console.log('request over');
    }),
  );
}
