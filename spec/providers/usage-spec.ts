import { expect } from 'chai';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import { PartReader } from '../../lib/providers/ai-sdk/PartReader.js';
import { createMessageReader } from '../../lib/providers/anthropic/createMessageReader.js';
import { createOllamaReader } from '../../lib/providers/ollama/createOllamaReader.js';
import { createChatReader } from '../../lib/providers/openai/createChatReader.js';
import { createResponseReader } from '../../lib/providers/openai/createResponseReader.js';

/** What a server says, with this for the tokens in and out. */
const readers: Readonly<Record<string, (input: never, output: never) => Iterable<CompletionEvent>>> = {
  openaiChat: (prompt_tokens, completion_tokens) => createChatReader()({ usage: { prompt_tokens, completion_tokens } }),
  openaiResponses: (input_tokens, output_tokens) =>
    createResponseReader()({
      type: 'response.completed',
      response: { status: 'completed', usage: { input_tokens, output_tokens } },
    }),
  anthropicMessages: (input_tokens, output_tokens) =>
    createMessageReader()({ type: 'message_delta', usage: { input_tokens, output_tokens } }),
  ollamaChat: (prompt_eval_count, eval_count) => createOllamaReader()({ done: true, prompt_eval_count, eval_count }),
  languageModel: (inputTokens, outputTokens) =>
    new PartReader().read({ type: 'finish', finishReason: 'stop', usage: { inputTokens, outputTokens } } as never),
};

describe('the usage that a server reports', () => {
  for (const [name, read] of Object.entries(readers))
    it(`is numbers, whatever the server writes: ${name}`, () => {
      const counts = (input: unknown, output: unknown): unknown => {
        const usage = [...read(input as never, output as never)].find(({ type }) => type === 'usage');
        return usage?.type === 'usage' ? [usage.inputTokens, usage.outputTokens] : undefined;
      };
      expect(counts(12, 3)).to.deep.equal([12, 3]);
      expect(counts('12', 3)).to.deep.equal([12, 3]);
      expect(counts(null, 3)).to.deep.equal([0, 3]);
      expect(counts('many', 3)).to.deep.equal([0, 3]);
      expect(counts({}, 3)).to.deep.equal([0, 3]);
    });
});
