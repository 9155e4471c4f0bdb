import { expectArgument, hasMethod } from '../foundation/expectArgument.js';

/**
 * Throws where something else than a model was given: a client, most often.
 *
 * @param caller The public function that was called.
 * @param expected "a model first", say.
 * @throws TypeError
 */
export function expectModel(caller: string, model: unknown, expected = 'a model'): void {
  const isModel = hasMethod(model, 'ask') && hasMethod(model, 'toText');
  expectArgument(caller, isModel, `${expected}, as openaiChat(client, { model: 'gpt-4o-mini' }) makes one`, model);
}
