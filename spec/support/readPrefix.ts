import type { Json, JsonPath, PartialJson } from '../../lib/partials/PartialJson.js';

export interface ReadPrefixConfig {
  readonly numbers?: 'growing' | 'whole';
  readonly strings?: 'growing' | 'whole';
}

/** The value at some place of a text that may end anywhere. */
interface Reading {
  /** Nothing, while nothing is to be seen of it. */
  readonly value?: Json;
  /** Where it is still open, from itself inwards; nothing once it is closed. */
  readonly open?: JsonPath;
  /** Where the text goes on. */
  readonly rest: string;
}

/**
 * The partial of the beginning of a valid JSON text: the plainest way to compute it, which reads everything anew each
 * time and shares no code with the library.
 */
export function readPrefix(prefix: string, config: ReadPrefixConfig = {}): PartialJson {
  const { value, open } = readValue(prefix.trimStart(), config);
  return { value, path: open ?? [], complete: value !== undefined && open === undefined };
}

function readValue(text: string, config: ReadPrefixConfig): Reading {
  if (text.startsWith('{')) return readMembers(text.slice(1).trimStart(), config);
  if (text.startsWith('[')) return readElements(text.slice(1).trimStart(), config);
  if (text.startsWith('"')) return readString(text, config);
  const literal = /^(?:true|false|null)/.exec(text)?.[0];
  if (literal !== undefined) return { value: JSON.parse(literal) as Json, rest: text.slice(literal.length) };
  return /^[-\d]/.test(text) ? readNumber(text, config) : { open: [], rest: '' };
}

function readNumber(text: string, { numbers }: ReadPrefixConfig): Reading {
  const whole = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(text)?.[0];
  const rest = text.replace(/^[-+.\deE]*/, '');
  const value = whole === undefined ? {} : { value: JSON.parse(whole) as number };
  if (rest !== '') return { ...value, rest };
  return numbers === 'whole' ? { open: [], rest } : { ...value, open: [], rest };
}

function readString(text: string, { strings }: ReadPrefixConfig): Reading {
  const whole = /^"(?:[^"\\]|\\.)*"/s.exec(text)?.[0];
  if (whole !== undefined) return { value: JSON.parse(whole) as string, rest: text.slice(whole.length) };
  if (strings === 'whole') return { open: [], rest: '' };
  const decoded = JSON.parse(`${text.replace(/((?:^|[^\\])(?:\\\\)*)\\(?:u[\da-fA-F]{0,3})?$/s, '$1')}"`) as string;
  return { value: decoded.replace(/[\ud800-\udbff]$/, ''), open: [], rest: '' };
}

function readElements(text: string, config: ReadPrefixConfig): Reading {
  const value: Json[] = [];
  let rest = text;
  while (rest !== '' && !rest.startsWith(']')) {
    const element = readValue(rest.replace(/^,\s*/, ''), config);
    if (element.value !== undefined) value.push(element.value);
    if (element.open !== undefined)
      return { value, open: element.value === undefined ? [] : [value.length - 1, ...element.open], rest: '' };
    rest = element.rest.trimStart();
  }
  return rest === '' ? { value, open: [], rest } : { value, rest: rest.slice(1) };
}

function readMembers(text: string, config: ReadPrefixConfig): Reading {
  const members: [string, Json][] = [];
  let rest = text;
  while (rest !== '' && !rest.startsWith('}')) {
    const key = /^"(?:[^"\\]|\\.)*"/s.exec(rest.replace(/^,\s*/, ''))?.[0];
    if (key === undefined) break;
    const name = JSON.parse(key) as string;
    const colon = rest.replace(/^,\s*/, '').slice(key.length).trimStart();
    if (colon === '') break;
    const member = readValue(colon.slice(1).trimStart(), config);
    if (member.value !== undefined) members.push([name, member.value]);
    if (member.open !== undefined) {
      const open = member.value === undefined ? [] : [name, ...member.open];
      return { value: Object.fromEntries(members), open, rest: '' };
    }
    rest = member.rest.trimStart();
  }
  const value = Object.fromEntries(members);
  return rest.startsWith('}') ? { value, rest: rest.slice(1) } : { value, open: [], rest };
}
