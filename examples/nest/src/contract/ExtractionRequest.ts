import * as t from 'io-ts';

export const LONGEST_TEXT = 20_000;

/** A text of a reasonable length. */
const PastedText = t.brand(
  t.string,
  (text): text is t.Branded<string, { readonly PastedText: symbol }> =>
    text.trim().length > 0 && text.length <= LONGEST_TEXT,
  'PastedText',
);

/** The body of the page's request. */
export const ExtractionRequest = t.strict({ text: PastedText });

export type ExtractionRequest = t.TypeOf<typeof ExtractionRequest>;
