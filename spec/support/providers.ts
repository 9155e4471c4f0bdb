import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import type { Observable } from 'rxjs';
import type { AnswerMode } from '../../lib/completions/AnswerMode.js';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import type { AnswerSchema, CompletionModel, FailedAnswer, Question } from '../../lib/completions/CompletionModel.js';
import type { FromCompletionConfig } from '../../lib/completions/fromCompletion.js';
import { anthropicMessages } from '../../lib/providers/anthropic/anthropicMessages.js';
import { fromMessage } from '../../lib/providers/anthropic/fromMessage.js';
import { fromChatCompletion } from '../../lib/providers/openai/fromChatCompletion.js';
import { fromResponse } from '../../lib/providers/openai/fromResponse.js';
import { openaiChat } from '../../lib/providers/openai/openaiChat.js';
import { openaiResponses } from '../../lib/providers/openai/openaiResponses.js';
import { chatWire, messagesWire, responsesWire, type Wire } from './wire.js';

/** One message of a user, which all providers write the same way. */
export interface UserMessage {
  readonly role: 'user';
  readonly content: string;
}

/** A provider, as its users meet it: through its own SDK, which is told where the server is. */
export interface Provider {
  readonly name: string;
  readonly path: string;
  readonly wire: Wire;
  /** The modes it has; the first is the default. */
  readonly modes: readonly AnswerMode[];
  /** The error of its SDK for any HTTP status. */
  readonly apiError: abstract new (...args: never[]) => Error;
  /** The error of its SDK when there is no connection. */
  readonly connectionError: abstract new (...args: never[]) => Error;
  /** The events of a request for plain text. */
  readonly completion: (url: string, config?: FromCompletionConfig, maxRetries?: number) => Observable<CompletionEvent>;
  readonly model: (url: string, mode?: AnswerMode, maxRetries?: number) => CompletionModel<UserMessage>;
}

const openai = (url: string, maxRetries = 0): OpenAI =>
  new OpenAI({ apiKey: 'none', baseURL: `${url}/v1`, maxRetries });

const anthropic = (url: string, maxRetries = 0): Anthropic =>
  new Anthropic({ apiKey: 'none', baseURL: url, maxRetries });

const hello: UserMessage = { role: 'user', content: 'Hello.' };

export const providers: readonly Provider[] = [
  {
    name: 'openaiChat',
    path: '/v1/chat/completions',
    wire: chatWire,
    modes: ['json-schema', 'tool', 'json-object', 'text'],
    apiError: OpenAI.APIError,
    connectionError: OpenAI.APIConnectionError,
    completion: (url, config, maxRetries) =>
      fromChatCompletion(openai(url, maxRetries), { model: 'chat-1', messages: [hello] }, config),
    model: (url, mode = 'json-schema', maxRetries = 0) =>
      openaiChat(openai(url, maxRetries), { model: 'chat-1', temperature: 0.5 }, { mode }),
  },
  {
    name: 'openaiResponses',
    path: '/v1/responses',
    wire: responsesWire,
    modes: ['json-schema', 'tool', 'json-object', 'text'],
    apiError: OpenAI.APIError,
    connectionError: OpenAI.APIConnectionError,
    completion: (url, config, maxRetries) =>
      fromResponse(openai(url, maxRetries), { model: 'responses-1', input: [hello] }, config),
    model: (url, mode = 'json-schema', maxRetries = 0) =>
      openaiResponses(openai(url, maxRetries), { model: 'responses-1', temperature: 0.5 }, { mode }),
  },
  {
    name: 'anthropicMessages',
    path: '/v1/messages',
    wire: messagesWire,
    modes: ['json-schema', 'tool', 'text'],
    apiError: Anthropic.APIError,
    connectionError: Anthropic.APIConnectionError,
    completion: (url, config, maxRetries) =>
      fromMessage(anthropic(url, maxRetries), { model: 'messages-1', max_tokens: 99, messages: [hello] }, config),
    model: (url, mode = 'json-schema', maxRetries = 0) => {
      if (mode === 'json-object') throw new Error('Anthropic has no such mode.');
      const params = { model: 'messages-1', max_tokens: 99 };
      return anthropicMessages(anthropic(url, maxRetries), params, { mode });
    },
  },
];

/** A question with nothing special about it. */
export function question(
  failures: readonly FailedAnswer[] = [],
  answer: Partial<AnswerSchema> = {},
): Question<UserMessage> {
  return { messages: [hello], answer: { name: 'answer', schema: { type: 'object' }, ...answer }, failures };
}
