import Anthropic from '@anthropic-ai/sdk';
import * as t from 'io-ts';
import OpenAI from 'openai';
import { pipeModel, structuredCompletion, tool } from 'rx-structured';
import { languageModel, type AnyLanguageModel } from 'rx-structured/ai-sdk';
import { anthropicMessages } from 'rx-structured/anthropic';
import { startInspector } from 'rx-structured/inspector';
import { cached, limited } from 'rx-structured/models';
import { ollamaChat } from 'rx-structured/ollama';
import { openaiChat, openaiResponses } from 'rx-structured/openai';
import { traceCompletion } from 'rx-structured/opentelemetry';
import { answerEvents, fromSse } from 'rx-structured/sse';
import { recorded, replayed, scriptedModel } from 'rx-structured/testing';

declare const languages: AnyLanguageModel;

const codec = t.type({ name: t.string, tags: t.array(t.string) });
const messages = [{ role: 'user' as const, content: 'Who?' }];

export const models = [
  openaiChat(new OpenAI(), { model: 'gpt-4o-mini' }),
  openaiResponses(new OpenAI(), { model: 'gpt-4o-mini' }),
  anthropicMessages(new Anthropic(), { model: 'claude', max_tokens: 1024 }),
  languageModel(languages),
  ollamaChat({ model: 'llama3.2' }),
  replayed('tape.jsonl'),
  pipeModel(scriptedModel(['{}']), cached(new Map()), limited({ concurrency: 2 }), recorded('tape.jsonl')),
];

const weather = tool({ input: t.type({ city: t.string }), run: ({ city }) => [`Rain in ${city}.`] });

export const answer = traceCompletion(
  (watch) => structuredCompletion(ollamaChat({ model: 'llama3.2' }), { codec, messages, tools: { weather }, watch }),
  { provider: 'ollama', model: 'llama3.2' },
);

export const sent = answerEvents((watch) =>
  structuredCompletion(ollamaChat({ model: 'llama3.2' }), { codec, messages, watch }),
);

export const received = fromSse('/answer', { codec });

export const url = async (): Promise<string> => (await startInspector()).url;
