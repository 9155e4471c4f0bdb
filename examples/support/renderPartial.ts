import { inspect } from 'node:util';

const faint = (text: string): string => `\x1b[2m${text}\x1b[22m`;
const bright = (text: string): string => `\x1b[33m${text}▌\x1b[39m`;

/** A value as a terminal shows it, line by line, with a cursor where it is still being written. */
export function renderPartial(value: unknown, path?: readonly (string | number)[]): readonly string[] {
  if (typeof value !== 'object' || value === null) {
    const text = value === undefined ? '' : inspect(value);
    return [path === undefined ? text : bright(text)];
  }
  const label = (name: string): string => (Array.isArray(value) ? '' : `${faint(`${name}:`)} `);
  const key = path?.[0]?.toString();

  const fields = Object.entries(value).flatMap(([name, inner]) => {
    const [first = '', ...rest] = renderPartial(inner, name === key ? path?.slice(1) : undefined);
    return [label(name) + first, ...rest];
  });
  // A value that is withheld until it is complete has begun, but shows nothing yet.
  if (key !== undefined && !Object.hasOwn(value, key)) fields.push(label(key) + bright(''));
  if (path?.length === 0) fields.push(bright(''));

  const [opening, closing] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (fields.length === 0) return [opening + closing];
  return [opening, ...fields.map((line) => `  ${line}`), closing];
}
