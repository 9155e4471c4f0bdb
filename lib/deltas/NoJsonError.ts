import { StructuredError } from '../foundation/StructuredError.js';

/** How much of a text without JSON is quoted. */
const QUOTED = 200;

function writeMessage(text: string, isReasoning: boolean): string {
  if (isReasoning)
    return `the JSON stands in the reasoning, before the tag that closes it: the answer belongs after it. It began: ${text}`;
  return text.trim() === '' ? 'no JSON: the answer is empty' : `no JSON object or array in the answer: ${text}`;
}

/** The model's answer has no JSON object or array. The answer is wrong; the request did not fail. */
export class NoJsonError extends StructuredError {
  protected static override readonly brand = 'rx-structured/NoJsonError';
  override readonly name = 'NoJsonError';
  /** How the text begins. */
  declare readonly text: string;

  /**
   * @param beginning The text, or as much of its beginning as was kept.
   * @param where `after-thought`: there is JSON, but in the model's reasoning, as the tag that closes it has told
   * since.
   */
  constructor(beginning: string, where?: 'after-thought') {
    const text = beginning.slice(0, QUOTED);
    super(writeMessage(text, where === 'after-thought'), { text });
  }
}
