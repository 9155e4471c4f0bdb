/** How much is joined at once. */
const CHUNK_LENGTH = 1024;

/**
 * A text that is appended to, delta by delta.
 *
 * V8 keeps `text += delta` as a list of its parts until a character is read: 32 bytes for each, which the garbage
 * collector walks again and again. Joined chunk by chunk, a text takes little more than its characters, and no
 * character is copied more than once.
 */
export class GrowingText {
  #joined = '';
  #chunk = '';

  get length(): number {
    return this.#joined.length + this.#chunk.length;
  }

  append(delta: string): void {
    this.#chunk += delta;
    if (this.#chunk.length < CHUNK_LENGTH) return;
    join(this.#chunk);
    this.#joined += this.#chunk;
    this.#chunk = '';
  }

  toString(): string {
    return this.#joined + this.#chunk;
  }
}

/** Has V8 put the parts of a string together, for which reading any character will do. */
export function join(text: string): void {
  text.charCodeAt(0);
}
