import { expectModel } from '../completions/expectModel.js';
import { describeValue } from '../foundation/describeValue.js';

/**
 * Checks the question, which JavaScript may have got wrong. The messages are checked by the model.
 *
 * @param caller The function that was called.
 * @throws TypeError that says what was expected.
 */
export function checkQuestion(caller: string, model: unknown, config: unknown): void {
  const models: readonly unknown[] = Array.isArray(model) && model.length > 0 ? model : [model];
  for (const each of models) expectModel(caller, each, 'a model first');
  if (typeof config !== 'object' || config === null)
    throw new TypeError(`${caller}: expected { codec, messages } after the model, got ${describeValue(config)}`);
  const { codec, messages } = config as { readonly codec?: unknown; readonly messages?: unknown };
  if (codec === undefined)
    throw new TypeError(`${caller}: expected a codec, which says what the answer must be, got undefined`);
  if (!Array.isArray(messages))
    throw new TypeError(
      `${caller}: expected messages to be a list, as [{ role: 'user', content: '…' }], got ${describeValue(messages)}`,
    );
}
