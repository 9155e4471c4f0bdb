export { fromChatCompletion } from './fromChatCompletion.js';
export type { ChatCompletionBody, ChatCompletionClient } from './fromChatCompletion.js';
export { openaiChat } from './openaiChat.js';
export type { OpenaiChatConfig, OpenaiChatParams } from './openaiChat.js';
export type { AnswerMode } from '../../completions/AnswerMode.js';
