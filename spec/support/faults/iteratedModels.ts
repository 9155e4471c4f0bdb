import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { anthropicMessages } from '../../../lib/providers/anthropic/anthropicMessages.js';
import type { MessagesClient } from '../../../lib/providers/anthropic/fromMessage.js';
import type { ChatCompletionClient } from '../../../lib/providers/openai/fromChatCompletion.js';
import type { ResponsesClient } from '../../../lib/providers/openai/fromResponse.js';
import { openaiChat } from '../../../lib/providers/openai/openaiChat.js';
import { openaiResponses } from '../../../lib/providers/openai/openaiResponses.js';
import type { ToolModel } from '../toolModels.js';
import { chatTools, messagesTools, responsesTools } from '../toolWires.js';

type Fetch = typeof globalThis.fetch;

const openai = (url: string, fetch?: Fetch): OpenAI =>
  new OpenAI({ apiKey: 'none', baseURL: `${url}/v1`, maxRetries: 0, logLevel: 'off', ...(fetch && { fetch }) });

/** The clients in a wrapper whose promises do not give the HTTP response: the SDK's own iteration is read. */
export const iteratedModels: readonly ToolModel[] = [
  {
    name: 'openaiChat, iterated',
    file: 'none',
    make: (url, _, fetch) => {
      const { chat } = openai(url, fetch);
      const create: ChatCompletionClient['chat']['completions']['create'] = async (body, options) =>
        chat.completions.create(body, options);
      return openaiChat({ chat: { completions: { create } } }, { model: 'm' });
    },
    wire: chatTools,
  },
  {
    name: 'openaiResponses, iterated',
    file: 'none',
    make: (url, _, fetch) => {
      const { responses } = openai(url, fetch);
      const create: ResponsesClient['responses']['create'] = async (body, options) => responses.create(body, options);
      return openaiResponses({ responses: { create } }, { model: 'm' });
    },
    wire: responsesTools,
  },
  {
    name: 'anthropicMessages, iterated',
    file: 'none',
    make: (url, _, fetch) => {
      const { messages } = new Anthropic({
        apiKey: 'none',
        baseURL: url,
        maxRetries: 0,
        logLevel: 'off',
        ...(fetch && { fetch }),
      });
      const create: MessagesClient['messages']['create'] = async (body, options) => messages.create(body, options);
      return anthropicMessages({ messages: { create } }, { model: 'm', max_tokens: 9 });
    },
    wire: messagesTools,
  },
];
