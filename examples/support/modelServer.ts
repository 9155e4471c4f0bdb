import { LLMock, type ChatCompletionRequest, type FixtureResponse } from '@copilotkit/aimock';
import { answerTo, toTokens } from './answers.js';
import { callsFor } from './toolAnswers.js';

/** As models write: a pause for thought in milliseconds, then tokens per second, unevenly. */
const human = { ttft: 500, tps: 8, jitter: 0.3 };
/** For a long answer, so that its end comes in time. */
const brisk = { ttft: 500, tps: 80, jitter: 0.3 };
/** For a model that thinks before it writes. */
const thoughtful = { ttft: 5000, tps: 8, jitter: 0.3 };

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
  // The first that matches answers.
  for (const { streamingProfile, ...kind } of [
    { match: { predicate: callsTools }, response: respond, streamingProfile: human, chunkSize: 5 },
    { match: { predicate: isLong }, response: respond, streamingProfile: brisk },
    // Slow to begin: a large model, and one request of many.
    { match: { model: 'gpt-4.1' }, response: respond, streamingProfile: thoughtful },
    { match: { userMessage: 'Lake Geneva', sequenceIndex: 0 }, response: respond, streamingProfile: thoughtful },
    { match: {}, response: respond, streamingProfile: human },
  ])
    mock.addFixture({ ...kind, ...(pace === 'human' && { streamingProfile }) });
  await mock.start();
  return { openaiUrl: `${mock.url}/v1`, anthropicUrl: mock.url, stop: () => mock.stop() };
}

function callsTools(request: ChatCompletionRequest): boolean {
  return callsFor(questionOf(request), resultsIn(request)) !== undefined;
}

function isLong(request: ChatCompletionRequest): boolean {
  return (answerOf(request)?.length ?? 0) > 200;
}

function respond(request: ChatCompletionRequest): FixtureResponse {
  const calls = callsFor(questionOf(request), resultsIn(request));
  if (calls !== undefined) return { toolCalls: [...calls] };
  const answer = answerOf(request);
  if (answer === undefined)
    return {
      status: 400,
      error: { message: 'The embedded model does not know this question.', type: 'invalid_request' },
    };
  return { blocks: toTokens(answer).map((text) => ({ type: 'text', text })) };
}

function resultsIn({ messages }: ChatCompletionRequest): number {
  return messages.filter(({ role }) => role === 'tool').length;
}

function answerOf(request: ChatCompletionRequest): string | undefined {
  const attempt = 1 + request.messages.filter(({ role }) => role === 'assistant').length;
  return answerTo(questionOf(request), attempt, request.model);
}

function questionOf({ messages }: ChatCompletionRequest): string {
  return JSON.stringify(messages.find(({ role }) => role === 'user')?.content ?? '');
}
