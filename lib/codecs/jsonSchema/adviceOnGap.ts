/**
 * By the part of a library that has no JSON form (the `gap` of a opaque shape): what works in its place. Only who asks
 * a model needs these words: a page that decodes what a server has asked for does not have them.
 */
const instead: Readonly<Record<string, string>> = {
  'z.bigint':
    "Ask for digits: z.string().regex(/^-?[0-9]+$/).transform(BigInt), or z.coerce.bigint().meta({ type: 'string', pattern: '^-?[0-9]+$' }).",
  'z.custom':
    "z.custom and z.instanceof do not say which JSON they take. Ask for what the value is made of: z.string().transform(…), or z.custom(…).meta({ type: 'string' }).",
  'z.date':
    "Ask for text: z.iso.datetime().transform((text) => new Date(text)), or z.coerce.date().meta({ type: 'string', format: 'date-time' }).",
  'z.file': 'Ask for its name or its text: z.string().transform(…).',
  'z.function': 'Take it out of what is asked for, and add it in a transform.',
  'z.map':
    'Ask for a list of entries: z.array(z.tuple([z.string(), z.number()])).transform((entries) => new Map(entries)).',
  'z.nan': 'Ask for null: z.null().transform(() => NaN).',
  'z.set': 'Ask for a list: z.array(z.string()).transform((items) => new Set(items)).',
  'z.symbol': 'Ask for a word: z.enum([…]).transform(…).',
  'z.transform':
    'It does not say which JSON it takes. Put that before it: z.string().transform(…), or z.preprocess(…, z.number()).',
  'v.bigint': 'Ask for digits: v.pipe(v.string(), v.digits(), v.transform(BigInt)).',
  'v.custom': 'Say which JSON it is made of: v.pipe(v.string(), v.transform(…)).',
  'v.date': 'Ask for text: v.pipe(v.string(), v.isoTimestamp(), v.transform((text) => new Date(text))).',
  'v.map':
    'Ask for a list of entries: v.pipe(v.array(v.tuple([v.string(), v.number()])), v.transform((entries) => new Map(entries))).',
  'v.set': 'Ask for a list: v.pipe(v.array(v.string()), v.transform((items) => new Set(items))).',
};

const arktype =
  "it has no JSON form: JSON has no dates, bigints, maps or symbols. Ask for text and turn it into one: type('string.date.iso.parse'), type('string').pipe((text) => BigInt(text)), or entries of type(['string', 'number'], '[]').pipe((entries) => new Map(entries)).";

/** Advice on a part that has no JSON form: another one to write in its place. */
export function adviceOnGap(name: string, gap: string): string {
  if (gap === 'arktype') return arktype;
  return `${name} has no JSON form. ${instead[gap] ?? instead['v.custom']}`;
}
