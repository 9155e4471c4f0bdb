export { completionOf, type CompletionOfConfig } from './completionOf.js';
export {
  scriptedModel,
  type ScriptedAnswer,
  type ScriptedModel,
  type ScriptedModelConfig,
  type ScriptedRequest,
} from './scriptedModel.js';
export { recorded } from './recorded.js';
export { replayed } from './replayed.js';
