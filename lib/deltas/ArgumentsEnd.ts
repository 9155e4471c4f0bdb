/**
 * How far the arguments of a call are: nothing of them, a document that is open, one that is closed, or no document.
 */
export type ArgumentsState = 'blank' | 'open' | 'closed' | 'other';

/**
 * Sees where the arguments of one call end. Only brackets and quotes are looked at: whether they are JSON is for the
 * tokenizer to say. Each character is read once.
 */
export class ArgumentsEnd {
  state: ArgumentsState = 'blank';
  /** How many objects and arrays are open. */
  #depth = 0;
  #inString = false;
  #escaped = false;

  write(text: string): void {
    for (let at = 0; at < text.length; at += 1) {
      if (this.state === 'closed' || this.state === 'other') return;
      this.#read(text.charAt(at));
    }
  }

  #read(character: string): void {
    if (this.#escaped) this.#escaped = false;
    else if (this.#inString && character === '\\') this.#escaped = true;
    else if (character === '"' && this.state === 'open') this.#inString = !this.#inString;
    else if (!this.#inString) this.#readBetween(character);
  }

  #readBetween(character: string): void {
    if (character === '{' || character === '[') this.#depth += 1;
    else if (character === '}' || character === ']') this.#depth -= 1;
    else if (this.state === 'open' || character.trim() === '') return;
    this.state = this.#depth > 0 ? 'open' : this.state === 'open' ? 'closed' : 'other';
  }
}
