import * as t from 'io-ts';

/** A codec to choose, and how one writes it. */
export interface ChosenCodec {
  readonly name: string;
  readonly codec: t.Mixed;
  readonly source: string;
}

export const codecs: Readonly<Record<string, ChosenCodec>> = {
  user: {
    name: 'a user',
    codec: t.type({ name: t.string, age: t.number }, 'User'),
    source: `const User = t.type({
  name: t.string,
  age: t.number,
});`,
  },
  order: {
    name: 'an order',
    codec: t.type(
      {
        customer: t.string,
        items: t.array(t.type({ sku: t.string, quantity: t.Int })),
        express: t.boolean,
      },
      'Order',
    ),
    source: `const Order = t.type({
  customer: t.string,
  items: t.array(t.type({ sku: t.string, quantity: t.Int })),
  express: t.boolean,
});`,
  },
  colour: {
    name: 'one of three words',
    codec: t.type({ colour: t.keyof({ red: null, green: null, blue: null }) }, 'Colour'),
    source: `const Colour = t.type({
  colour: t.keyof({ red: null, green: null, blue: null }),
});`,
  },
  shape: {
    name: 'a union',
    codec: t.union(
      [t.type({ kind: t.literal('circle'), radius: t.number }), t.type({ kind: t.literal('square'), side: t.number })],
      'Shape',
    ),
    source: `const Shape = t.union([
  t.type({ kind: t.literal('circle'), radius: t.number }),
  t.type({ kind: t.literal('square'), side: t.number }),
]);`,
  },
};
