import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { expect } from 'chai';
import { defer, lastValueFrom, type Observable } from 'rxjs';
import { fromMessage } from '../../lib/providers/anthropic/fromMessage.js';
import { fromChatCompletion } from '../../lib/providers/openai/fromChatCompletion.js';

const KEYS = /^(OPENAI|ANTHROPIC)_/;

async function errorOf(source: Observable<unknown>): Promise<unknown> {
  return lastValueFrom(source, { defaultValue: undefined }).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a missing key', () => {
  const environment = { ...process.env };

  beforeEach(() => {
    for (const name of Object.keys(process.env)) if (KEYS.test(name)) Reflect.deleteProperty(process.env, name);
  });

  afterEach(() => {
    Object.assign(process.env, environment);
  });

  it("is OpenAI's own error, which its constructor throws, on the error channel inside defer", async () => {
    const answer = defer(() => fromChatCompletion(new OpenAI(), { model: 'chat-1', messages: [] }));
    const error = await errorOf(answer);
    expect(error).to.be.instanceOf(OpenAI.OpenAIError);
    expect(() => new OpenAI()).to.throw((error as Error).message);
  });

  it("is Anthropic's own error on the error channel", async () => {
    const client = new Anthropic();
    const body = { model: 'messages-1', max_tokens: 1, messages: [] };
    const error = await errorOf(fromMessage(client, body));
    const own: unknown = await client.messages.create(body).catch((reason: unknown) => reason);
    expect(error)
      .to.be.instanceOf(Error)
      .and.to.have.property('message', (own as Error).message);
  });
});
