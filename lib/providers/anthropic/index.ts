export { fromMessage } from './fromMessage.js';
export type { AnthropicRequestOptions, MessageBody, MessageConfig, MessagesClient } from './fromMessage.js';
export { anthropicMessages } from './anthropicMessages.js';
export type { AnthropicMessagesConfig, AnthropicMessagesParams, AnthropicMode } from './anthropicMessages.js';
