import * as t from 'io-ts';
import { tool } from 'rx-structured';
import { delay, of } from 'rxjs';

/** In the place of a database. */
const articles: ReadonlyMap<string, string> = new Map([
  ['A-417', 'Oak shelf, 80 cm'],
  ['A-902', 'Steel bracket, black'],
]);

/** Lets the model look up what an article number stands for, before it writes the fields. */
export const lookUpArticle = tool({
  description: 'Looks up the name of an article by its number, such as A-417.',
  input: t.type({ number: t.string }),
  run: ({ number }) => of(articles.get(number) ?? 'unknown article').pipe(delay(400)),
});
