import type Anthropic from '@anthropic-ai/sdk';
import type OpenAI from 'openai';
import * as t from 'io-ts';
import { structuredCompletion, structuredElements, type Message } from '../../lib/index.js';
import { anthropicMessages } from '../../lib/providers/anthropic/index.js';
import { openaiChat, openaiResponses } from '../../lib/providers/openai/index.js';

declare const openai: OpenAI;
declare const anthropic: Anthropic;
const chat = openaiChat(openai, { model: 'm' });
const responses = openaiResponses(openai, { model: 'm' });
const messages = anthropicMessages(anthropic, { model: 'm', max_tokens: 1 });
const codec = t.type({ name: t.string });

const neutral: readonly Message[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: [{ type: 'text', text: 'Who?' }] },
];
void structuredCompletion(chat, { codec, messages: neutral });
void structuredCompletion(responses, { codec, messages: neutral });
void structuredElements(messages, { codec, messages: neutral });

// Written in place, with parts of either kind.
void structuredCompletion(chat, {
  codec,
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: [{ type: 'image', url: 'https://example.com/a.png' }] },
    { role: 'user', content: [{ type: 'file', data: new Uint8Array(1), mediaType: 'application/pdf', filename: 'a' }] },
    { role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }] },
    { role: 'developer', content: 'Be brief.' },
  ],
});
void structuredCompletion(messages, {
  codec,
  messages: [
    { role: 'user', content: [{ type: 'image', data: '', mediaType: 'image/png' }] },
    { role: 'user', content: [{ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }] },
  ],
});

const withoutMediaType = { role: 'user', content: [{ type: 'file', data: '' }] } as const;
// @ts-expect-error TS2322: bytes need a media type
void structuredCompletion(chat, { codec, messages: [withoutMediaType] });

const both = { role: 'user', content: [{ type: 'image', data: '', url: '', mediaType: 'image/png' }] } as const;
// @ts-expect-error TS2322: bytes or a URL
void structuredCompletion(chat, { codec, messages: [both] });
