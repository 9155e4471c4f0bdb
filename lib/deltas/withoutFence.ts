import { defer, filter, map, type Observable } from 'rxjs';

type State = 'before' | 'label' | 'document' | 'rest';

/**
 * Takes one Markdown fence off a document, live. A text that does not begin with a fence passes as it is, and so does
 * whatever follows the fence: the tokenizer reports its errors.
 */
class FenceReader {
  #state: State = 'before';
  /** The beginning, as long as it may become a fence. */
  #held = '';
  /** The character of the fence. */
  #mark = '';
  #inString = false;
  #escaped = false;
  /** The marks that close the fence are being read. */
  #isClosing = false;

  push(delta: string): string {
    let passed = '';
    for (let at = 0; at < delta.length; at += 1) {
      if (this.#state === 'rest') return passed + delta.slice(at);
      passed += this.#read(delta.charAt(at));
    }
    return passed;
  }

  /** The part of this character, and of those held back, that belongs to the document. */
  #read(character: string): string {
    if (this.#state === 'before') return this.#readBefore(character);
    if (this.#state === 'label') return this.#readLabel(character);
    return this.#readDocument(character);
  }

  #readBefore(character: string): string {
    this.#held += character;
    const begins = this.#held.trimStart();
    if (begins === '') return '';
    if (begins === '```' || begins === '~~~') {
      this.#mark = character;
      this.#state = 'label';
      return '';
    }
    if ('```'.startsWith(begins) || '~~~'.startsWith(begins)) return '';
    this.#state = 'rest';
    return this.#held;
  }

  /** The line of the fence ends with it, or where the document begins. */
  #readLabel(character: string): string {
    if (character === '\n') this.#state = 'document';
    if (character !== '{' && character !== '[') return '';
    this.#state = 'document';
    return this.#readDocument(character);
  }

  /** Outside of strings JSON knows no mark of a fence: the first ones close it, and no others are taken off. */
  #readDocument(character: string): string {
    if (this.#escaped) this.#escaped = false;
    else if (this.#inString && character === '\\') this.#escaped = true;
    else if (character === '"') this.#inString = !this.#inString;
    else if (!this.#inString && character === this.#mark) {
      this.#isClosing = true;
      return '';
    } else if (this.#isClosing) this.#state = 'rest';
    return character;
  }
}

/** The text of an answer that may stand in one Markdown fence, without the fence. */
export function withoutFence(deltas: Observable<string>): Observable<string> {
  return defer(() => {
    const reader = new FenceReader();
    return deltas.pipe(
      map((delta) => reader.push(delta)),
      filter((delta) => delta !== ''),
    );
  });
}
