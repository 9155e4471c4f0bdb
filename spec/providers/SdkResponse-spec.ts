import { expect } from 'chai';
import { IncompleteCompletionError } from '../../lib/deltas/IncompleteCompletionError.js';
import { chatFormat } from '../../lib/providers/openai/chatFormat.js';
import type { ChatChunk } from '../../lib/providers/openai/ChatChunk.js';
import { SdkResponse } from '../../lib/providers/SdkResponse.js';

describe('SdkResponse of a client that is iterated over', () => {
  const cut = new SyntaxError('Unexpected end of JSON input');

  async function errorAfter(chunks: readonly ChatChunk[]): Promise<unknown> {
    const said = {
      async *[Symbol.asyncIterator](): AsyncGenerator<ChatChunk> {
        yield* await Promise.resolve(chunks);
        throw cut;
      },
    };
    try {
      const response = new SdkResponse<ChatChunk>({}, chatFormat, () => []);
      for await (const some of await response.open(Promise.resolve(said))) expect(some).to.have.length(1);
    } catch (error) {
      return error;
    }
    return undefined;
  }

  it('is interrupted where its parser fails after the first chunk, and fails as it does before that', async () => {
    expect(await errorAfter([])).to.equal(cut);
    expect(await errorAfter([{ choices: [{ delta: { content: 'a' } }] }]))
      .to.be.instanceOf(IncompleteCompletionError)
      .and.include({ reason: 'interrupted', cause: cut });
  });
});
