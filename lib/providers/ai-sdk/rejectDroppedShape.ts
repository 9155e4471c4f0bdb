import type { AnswerMode } from '../../completions/AnswerMode.js';
import type { AnyLanguageModel, LanguageModelPart } from './AnyLanguageModel.js';

/** The options that a provider must not leave out, by the names in the warnings of V2, V3 and V4. */
const NEEDED: readonly unknown[] = ['responseFormat', 'responseFormat (JSON)', 'tools', 'toolChoice', 'tool choice'];

/** A provider that drops the shape of the answer says so in a warning only: here it is an error. */
export function rejectDroppedShape(model: AnyLanguageModel, mode: AnswerMode): (part: LanguageModelPart) => void {
  return (part) => {
    if (part.type !== 'stream-start' || (mode !== 'json-schema' && mode !== 'tool')) return;
    const { warnings = [] } = part as { readonly warnings?: readonly Readonly<Record<string, unknown>>[] };
    const dropped = warnings.find(
      ({ type, feature, setting }) => /^unsupported/.test(String(type)) && NEEDED.includes(feature ?? setting),
    );
    if (dropped === undefined) return;
    const details = typeof dropped['details'] === 'string' ? ` (${dropped['details']})` : '';
    throw new TypeError(
      `The model ${model.modelId} of ${model.provider} drops the schema of the answer in ${mode} mode${details}. ` +
        `Ask it in another mode: languageModel(model, params, { mode: 'json-object' }), or 'tool', or 'text'.`,
    );
  };
}
