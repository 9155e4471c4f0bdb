import Anthropic from '@anthropic-ai/sdk';
import { expect } from 'chai';
import OpenAI from 'openai';
import { anthropicMessages } from '../../lib/providers/anthropic/anthropicMessages.js';
import { ollamaChat } from '../../lib/providers/ollama/ollamaChat.js';
import { openaiChat } from '../../lib/providers/openai/openaiChat.js';
import { openaiResponses } from '../../lib/providers/openai/openaiResponses.js';

const openai = new OpenAI({ apiKey: 'none' });
const anthropic = new Anthropic({ apiKey: 'none' });
const params = { model: 'a-model' };

type Make = (...args: readonly unknown[]) => unknown;
// As JavaScript may call them.
const [chat, responses, messages, ollama] = [openaiChat, openaiResponses, anthropicMessages, ollamaChat] as unknown as [
  Make,
  Make,
  Make,
  Make,
];

describe('checkArguments', () => {
  const cases: readonly (readonly [string, () => unknown, string])[] = [
    ['no client', () => chat(), 'openaiChat: expected a client with chat.completions.create, got undefined'],
    ['parameters in the place of a client', () => chat(params), 'chat.completions.create, got an object'],
    ['a class in the place of a client', () => chat(OpenAI, params), 'got the function OpenAI'],
    ['another provider’s client', () => chat(anthropic, params), 'got an instance of Anthropic'],
    ['another provider’s client', () => messages(openai, params), 'messages.create, got an instance of OpenAI'],
    ['no client', () => responses(null, params), 'openaiResponses: expected a client with responses.create, got null'],
    [
      'no parameters',
      () => chat(openai),
      'openaiChat: expected the parameters of a request, { model: … }, got undefined',
    ],
    ['a name in the place of parameters', () => messages(anthropic, 'claude'), 'got "claude"'],
    ['no parameters', () => ollama(), 'ollamaChat: expected the parameters of a request, { model: … }, got undefined'],
    [
      'an unknown mode',
      () => chat(openai, params, { mode: 'json' }),
      'openaiChat: expected one of the modes json-schema, tool, json-object, text, got "json"',
    ],
    ['an unknown mode', () => responses(openai, params, { mode: 'tools' }), 'json-object, text, got "tools"'],
    [
      'a mode that the API has not',
      () => messages(anthropic, params, { mode: 'json-object' }),
      'anthropicMessages: expected one of the modes json-schema, tool, text, got "json-object"',
    ],
    ['an unknown mode', () => ollama(params, { mode: 'json' }), 'ollamaChat: expected one of the modes'],
  ];
  for (const [title, make, message] of cases)
    it(`rejects ${title}: ${message}`, () => {
      expect(make).to.throw(TypeError, message);
    });

  it('takes whatever has the function that is called', () => {
    expect(() => chat({ chat: { completions: { create: () => undefined } } }, params)).to.not.throw();
  });
});
