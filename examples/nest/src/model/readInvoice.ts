/** Reads a text as the embedded model does. A quantity stays a word until the model is corrected. */
interface Reading {
  readonly contact: Record<'name' | 'email' | 'company' | 'phone' | 'address', string | null>;
  readonly currency: string;
  readonly lineItems: readonly {
    readonly description: string;
    readonly quantity: number | string;
    readonly unitPrice: number;
  }[];
}

const words = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const company = /\b(GmbH|AG|Ltd\.?|Limited|Inc\.?|LLC|LLP|B\.V\.|S\.A\.|SARL|& (?:Sons|Co\.?|Partners))(?=\s|$|,)/;
const item =
  /^\s*(?:[-*•]\s*)?(\d+|[a-z]+)\s*(?:x|×|pcs\.?|pieces of)?\s+(.+?)[\s,]*(?:\bat|\bà|@|–|—|:)\s*(?:EUR|USD|GBP|CHF|[€$£])?\s*(\d[\d.,]*)/i;
const currencies = { EUR: /EUR|€/, USD: /USD|\$/, GBP: /GBP|£/, CHF: /CHF/ };

/**
 * Reads an invoice by patterns, which stand in for understanding in the embedded model.
 *
 * Like many small models it copies `two` where a number is asked for, until it is told.
 */
export function readInvoice(text: string, corrected: boolean): Reading {
  const lines = text.split('\n').map((line) => line.trim());
  const signature = lines.slice(lines.findLastIndex((line) => /regards|sincerely|cheers|thanks,/i.test(line)) + 1);
  const line = (pattern: RegExp): string | null => signature.find((candidate) => pattern.test(candidate)) ?? null;

  return {
    contact: {
      name: signature.find((candidate) => /^\p{Lu}[\p{L}.'-]*( \p{Lu}[\p{L}.'-]*){1,3}$/u.test(candidate)) ?? '',
      email: /[\w.+-]+@[\w-]+(\.[\w-]+)+/.exec(signature.join('\n'))?.[0] ?? '',
      company: line(company),
      phone:
        /\+?\d[\d ()/-]{7,}\d/.exec(signature.filter((l) => /tel|phone|mobile|^\+/i.test(l)).join('\n'))?.[0] ?? null,
      address: line(/\b\d{4,5}\b.*\p{L}{3,}|\p{L}{3,}.*\b[A-Z]{1,2}\d{1,2} \d[A-Z]{2}\b/u),
    },
    currency: Object.entries(currencies).find(([, sign]) => sign.test(text))?.[0] ?? 'EUR',
    lineItems: lines.flatMap((candidate) => {
      const [, count = '', description = '', price = ''] = item.exec(candidate) ?? [];
      const quantity = /^\d+$/.test(count) ? Number(count) : words.indexOf(count.toLowerCase());
      if (quantity < 0 || description === '') return [];
      return [
        {
          description,
          quantity: /^\d+$/.test(count) || corrected ? quantity : count.toLowerCase(),
          unitPrice: Number(
            price
              .replace(/[.,](?=\d{3})/g, '')
              .replace(',', '.')
              .replace(/\.$/, ''),
          ),
        },
      ];
    }),
  };
}
