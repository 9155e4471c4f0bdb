export { fromChatCompletion } from './fromChatCompletion.js';
export type {
  ChatCompletionBody,
  ChatCompletionClient,
  ChatCompletionConfig,
  OpenAIRequestOptions,
} from './fromChatCompletion.js';
export { fromResponse } from './fromResponse.js';
export type { ResponseBody, ResponseConfig, ResponsesClient } from './fromResponse.js';
export { openaiChat } from './openaiChat.js';
export type { OpenaiChatConfig, OpenaiChatParams } from './openaiChat.js';
export { openaiResponses } from './openaiResponses.js';
export type { OpenaiResponsesConfig, OpenaiResponsesParams } from './openaiResponses.js';
export type { AnswerMode } from '../../completions/AnswerMode.js';
