// You will see three tool calls of one answer, two of them typed while they are written; the third tool does not exist.
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { finalize, map, mergeMap, of, type Observable } from 'rxjs';
import { decodeToolCalls, toJsonSchema, toolCalls } from 'rx-structured';
import { fromChatCompletion } from 'rx-structured/openai';
import { chooseModel } from './support/chooseModel.js';
import { printError } from './support/printError.js';

const tools = {
  search: t.type({ query: t.string, limit: t.number }),
  weather: t.type({ city: t.string, days: t.number }),
};

const { client, model, close } = await chooseModel();

fromChatCompletion(client, {
  model,
  messages: [{ role: 'user', content: 'Plan a picnic in Bonn: find a park, see to the weather and to a table.' }],
  tools: Object.entries(tools).map(([name, codec]) => ({
    type: 'function',
    function: { name, parameters: toJsonSchema(codec), strict: true },
  })),
})
  .pipe(
    toolCalls(),
    decodeToolCalls(tools),
    mergeMap((call): Observable<string> => {
      if (E.isLeft(call)) return of(call.left.message);
      const wrong = ({ message }: { message: string }) => `${call.right.name}: ${message}`;
      switch (call.right.name) {
        case 'search':
          return call.right.decoded.pipe(
            map(E.match(wrong, ({ _tag, value }) => `${_tag}: search for "${value.query ?? ''}"`)),
          );
        case 'weather':
          return call.right.decoded.pipe(
            map(E.match(wrong, ({ _tag, value }) => `${_tag}: weather in "${value.city ?? ''}"`)),
          );
      }
    }),
    finalize(close),
  )
  .subscribe({ next: (line) => console.log(line), error: printError });
