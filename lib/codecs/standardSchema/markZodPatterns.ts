import { marks } from '../jsonSchema/marks.js';
import type { Keywords } from './askVendor.js';
import { tellingFlags } from './tellingFlags.js';
import type { ZodNode } from './markZod.js';

/** Formats that are a pattern by another name, and no format to anyone else. */
const ownPatterns = new Set(['regex', 'starts_with', 'ends_with', 'includes', 'lowercase', 'uppercase']);

/** Formats whose pattern zod brings along. */
const formats: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    'base64 base64url cidrv4 cidrv6 cuid cuid2 date duration e164 email emoji hex hostname ipv4 ipv6 jwt ksuid mac nanoid ulid uuid xid'
      .split(' ')
      .map((name) => [name, name]),
  ),
  datetime: 'date-time',
  guid: 'uuid',
  url: 'uri',
};

/** Tells the patterns of zod's formats from the user's, and those of the user from those that need their flags. */
export function markZodPatterns({ zodSchema, jsonSchema }: ZodNode): void {
  const { def } = zodSchema._zod;
  if (def.type !== 'string') return;
  const checks = [def, ...(def.checks ?? []).map(({ _zod }) => _zod.def)].filter(
    ({ check }) => check === 'string_format',
  );
  // A format of zod brings a pattern that the user did not write: by its source it is told from the user's own.
  const users = new Map(
    checks.flatMap(({ format = '', pattern }) =>
      pattern === undefined || format in formats ? [] : [[pattern.source, pattern]],
    ),
  );
  const all = listPatterns(jsonSchema);
  const flagged = all.filter((source) => tellingFlags.test(users.get(source)?.flags ?? ''));
  const own = all.filter((source) => !users.has(source));
  const named =
    jsonSchema['format'] ?? checks.map(({ format = '' }) => formats[format]).find((name) => name !== undefined);
  const format = typeof named === 'string' && ownPatterns.has(named) ? undefined : named;
  // Without a fitting format (zod's times have no zone, so theirs does not fit), only a pattern is sent.
  const [pattern, ...others] = [
    ...all.filter((source) => users.has(source) && !flagged.includes(source)),
    ...(format === undefined ? own : []),
  ];
  // zod's `override` changes the node in place: what is not deleted here is sent.
  for (const keyword of ['format', 'pattern', 'allOf']) Reflect.deleteProperty(jsonSchema, keyword);
  Object.assign(jsonSchema, {
    ...(format !== undefined && { format }),
    ...(pattern !== undefined && { pattern }),
    ...(others.length > 0 && { allOf: others.map((source) => ({ pattern: source })) }),
    ...(format !== undefined && own.length > 0 && { [marks.formatPattern]: own[0] }),
    ...(flagged.length > 0 && { [marks.flagged]: flagged.map((source) => String(users.get(source))) }),
  });
}

/** zod writes the first pattern beside the type and further ones into `allOf`. */
function listPatterns({ pattern, allOf }: Keywords): readonly string[] {
  const parts: readonly unknown[] = Array.isArray(allOf) ? allOf : [];
  return [pattern, ...parts.map((part) => (part as Keywords)['pattern'])].filter(
    (source) => typeof source === 'string',
  );
}
