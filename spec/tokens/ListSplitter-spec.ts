import { expect } from 'chai';
import fc from 'fast-check';
import { from } from 'rxjs';
import type { Json } from '../../lib/partials/PartialJson.js';
import { accumulatePartial } from '../../lib/partials/accumulatePartial.js';
import type { JsonTokens } from '../../lib/tokens/JsonToken.js';
import { ListSplitter } from '../../lib/tokens/ListSplitter.js';
import { toJsonTokens } from '../../lib/tokens/toJsonTokens.js';

function tokensOf(deltas: readonly string[]): JsonTokens[] {
  const batches: JsonTokens[] = [];
  from(deltas)
    .pipe(toJsonTokens())
    .subscribe((batch) => batches.push(batch));
  return batches;
}

function valueOf(batches: readonly JsonTokens[]): Json | undefined {
  let value: Json | undefined;
  from(batches)
    .pipe(accumulatePartial())
    .subscribe((partial) => {
      value = partial.value;
    });
  return value;
}

/** The splitter's output for a text in these deltas: the elements, their texts, and the document around them. */
function split(deltas: readonly string[]) {
  const splitter = new ListSplitter('items');
  const lists: JsonTokens[] = [];
  const elements: JsonTokens[][] = [];
  const closed: boolean[] = [];
  for (const batch of tokensOf(deltas)) {
    const { list, elements: pieces } = splitter.split(batch);
    lists.push(list);
    for (const { index, tokens, isLast } of pieces) {
      (elements[index] ??= []).push(tokens);
      expect(closed[index] ?? false, 'a closed element gets no more').to.equal(false);
      closed[index] = isLast;
    }
  }
  return {
    list: valueOf(lists),
    elements: elements.map(valueOf),
    texts: elements.map((pieces) => pieces.map(({ text }) => text).join('')),
    closed,
  };
}

const cutAt = (text: string, position: number) => [text.slice(0, position), text.slice(position)];

describe('ListSplitter', () => {
  it('takes the elements out of the list, whatever they are, at every cut', () => {
    const text = '{"n": 1, "items": [ {"a":[1,{"items":[0]}]} , "x, ", -1.5e2 ,null,[ ], "" ,{}], "rest": [7]}';
    for (let position = 0; position <= text.length; position++)
      expect(split(cutAt(text, position)), `cut at ${position}`).to.deep.equal({
        list: { n: 1, items: [], rest: [7] },
        elements: [{ a: [1, { items: [0] }] }, 'x, ', -150, null, [], '', {}],
        texts: ['{"a":[1,{"items":[0]}]}', '"x, "', '-1.5e2', 'null', '[ ]', '""', '{}'],
        closed: Array(7).fill(true),
      });
  });

  it('finds no elements if the document has no such list', () => {
    for (const text of ['{}', '[1,2]', '{"items":{"items":[1]}}', '{"items":3}', '[{"items":[1]}]', '{"other":[1]}'])
      expect(split([text]), text).to.deep.equal({
        list: JSON.parse(text) as unknown,
        elements: [],
        texts: [],
        closed: [],
      });
  });

  it('gives the elements of any list, in any deltas', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.integer({ min: 1, max: 9 }), (items, size) => {
        const text = JSON.stringify({ items });
        const deltas = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
        const parsed = (JSON.parse(text) as { items: Json[] }).items;
        const { list, elements, texts } = split(deltas);
        expect(list).to.deep.equal({ items: [] });
        expect(elements).to.deep.equal(parsed);
        expect(texts).to.deep.equal(parsed.map((item) => JSON.stringify(item)));
      }),
    );
  });
});
