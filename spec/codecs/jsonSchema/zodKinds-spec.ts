import { expect } from 'chai';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import * as z from 'zod';
import { SchemaError } from '../../../lib/codecs/jsonSchema/SchemaError.js';
import { toJsonSchema } from '../../../lib/codecs/jsonSchema/toJsonSchema.js';
import type { SchemaDialect } from '../../../lib/completions/SchemaDialect.js';
import { expectTaken } from '../../support/providerRules.js';

/** As they stand in the documentation. */
const kinds = [
  'z.string()',
  'z.string().min(2).max(40)',
  'z.string().regex(/^[A-Z]{3}$/)',
  String.raw`z.string().regex(/^\d+$/)`,
  'z.string().regex(/^a$/i)',
  'z.string().regex(/^[a-c]+$/).regex(/^[b-d]+$/)',
  "z.string().startsWith('a')",
  "z.templateLiteral(['v', z.int()])",
  'z.email()',
  'z.url()',
  'z.uuid()',
  'z.iso.date()',
  'z.iso.time()',
  'z.iso.datetime()',
  'z.ulid()',
  'z.stringbool()',
  'z.number()',
  'z.number().min(1).max(5)',
  'z.number().positive()',
  'z.number().multipleOf(0.5)',
  'z.int()',
  'z.boolean()',
  'z.null()',
  "z.literal('a')",
  "z.enum(['a', 'b'])",
  "z.literal(['a', 1, null])",
  'z.array(z.string())',
  'z.array(z.string()).min(2).max(4)',
  'z.tuple([z.string(), z.number()])',
  'z.tuple([z.string()], z.number())',
  'z.object({ a: z.string() })',
  'z.object({ a: z.string().optional() })',
  'z.looseObject({ a: z.string() })',
  'z.object({ a: z.string() }).catchall(z.number())',
  'z.record(z.string(), z.number())',
  "z.record(z.enum(['a', 'b']), z.number())",
  'z.union([z.string(), z.number()])',
  "z.discriminatedUnion('k', [z.object({ k: z.literal('a') }), z.object({ k: z.literal('b') })])",
  'z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() }))',
  'z.json()',
  'z.string().optional()',
  'z.string().nullable()',
  'z.string().nullish()',
  "z.string().default('a')",
  "z.string().catch('a')",
  'z.string().transform(Number)',
  'z.string().transform(Number).pipe(z.number())',
  'z.preprocess(String, z.string())',
  'z.coerce.number()',
  "z.string().brand('Id')",
  "z.string().describe('A name.').meta({ examples: ['Ann'] })",
  'z.unknown()',
  'z.never().optional()',
  'z.undefined()',
  'z.date()',
  "z.coerce.date().meta({ type: 'string', format: 'date-time' })",
  'z.bigint()',
  'z.map(z.string(), z.number())',
  'z.set(z.string())',
  'z.symbol()',
  'z.nan()',
  'z.file()',
  'z.instanceof(Date)',
] as const;

const dialects: readonly SchemaDialect[] = ['openai', 'anthropic', 'open'];

/** Patterns that libraries write are longer than a table is wide. */
const short = (pattern: string): string => (pattern.length > 40 ? `${pattern.slice(0, 12)}…` : pattern);

/** The schema that is sent for a property of this kind. */
function sent(kind: string, dialect: SchemaDialect): string {
  const make = compileFunction(`return z.object({ it: ${kind} })`, ['z']) as (library: typeof z) => z.ZodType;
  const schema = make(z);
  try {
    const written = toJsonSchema(schema, { dialect });
    expectTaken(written, dialect);
    const { properties = {}, required = [], $defs } = written;
    if (!('it' in properties)) return 'no such key';
    const abridged = JSON.stringify(properties['it'], (keyword, value: unknown) =>
      keyword === 'pattern' && typeof value === 'string' ? short(value) : value,
    ).replaceAll(/`\^[^`]{40,}`/g, (pattern) => `\`${short(pattern.slice(1, -1))}\``);
    const notes = [required.includes('it') ? [] : 'not required', $defs === undefined ? [] : 'with `$defs`'].flat();
    return [`\`\`${abridged.replaceAll('|', '\\|')}\`\``, ...notes].join(', ');
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    return `\`${error.code}\``;
  }
}

function rowOf(kind: string): string {
  const [openai = '', anthropic = '', open = ''] = dialects.map((dialect) => sent(kind, dialect));
  const isSame = openai === anthropic && anthropic === open;
  return `| \`${kind}\` | ${isSame ? `${openai} | same | same` : `${openai} | ${anthropic} | ${open}`} |`;
}

const page = join(import.meta.dirname, '../../../docs/json-schema.md');
const [begin, end] = ['<!-- zod kinds: begin -->', '<!-- zod kinds: end -->'];

describe('the table of zod’s kinds', () => {
  it('says what is sent in each dialect', () => {
    const head = ['| zod | `openai` | `anthropic` | `open` |', '| --- | --- | --- | --- |'];
    const table = [begin, '', '<!-- prettier-ignore -->', ...head, ...kinds.map(rowOf), '', end].join('\n');
    const text = readFileSync(page, 'utf8');
    const [before = '', rest = ''] = text.split(begin);
    const [, after = ''] = rest.split(end);
    // `ACCEPT_API=1` writes it, as it writes the public declarations.
    if (process.env['ACCEPT_API'] !== undefined) writeFileSync(page, `${before}${table}${after}`);
    else expect(text.slice(text.indexOf(begin), text.indexOf(end) + end.length)).to.equal(table);
  });
});
