import * as t from 'io-ts';

const Contact = t.intersection([
  t.type({ name: t.string, email: t.string }),
  t.partial({ company: t.string, phone: t.string, address: t.string }),
]);

const LineItem = t.type({ description: t.string, quantity: t.Int, unitPrice: t.number });

/** The object that the model writes and the page shows. Browser and server decode it with the same codec. */
export const Extraction = t.type({
  contact: Contact,
  currency: t.keyof({ EUR: null, USD: null, GBP: null, CHF: null }),
  lineItems: t.array(LineItem),
});

export type Extraction = t.TypeOf<typeof Extraction>;
export type LineItem = t.TypeOf<typeof LineItem>;
