import { isContainer } from '../../partials/Container.js';

/** Longer values are cut. In UTF-16 code units. */
const LONGEST = 60;

/**
 * A value as an error quotes it.
 *
 * @param isOpen It was still being written: more of it might have come.
 */
export function showValue(value: unknown, isOpen: boolean): string {
  if (value === undefined) return 'nothing';
  if (isOpen && typeof value === 'string')
    return `${JSON.stringify(value.slice(0, LONGEST)).slice(0, -1).slice(0, LONGEST)}…"`;
  if (isOpen && typeof value === 'number') return `${value}…`;
  if (isOpen && isContainer(value)) return Array.isArray(value) ? 'an array' : 'an object';
  const quote = new Quote();
  quote.write(value);
  return cut(quote.text, LONGEST);
}

/** A text, and an ellipsis where there is more of it. */
export function cut(text: string, longest: number): string {
  // Half a surrogate pair is not a character.
  return text.length > longest ? `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}

/** JSON that is written until there is enough of it: the value may be the whole document. */
class Quote {
  text = '';

  write(value: unknown): void {
    if (this.#isFull) return;
    if (typeof value === 'string') this.text += JSON.stringify(value.slice(0, LONGEST + 1));
    else if (!isPlain(value)) this.text += this.text === '' ? findName(value) : JSON.stringify(findName(value));
    else if (!isContainer(value)) this.text += JSON.stringify(value);
    else if (Array.isArray(value)) this.#writeItems(value);
    else this.#writeMembers(value);
  }

  get #isFull(): boolean {
    return this.text.length > LONGEST;
  }

  #writeItems(items: readonly unknown[]): void {
    this.text += '[';
    for (const [index, item] of items.entries()) {
      if (this.#isFull) return;
      if (index > 0) this.text += ',';
      this.write(item ?? null);
    }
    this.text += ']';
  }

  #writeMembers(members: object): void {
    this.text += '{';
    let isFirst = true;
    for (const key in members) {
      if (this.#isFull) return;
      const value: unknown = Object.hasOwn(members, key) ? Reflect.get(members, key) : undefined;
      if (value === undefined) continue;
      this.text += `${isFirst ? '' : ','}${JSON.stringify(key.slice(0, LONGEST + 1))}:`;
      isFirst = false;
      this.write(value);
    }
    this.text += '}';
  }
}

/** Whether the value can come from JSON. A codec may have changed it before another one rejected it. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (!isContainer(value)) return value === null || typeof value === 'string' || typeof value === 'boolean';
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}

function findName(value: unknown): string {
  return typeof value === 'object' && value !== null ? `a ${value.constructor.name}` : String(value);
}
