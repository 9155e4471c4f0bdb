export { ollamaChat } from './ollamaChat.js';
export type { OllamaChatConfig, OllamaChatParams, OllamaTool } from './ollamaChat.js';
export type { OllamaMessage } from './tellOllama.js';
export type { OllamaToolCall } from './OllamaChunk.js';
export type { AnswerMode } from '../../completions/AnswerMode.js';
