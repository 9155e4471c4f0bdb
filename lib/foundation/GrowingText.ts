/** How many characters are put together at once: in a chunk, and in a block of chunks. */
const CHUNK_LENGTH = 64;
const BLOCK_LENGTH = 1024;

/**
 * A text that is appended to, delta by delta.
 *
 * V8 keeps `text += delta` as a list of its parts until a character is read: 32 bytes for each, which the garbage
 * collector walks again and again. Put together chunk by chunk, and the chunks block by block, a text takes little more
 * than its characters, and no character is copied more than twice.
 */
export class GrowingText {
  /** Whole blocks, whole chunks since the last of them, and what has come since the last chunk. */
  #blocks = '';
  #chunks = '';
  #chunk = '';

  get length(): number {
    return this.#blocks.length + this.#chunks.length + this.#chunk.length;
  }

  append(delta: string): void {
    this.#chunk += delta;
    if (this.#chunk.length < CHUNK_LENGTH) return;
    join(this.#chunk);
    this.#chunks += this.#chunk;
    this.#chunk = '';
    if (this.#chunks.length < BLOCK_LENGTH) return;
    join(this.#chunks);
    this.#blocks += this.#chunks;
    this.#chunks = '';
  }

  /** Forgets what was read, and begins with another text. */
  reset(text = ''): void {
    this.#blocks = text;
    this.#chunks = '';
    this.#chunk = '';
  }

  toString(): string {
    return this.#blocks + this.#chunks + this.#chunk;
  }
}

/** Has V8 put the parts of a string together, for which reading any character will do. */
export function join(text: string): void {
  text.charCodeAt(0);
}
