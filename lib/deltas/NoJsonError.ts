import { StructuredError } from '../foundation/StructuredError.js';

/** Of a text without JSON this much is quoted. */
const QUOTED = 200;

/** There is no JSON object or array in the model's answer: the answer is wrong, not the world. */
export class NoJsonError extends StructuredError {
  protected static override readonly brand = 'rx-structured/NoJsonError';
  override readonly name = 'NoJsonError';
  /** How the text begins. */
  readonly text: string;

  /** @param beginning The text, or as much of its beginning as was kept. */
  constructor(beginning: string) {
    const text = beginning.slice(0, QUOTED);
    super(text.trim() === '' ? 'no JSON: the answer is empty' : `no JSON object or array in the answer: ${text}`);
    this.text = text;
  }
}
