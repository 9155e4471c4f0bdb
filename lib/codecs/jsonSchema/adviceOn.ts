import type { SchemaDialect } from '../../completions/SchemaDialect.js';
import { adviceOnGap } from './adviceOnGap.js';
import type { OpaqueShape } from './Shape.js';

/** The caller that needs the schema: `toJsonSchema`, or a chain that asks a model. */
export type SchemaReader = 'toJsonSchema' | 'model';

/** Where the reader of an error stands: advice is for what he can change there. */
export interface Reader {
  readonly dialect: SchemaDialect;
  readonly reader: SchemaReader;
  /** The library whose schema it is; none for io-ts. */
  readonly library: string | undefined;
}

/** How a library says what is advised. */
interface Words {
  /** For a value of any kind: the beginning of a sentence. */
  readonly anything: string;
  /** An object whose keys are known. */
  readonly named: string;
  /** The list that stands for an object of any keys. */
  readonly entries: string;
  /** The object around a root that is not one. */
  readonly wrapper: string;
  /** How a codec says which JSON it takes. */
  readonly opaque: string;
  /** The same, of a schema for which its library has written no JSON Schema at all. */
  readonly silent?: string;
}

const ioTs: Words = {
  anything: 'Say what is expected',
  named: 't.type, or t.record over t.keyof',
  entries: 't.array(t.type({ key: t.string, value: … }))',
  wrapper: 't.strict({ value: … })',
  opaque: 'Give it a schema, or a codec that looks the same: withDescription(codec, { schema: t.string }).',
};

const libraries: Readonly<Record<string, Words>> = {
  zod: {
    anything: 'Say what is expected (z.union([z.string(), z.number()]), z.object …)',
    named: 'z.object, or z.record over z.enum',
    entries: 'z.array(z.object({ key: z.string(), value: … }))',
    wrapper: 'z.object({ value: … })',
    opaque: 'Say which JSON it takes: z.codec(…), .meta({ type: … }), or z.string().transform(…).',
    silent:
      "zod says it from version 4.2 on: npm install zod@latest, and import from 'zod'. A schema of zod/mini says it in z.toJSONSchema(schema).",
  },
  valibot: {
    anything: 'Say what is expected (v.union([v.string(), v.number()]), v.object …)',
    named: 'v.object, or v.record over v.picklist',
    entries: 'v.array(v.object({ key: v.string(), value: … }))',
    wrapper: 'v.object({ value: … })',
    opaque:
      'valibot writes its JSON Schema with another package: toStandardJsonSchema(schema) of @valibot/to-json-schema. Where that has none, say which JSON the schema takes: v.pipe(v.string(), v.transform(…)).',
  },
  arktype: {
    anything: "Say what is expected (type('string | number'), type({ … }))",
    named: "type({ name: 'string' })",
    entries: "type({ key: 'string', value: … }).array()",
    wrapper: 'type({ value: … })',
    opaque: "Say which JSON it takes: type('string').pipe(…).",
  },
};

/** For libraries that we have no words for (Effect, say): plain words instead of code that would not compile there. */
const anyLibrary: Words = {
  anything: 'Say what is expected',
  named: 'an object with those keys',
  entries: 'objects with a key and a value',
  wrapper: 'an object with one key',
  opaque: 'Give the codec a schema: withDescription(fromStandardSchema(schema), { schema: … }).',
};

function findWords(library: string | undefined): Words {
  return library === undefined ? ioTs : (libraries[library] ?? anyLibrary);
}

/** The beginning of a sentence about what a provider takes. */
const names: Readonly<Record<SchemaDialect, string>> = {
  openai: 'strict mode has',
  anthropic: "Anthropic's structured outputs have",
  open: 'JSON Schema has',
};

/** The way around the limits of a dialect, as the end of a sentence. */
export function adviseWayAround({ dialect, reader }: Omit<Reader, 'library'>): string {
  if (reader === 'toJsonSchema') return "pass { dialect: 'open' } to toJsonSchema";
  return dialect === 'openai'
    ? 'ask without strict mode: openaiChat(client, params, { strict: false })'
    : "ask with a tool: anthropicMessages(client, params, { mode: 'tool' })";
}

/** The problems of parts of a schema, and what the reader can do about them. */
export const adviceOn = {
  anyValue: (reader: Reader): string =>
    `any value would do, and ${names[reader.dialect]} no schema for that. ${findWords(reader.library).anything}, or ${adviseWayAround(reader)}.`,

  /** For an object whose keys are entries. */
  record: (reader: Reader): string => {
    const { named, entries } = findWords(reader.library);
    return `${names[reader.dialect]} no schema for an object with keys of any name. Name the keys (${named}), ask for a list of entries (${entries}), or ${adviseWayAround(reader)}.`;
  },

  /** Only where `toJsonSchema` is called: the chains wrap an answer that is not an object. */
  root: (reader: Reader): string =>
    `${names[reader.dialect]} only schemas whose root is an object, and not a union of objects. Wrap it: ${findWords(reader.library).wrapper}.`,

  recursion: (reader: Reader): string =>
    `it contains itself, and ${names[reader.dialect]} no schema for that. Say how deep it goes with a schema for each level, or ${adviseWayAround(reader)}.`,

  /** For a key that the provider does not take as a name. */
  key: ({ reader }: Reader, key: string, names: RegExp): string => {
    const way =
      reader === 'toJsonSchema' ? "pass { dialect: 'open' } to toJsonSchema" : "ask in words: { mode: 'text' }";
    return `the provider takes only keys that match ${names.source}, and not ${JSON.stringify(key)}. Rename the key, or ${way}.`;
  },

  /** A schema without any JSON Schema is known by the name of its codec. */
  opaque: (reader: Reader, { name, gap }: Pick<OpaqueShape, 'name' | 'gap'>): string => {
    if (gap !== undefined) return adviceOnGap(name, gap);
    const vendor = reader.library === undefined ? /^(\w+) schema$/.exec(name)?.[1] : undefined;
    const { opaque, silent = opaque } = findWords(reader.library ?? vendor);
    return `${name} is only a function: it does not say which JSON it takes. ${vendor === undefined ? opaque : silent}`;
  },

  impossible: (name: string): string =>
    `no JSON value satisfies ${name}. Take it out, or decode it from a value that JSON has.`,
};
