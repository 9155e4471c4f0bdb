import { LLMock, type ChatCompletionRequest, type FixtureResponse } from '@copilotkit/aimock';
import { answerTo, toTokens } from './answers.js';

/** As a model writes: a pause for thought, then some eight tokens per second, unevenly. */
const human = { ttft: 500, tps: 8, jitter: 0.3 };

export interface ModelServer {
  /** For `new OpenAI({ baseURL })`. */
  readonly openaiUrl: string;
  /** For `new Anthropic({ baseURL })`. */
  readonly anthropicUrl: string;
  stop(): Promise<void>;
}

/** A model server on 127.0.0.1 that speaks the protocols of OpenAI and Anthropic and knows a few answers. */
export async function startModelServer({ pace }: { readonly pace: 'human' | 'instant' }): Promise<ModelServer> {
  const mock = new LLMock({ host: '127.0.0.1', port: 0, chunkSize: Infinity });
  mock.addFixture({
    match: { predicate: () => true },
    response: respond,
    ...(pace === 'human' && { streamingProfile: human }),
  });
  await mock.start();
  return { openaiUrl: `${mock.url}/v1`, anthropicUrl: mock.url, stop: () => mock.stop() };
}

function respond({ messages }: ChatCompletionRequest): FixtureResponse {
  const [question] = messages.filter(({ role }) => role === 'user');
  const attempt = 1 + messages.filter(({ role }) => role === 'assistant').length;
  const answer = answerTo(JSON.stringify(question?.content), attempt);
  if (answer === undefined)
    return {
      status: 400,
      error: { message: 'The embedded model does not know this question.', type: 'invalid_request' },
    };
  return { blocks: toTokens(answer).map((text) => ({ type: 'text', text })) };
}
