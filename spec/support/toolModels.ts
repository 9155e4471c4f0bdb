import { createGoogleGenerativeAI } from '@ai-sdk/google';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import type { AnswerMode } from '../../lib/completions/AnswerMode.js';
import type { CompletionModel } from '../../lib/completions/CompletionModel.js';
import { languageModel } from '../../lib/providers/ai-sdk/languageModel.js';
import { anthropicMessages } from '../../lib/providers/anthropic/anthropicMessages.js';
import { ollamaChat } from '../../lib/providers/ollama/ollamaChat.js';
import { openaiChat } from '../../lib/providers/openai/openaiChat.js';
import { openaiResponses } from '../../lib/providers/openai/openaiResponses.js';
import { aiSdkPackages } from './aiSdk.js';
import { chatTools, geminiTools, messagesTools, ollamaTools, responsesTools, type ToolWire } from './toolWires.js';

type Fetch = typeof globalThis.fetch;

/** A model that may call tools, and the way in which its server speaks. */
export interface ToolModel {
  readonly name: string;
  /** The file of its recorded requests. */
  readonly file: string;
  /** Through another `fetch` than the global one, if there is one. */
  readonly make: (url: string, mode?: AnswerMode, fetch?: Fetch) => CompletionModel<never>;
  readonly wire: ToolWire;
  /** Calls come whole, with arguments that are an object: nothing else can be written. */
  readonly callsWhole?: true;
  /** It takes no schema beside tools: the answer is asked for in a request of its own. */
  readonly answersLast?: true;
  /** The answer is the call of a tool of its own. */
  readonly answersByCall?: true;
}

const openai = (url: string, fetch?: Fetch): OpenAI =>
  new OpenAI({ apiKey: 'none', baseURL: `${url}/v1`, maxRetries: 0, ...(fetch && { fetch }) });

const clients: readonly ToolModel[] = [
  {
    name: 'openaiChat',
    file: 'openai-chat',
    make: (url, mode = 'json-schema', fetch) => openaiChat(openai(url, fetch), { model: 'm' }, { mode }),
    wire: chatTools,
  },
  {
    name: 'openaiResponses',
    file: 'openai-responses',
    make: (url, mode = 'json-schema', fetch) => openaiResponses(openai(url, fetch), { model: 'm' }, { mode }),
    wire: responsesTools,
  },
  {
    name: 'anthropicMessages',
    file: 'anthropic-messages',
    make: (url, mode = 'json-schema', fetch) => {
      if (mode === 'json-object') throw new Error('no such mode');
      const client = new Anthropic({ apiKey: 'none', baseURL: url, maxRetries: 0, ...(fetch && { fetch }) });
      return anthropicMessages(client, { model: 'm', max_tokens: 9 }, { mode });
    },
    wire: messagesTools,
  },
  {
    name: 'ollamaChat',
    file: 'ollama-chat',
    make: (url, mode = 'json-schema', fetch) =>
      ollamaChat({ host: url, model: 'm', ...(fetch && { fetch }) }, { mode }),
    wire: ollamaTools,
    callsWhole: true,
    answersLast: true,
  },
];

const wireOf = (name: string): ToolWire => {
  if (name.includes('responses')) return responsesTools;
  if (name.includes('anthropic')) return messagesTools;
  if (name.includes('google')) return geminiTools;
  return name.includes('ollama') ? ollamaTools : chatTools;
};

/** The same clients, asked for an answer that is a call as well. */
const byCall: readonly ToolModel[] = clients
  .filter(({ callsWhole }) => callsWhole !== true)
  .map(({ name, file, make, wire }) => ({
    name: `${name}, in tool mode`,
    file: `${file}-tool`,
    make: (url, _, fetch) => make(url, 'tool', fetch),
    wire,
    answersByCall: true,
  }));

/** Every client, and the packages of the AI SDK. */
export const toolModels: readonly ToolModel[] = [
  ...clients,
  ...byCall,
  {
    name: '@ai-sdk/google, a model that takes a schema beside tools',
    file: 'ai-sdk-google-3',
    make: (url, _, fetch = globalThis.fetch) =>
      languageModel(createGoogleGenerativeAI({ apiKey: 'none', baseURL: `${url}/v1`, fetch })('gemini-3-pro-preview')),
    wire: geminiTools,
    callsWhole: true,
  },
  ...aiSdkPackages.map(({ name, model }): ToolModel => ({
    name: name.replaceAll('`', ''),
    file: name
      .replaceAll(/[`@]/g, '')
      .replaceAll(/[^a-z0-9]+/gi, '-')
      .toLowerCase(),
    make: (url, mode, fetch) => languageModel(model(url, fetch), undefined, mode && { mode }),
    wire: wireOf(name),
    ...(/google|ollama/.test(name) && { callsWhole: true as const, answersLast: true as const }),
  })),
];
