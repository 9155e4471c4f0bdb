/** All that the form holds, and the address of the page. */
export interface Settings {
  readonly sample: string;
  readonly codec: string;
  readonly schema: string;
  readonly text: string;
  readonly size: number;
  readonly pace: number;
  readonly end: string;
  readonly words: boolean;
}

const ORDER =
  '{"customer":"Marlene Okafor","items":[{"sku":"oak-shelf","quantity":3},{"sku":"bracket","quantity":12}],"express":false}';
const WRONG = ORDER.replace('12', '"twelve"');

const schema = `{
  "type": "object",
  "properties": {
    "name": { "type": "string", "maxLength": 20 },
    "tags": {
      "type": "array",
      "items": { "enum": ["new", "sale"] }
    },
    "price": { "type": "number", "minimum": 0 }
  },
  "required": ["name", "tags"]
}`;

const usual: Settings = {
  sample: 'right',
  codec: 'order',
  schema,
  text: ORDER,
  size: 4,
  pace: 30,
  end: 'stop',
  words: false,
};

/** Answers to pick, by the name in the address. */
export const samples: Readonly<Record<string, { readonly name: string; readonly settings: Settings }>> = {
  right: { name: 'right', settings: usual },
  wrong: { name: 'wrong at a place', settings: { ...usual, sample: 'wrong', text: WRONG } },
  attempts: { name: 'two attempts', settings: { ...usual, sample: 'attempts', text: `${WRONG}\n---\n${ORDER}` } },
  literal: {
    name: 'wrong within a word',
    settings: {
      ...usual,
      sample: 'literal',
      codec: 'colour',
      text: '{"colour":"grey"}\n---\n{"colour":"green"}',
      size: 1,
      pace: 60,
    },
  },
  syntax: {
    name: 'not JSON',
    settings: {
      ...usual,
      sample: 'syntax',
      codec: 'user',
      text: '{"name":"Ann",\'age\':30}\n---\n{"name":"Ann","age":30}',
    },
  },
  truncated: {
    name: 'truncated',
    settings: { ...usual, sample: 'truncated', text: ORDER.slice(0, 74), end: 'length' },
  },
  fenced: {
    name: 'in a fence',
    settings: {
      ...usual,
      sample: 'fenced',
      text: `Here is the order:\n\`\`\`json\n${ORDER}\n\`\`\`\nAnything else?`,
      words: true,
    },
  },
  slow: { name: 'slow', settings: { ...usual, sample: 'slow', size: 2, pace: 180 } },
  tools: {
    name: 'with tools',
    settings: {
      ...usual,
      sample: 'tools',
      codec: 'user',
      text: 'call weather {"city":"Bonn"}\n---\n{"name":"Ann, where it is sunny","age":30}',
    },
  },
  fallback: {
    name: 'a model that is down',
    settings: { ...usual, sample: 'fallback', text: `fails with 503 Service Unavailable\n---\n${ORDER}` },
  },
  schema: {
    name: 'a JSON Schema',
    settings: {
      ...usual,
      sample: 'schema',
      codec: 'schema',
      text: '{"name":"Lamp","tags":["new","old"],"price":12.5}\n---\n{"name":"Lamp","tags":["new","sale"],"price":12.5}',
    },
  },
};

export const start: Settings = (samples['attempts'] ?? { settings: usual }).settings;

/** From the address of the page: a sample, and what is other than in it. */
export function readHash(hash: string): Settings {
  const read = new URLSearchParams(hash.replace(/^#/, ''));
  const base = samples[read.get('sample') ?? '']?.settings ?? start;
  return {
    sample: read.get('sample') ?? base.sample,
    codec: read.get('codec') ?? base.codec,
    schema: read.get('schema') ?? base.schema,
    text: read.get('text') ?? base.text,
    size: numberOf(read.get('size'), base.size, 1, 999),
    pace: numberOf(read.get('pace'), base.pace, 0, 2000),
    end: read.get('end') ?? base.end,
    words: read.has('words') ? read.get('words') === 'true' : base.words,
  };
}

export function writeHash(settings: Settings): string {
  const base = samples[settings.sample]?.settings ?? start;
  const written = new URLSearchParams({ sample: settings.sample });
  for (const key of Object.keys(base) as (keyof Settings)[])
    if (key !== 'sample' && settings[key] !== base[key]) written.set(key, String(settings[key]));
  return `#${written.toString()}`;
}

function numberOf(text: string | null, usual: number, least: number, most: number): number {
  const number = Number(text ?? usual);
  return Number.isFinite(number) ? Math.min(most, Math.max(least, Math.round(number))) : usual;
}
