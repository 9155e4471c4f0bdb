export { fromMessage } from './fromMessage.js';
export type { MessageBody, MessagesClient } from './fromMessage.js';
export { anthropicMessages } from './anthropicMessages.js';
export type { AnthropicMessagesConfig, AnthropicMessagesParams, AnthropicMode } from './anthropicMessages.js';
