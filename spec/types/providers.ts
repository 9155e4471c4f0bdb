import Anthropic from '@anthropic-ai/sdk';
import OpenAI, { AzureOpenAI } from 'openai';
import type { Observable } from 'rxjs';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import type { CompletionModel } from '../../lib/completions/CompletionModel.js';
import { anthropicMessages, fromMessage } from '../../lib/providers/anthropic/index.js';
import { fromChatCompletion, fromResponse, openaiChat, openaiResponses } from '../../lib/providers/openai/index.js';
import { expectType } from './expectType.js';

declare const openai: OpenAI;
declare const azure: AzureOpenAI;
declare const anthropic: Anthropic;

expectType<CompletionModel<OpenAI.ChatCompletionMessageParam, OpenAI.ChatCompletionMessageParam>>()(
  openaiChat(openai, { model: 'm', temperature: 1 }),
);
expectType<CompletionModel<OpenAI.ChatCompletionMessageParam, OpenAI.ChatCompletionMessageParam>>()(
  openaiChat(azure, { model: 'm' }, { mode: 'tool' }),
);
expectType<CompletionModel<OpenAI.Responses.ResponseInputItem, OpenAI.Responses.ResponseInputItem>>()(
  openaiResponses(openai, { model: 'm', reasoning: { effort: 'low' } }),
);
expectType<CompletionModel<Anthropic.MessageParam, Anthropic.MessageParam>>()(
  anthropicMessages(anthropic, { model: 'm', max_tokens: 1 }),
);

expectType<Observable<CompletionEvent>>()(fromChatCompletion(openai, { model: 'm', messages: [] }));
expectType<Observable<CompletionEvent>>()(fromResponse(openai, { model: 'm', input: 'Hello.' }, { idleTimeout: 9 }));
expectType<Observable<CompletionEvent>>()(fromMessage(anthropic, { model: 'm', max_tokens: 1, messages: [] }));

// @ts-expect-error TS2561: a parameter that the API does not have
openaiChat(openai, { model: 'm', temprature: 1 });

// @ts-expect-error TS2353: the messages belong to the question
openaiChat(openai, { model: 'm', messages: [] });

// @ts-expect-error TS2353: the shape of the answer belongs to the mode
openaiChat(openai, { model: 'm', response_format: { type: 'json_object' } });

// @ts-expect-error TS2353: the input belongs to the question
openaiResponses(openai, { model: 'm', input: 'Hello.' });

// @ts-expect-error TS2345: max_tokens is required
anthropicMessages(anthropic, { model: 'm' });

// @ts-expect-error TS2322: Anthropic has no JSON mode without a schema
anthropicMessages(anthropic, { model: 'm', max_tokens: 1 }, { mode: 'json-object' });

// @ts-expect-error TS2345: a client of another provider
void fromChatCompletion(anthropic, { model: 'm', messages: [] });
