import * as t from 'io-ts';

/** The codec of {@link records}. */
export const Records = t.type({
  items: t.array(
    t.type({
      id: t.number,
      name: t.string,
      email: t.string,
      balance: t.number,
      active: t.boolean,
      note: t.union([t.string, t.null]),
      tags: t.array(t.string),
    }),
  ),
});

/** About 200 KB of JSON as a model would write it: records of strings, numbers, flags, lists. */
export function records(size = 200_000): string {
  const items: unknown[] = [];
  for (let id = 0, length = 0; length < size; id++) {
    const item = {
      id,
      name: `Customer ${id} of the "north" branch`,
      email: `customer.${id}@example.com`,
      balance: id * 1.25,
      active: id % 3 === 0,
      note: id % 4 === 0 ? null : 'Called twice about the invoice; wants it by letter.\nAnswered — friendly.',
      tags: ['retail', 'eu', `tier-${id % 5}`],
    };
    items.push(item);
    length += JSON.stringify(item).length + 1;
  }
  return JSON.stringify({ items });
}

/** A text in deltas of about the size of a model's tokens. */
export function deltasOf(text: string, size = 4): string[] {
  const deltas: string[] = [];
  for (let at = 0; at < text.length; at += size) deltas.push(text.slice(at, at + size));
  return deltas;
}
