export interface AnsweredCall {
  readonly name: string;
  /** JSON, as the model writes it. */
  readonly arguments: string;
}

/**
 * The tools that the embedded model calls for a question. One of them does not exist.
 *
 * @param results How many results of calls it has been told.
 */
export function callsFor(question: string, results = 0): readonly AnsweredCall[] | undefined {
  const [, order] = /Where is my order (\d+)/.exec(question) ?? [];
  if (order !== undefined)
    return results === 0 ? [{ name: 'lookUpOrder', arguments: `{"order":${order}}` }] : undefined;
  if (!/picnic in Bonn/.test(question)) return undefined;
  const calls = {
    weather: { city: 'Bonn', days: 2 },
    book_table: { seats: 4 },
    search: { query: 'parks with picnic tables in Bonn', limit: 3 },
  };
  return Object.entries(calls).map(([name, values]) => ({ name, arguments: JSON.stringify(values) }));
}
