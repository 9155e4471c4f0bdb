export { fromLanguageModel, type FromLanguageModelOptions } from './fromLanguageModel.js';
export { languageModel, type LanguageModelConfig, type LanguageModelParams } from './languageModel.js';
export type {
  AnyLanguageModel,
  LanguageModelMessage,
  LanguageModelOptions,
  LanguageModelPart,
  LanguageModelResult,
} from './AnyLanguageModel.js';
export type { AnswerMode } from '../../completions/AnswerMode.js';
export type { SchemaDialect } from '../../completions/SchemaDialect.js';
