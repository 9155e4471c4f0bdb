// You will see five views of one answer, each at a pace of its own, and a single request behind them.
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { auditTime, distinctUntilChanged, filter, finalize, map, merge, share, tap, type Observable } from 'rxjs';
import { structuredCompletion, type StructuredAnswer } from 'rx-structured';
import { openaiChat } from 'rx-structured/openai';
import { chooseModel } from './support/chooseModel.js';
import { printError } from './support/printError.js';

const Theme = t.type({ name: t.string, quote: t.string });
const Review = t.type({ title: t.string, year: t.number, summary: t.string, themes: t.array(Theme) });

const { client, model, close } = await chooseModel();

const answers = structuredCompletion(openaiChat(client, { model }), {
  codec: Review,
  messages: [{ role: 'user', content: 'Review Walden.' }],
}).pipe(
  tap({ subscribe: () => console.log('request made') }),
  // All views share one subscription, and so one request.
  share(),
);

/** A part of the partial, whenever it changes. */
const changes = (part: (answer: StructuredAnswer<t.TypeOf<typeof Review>>) => unknown) =>
  answers.pipe(
    filter(E.isRight),
    map(({ right }) => part(right)),
    distinctUntilChanged(),
  );

const views: Readonly<Record<string, Observable<unknown>>> = {
  progress: answers.pipe(
    map((_, index) => index),
    auditTime(500),
  ),
  field: changes(({ value }) => value.title),
  list: changes(({ value }) => value.themes?.length),
  validity: answers.pipe(
    map((answer) => (E.isLeft(answer) ? answer.left.message : answer.right._tag)),
    distinctUntilChanged(),
  ),
  cost: changes((answer) => (answer._tag === 'Complete' ? answer.completion.usage : 'not known yet')),
};

merge(...Object.entries(views).map(([name, view]) => view.pipe(tap((seen) => console.log(`${name}:`, seen)))))
  .pipe(finalize(close))
  .subscribe({ error: printError });
