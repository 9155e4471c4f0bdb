import type { LanguageModelV2, LanguageModelV2Message } from '@ai-sdk/provider-2';
import type { LanguageModelV3, LanguageModelV3Message } from '@ai-sdk/provider-3';
import type { LanguageModelV4, LanguageModelV4Message } from '@ai-sdk/provider';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAI as createOpenAI2 } from '@ai-sdk/openai-2';
import { createOpenAI as createOpenAI3 } from '@ai-sdk/openai-3';
import * as t from 'io-ts';
import { structuredCompletion, type CompletionModel, type Message } from '../../lib/index.js';
import { fromLanguageModel, languageModel } from '../../lib/providers/ai-sdk/index.js';
import { expectType } from './expectType.js';

declare const v2: LanguageModelV2;
declare const v3: LanguageModelV3;
declare const v4: LanguageModelV4;
declare const any: LanguageModelV2 | LanguageModelV3 | LanguageModelV4;
const codec = t.type({ name: t.string });

// One type takes every version, and messages are those of the version.
expectType<CompletionModel<LanguageModelV2Message, LanguageModelV2Message>>()(languageModel(v2));
expectType<CompletionModel<LanguageModelV3Message, LanguageModelV3Message>>()(languageModel(v3, { temperature: 0 }));
expectType<CompletionModel<LanguageModelV4Message, LanguageModelV4Message>>()(
  languageModel(v4, { reasoning: 'low' }, { mode: 'tool' }),
);
void languageModel(any);
void languageModel(createOpenAI()('gpt-4o'), { providerOptions: { openai: { store: false } } });
void languageModel(createOpenAI2()('gpt-4o'), { maxOutputTokens: 9 });
void languageModel(createOpenAI3().chat('gpt-4o'));

const messages: readonly Message[] = [{ role: 'user', content: 'Who?' }];
void structuredCompletion(languageModel(v2), { codec, messages });
void structuredCompletion(languageModel(v4), {
  codec,
  messages: [
    { role: 'user', content: [{ type: 'image', url: 'https://example.com/a.png' }] },
    { role: 'user', content: [{ type: 'file', mediaType: 'image/png', data: { type: 'data', data: '' } }] },
  ],
});

void fromLanguageModel(v3, { prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hello.' }] }] });

// @ts-expect-error TS2353: V2 has no such option
languageModel(v2, { reasoning: 'low' });

// @ts-expect-error TS2353: the prompt belongs to the question
languageModel(v4, { prompt: [] });

// @ts-expect-error TS2345: a prompt is needed
void fromLanguageModel(v4, {});
