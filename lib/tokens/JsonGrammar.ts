import type { JsonPath } from './JsonPath.js';
import { nextNumberPart } from './NumberPart.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const LEFT_BRACKET = 0x5b;
const RIGHT_BRACKET = 0x5d;
const LOWER_F = 0x66;
const LOWER_N = 0x6e;
const LOWER_T = 0x74;
const LEFT_BRACE = 0x7b;
const RIGHT_BRACE = 0x7d;

/** The things that may come next between two tokens. Errors use these words for what was expected. */
type Expected =
  'a value' | 'a value or "]"' | 'a key' | 'a key or "}"' | '":"' | '"," or "}"' | '"," or "]"' | 'nothing more';

interface OpenContainer {
  /** The keys an object has; an array has none. */
  readonly keys: Set<string> | undefined;
  /** Where the child stands that was last begun. */
  position: string | number;
}

/** Which token may follow which: the grammar of JSON above its tokens, and where in the document one is. */
export class JsonGrammar {
  readonly #open: OpenContainer[] = [];
  #expected: Expected = 'a value';

  get expected(): string {
    return this.#expected;
  }

  /** How many objects and arrays are open. */
  get depth(): number {
    return this.#open.length;
  }

  /** The document is closed. */
  get isClosed(): boolean {
    return this.#expected === 'nothing more';
  }

  get expectsKey(): boolean {
    return this.#expected === 'a key' || this.#expected === 'a key or "}"';
  }

  /** Whether a token may begin with this character. */
  allows(code: number): boolean {
    switch (this.#expected) {
      case 'a value':
        return canStartValue(code);
      case 'a value or "]"':
        return code === RIGHT_BRACKET || canStartValue(code);
      case 'a key':
        return code === QUOTE;
      case 'a key or "}"':
        return code === QUOTE || code === RIGHT_BRACE;
      case '":"':
        return code === COLON;
      case '"," or "}"':
        return code === COMMA || code === RIGHT_BRACE;
      case '"," or "]"':
        return code === COMMA || code === RIGHT_BRACKET;
      case 'nothing more':
        return false;
    }
  }

  startObject(): void {
    this.#open.push({ keys: new Set(), position: '' });
    this.#expected = 'a key or "}"';
  }

  startArray(): void {
    this.#open.push({ keys: undefined, position: 0 });
    this.#expected = 'a value or "]"';
  }

  endContainer(): void {
    this.#open.pop();
    this.endValue();
  }

  /** Whether the object did not have that key yet. */
  addKey(key: string): boolean {
    this.#expected = '":"';
    const object = this.#open.at(-1);
    if (object?.keys === undefined) return false;
    object.position = key;
    const { size } = object.keys;
    return object.keys.add(key).size > size;
  }

  readColon(): void {
    this.#expected = 'a value';
  }

  readComma(): void {
    const container = this.#open.at(-1);
    if (typeof container?.position === 'number') container.position++;
    this.#expected = container?.keys === undefined ? 'a value' : 'a key';
  }

  endValue(): void {
    const container = this.#open.at(-1);
    if (container === undefined) this.#expected = 'nothing more';
    else this.#expected = container.keys === undefined ? '"," or "]"' : '"," or "}"';
  }

  /** The value that is being read or due. */
  copyPath(): JsonPath {
    const path = this.#open.map(({ position }) => position);
    const isDue = this.#expected === 'a value' || this.#expected === 'a value or "]"' || this.#expected === '":"';
    return isDue ? path : path.slice(0, -1);
  }
}

function canStartValue(code: number): boolean {
  return (
    code === QUOTE ||
    code === LEFT_BRACE ||
    code === LEFT_BRACKET ||
    code === LOWER_T ||
    code === LOWER_F ||
    code === LOWER_N ||
    nextNumberPart(undefined, code) !== undefined
  );
}
