/**
 * The things that the text from a `{` or `[` on can still be:
 *
 * - `open`: the beginning of JSON, or prose.
 * - `json`: JSON. From here on it is taken for it, whatever follows.
 * - `closed`: a whole document, but one that prose contains too: `{}`, `[ ]`, `[1]`.
 * - `prose`: not JSON.
 */
export type Verdict = 'open' | 'json' | 'closed' | 'prose';

type State = 'first' | 'value' | 'scalar' | 'after' | 'member' | 'key' | 'escape' | 'colon';

const SCALAR_CHARACTER = /[\w.+-]/;
const SCALAR = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

/**
 * Reads a text that may be JSON only as far as needed to tell, one character at a time.
 *
 * Prose is full of brackets (`{name}`, `[the docs](…)`, `- [ ] to do`, `[1]`), so JSON is what nothing else is: a key
 * with its colon and the beginning of a value, or a string in an array. Nothing is lost by waiting for that: of `{"na`
 * there is nothing to show yet. Words after a key are read to their end, for `{"age": number}` is prose as well.
 *
 * A class, because there may be one for every character of a text: closures would cost a hundred times as much.
 */
export class JsonHead {
  /** How many characters had been read when the innermost bracket was, itself included. */
  opened = 0;
  #length = 0;
  #state: State = 'value';
  #containers = '';
  #keyed = false;
  #scalar = '';

  read(character: string): Verdict {
    this.#length += 1;
    if (this.#state === 'key' || this.#state === 'escape') return this.#readInKey(character);
    if (this.#state === 'scalar') return this.#readInScalar(character);
    return this.#readBetween(character);
  }

  #readInKey(character: string): Verdict {
    if (character < ' ') return 'prose';
    if (this.#state === 'escape') this.#state = 'key';
    else if (character === '\\') this.#state = 'escape';
    else if (character === '"') this.#state = 'colon';
    return 'open';
  }

  #readInScalar(character: string): Verdict {
    if (SCALAR_CHARACTER.test(character)) {
      this.#scalar += character;
      return 'open';
    }
    if (!SCALAR.test(this.#scalar)) return 'prose';
    if (this.#keyed) return 'json';
    this.#state = 'after';
    return this.#readBetween(character);
  }

  /** Between two tokens. */
  #readBetween(character: string): Verdict {
    const state = this.#state;
    if (character === ' ' || character === '\n' || character === '\r' || character === '\t') return 'open';
    if (state === 'first' || state === 'value') return this.#readValue(character);
    if (state === 'member' && character === '}') return this.#close();
    if (state === 'after' && character === ']') return this.#close();
    if (state === 'member' && character === '"') this.#state = 'key';
    else if (state === 'after' && character === ',') this.#state = 'value';
    else if (state === 'colon' && character === ':') {
      this.#state = 'value';
      this.#keyed = true;
    } else return 'prose';
    return 'open';
  }

  #readValue(character: string): Verdict {
    if (character === '"') return 'json';
    if (character === '{' || character === '[') return this.#open(character);
    if (character === ']' && this.#state === 'first') return this.#close();
    if (!/[-0-9tfn]/.test(character)) return 'prose';
    if (this.#keyed && !/[tfn]/.test(character)) return 'json';
    this.#state = 'scalar';
    this.#scalar = character;
    return 'open';
  }

  #open(container: '{' | '['): Verdict {
    this.#containers += container;
    this.opened = this.#length;
    this.#state = container === '{' ? 'member' : 'first';
    return 'open';
  }

  #close(): Verdict {
    this.#containers = this.#containers.slice(0, -1);
    this.#state = 'after';
    if (this.#keyed) return 'json';
    return this.#containers === '' ? 'closed' : 'open';
  }
}
