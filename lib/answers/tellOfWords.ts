import type { CompletionModel } from '../completions/CompletionModel.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';

/** The kind of model that has a mode in which JSON may stand among other words. */
type Modes = Pick<CompletionModel<never>, 'jsonInFence' | 'jsonInText'>;

/**
 * Says of an answer that was to be nothing but JSON that there are words or a fence around it, and which mode reads
 * that. The model itself is told by the correction.
 */
export function tellOfWords<L extends InvalidAnswer>(invalid: L, { jsonInFence, jsonInText }: Modes): L {
  if (jsonInFence === undefined || jsonInText === true || invalid._tag !== 'InvalidJson') return invalid;
  const text = invalid.text.trimStart();
  const isAround = (text !== '' && !text.startsWith('{')) || invalid.message.includes('expected nothing more');
  if (!isAround) return invalid;
  const words = /^(?:`|~~~)/.test(text) ? 'The JSON stands in a Markdown fence' : 'There are words around the JSON';
  return { ...invalid, message: `${invalid.message}\n${words}: mode: 'text' finds JSON among other words.` };
}
