import { expect } from 'chai';
import { IncompleteCompletionError } from '../../lib/deltas/IncompleteCompletionError.js';
import { chatFormat } from '../../lib/providers/openai/chatFormat.js';
import type { ChatChunk } from '../../lib/providers/openai/ChatChunk.js';
import { SseChunks } from '../../lib/providers/SseChunks.js';
import { growthOfReading } from '../support/growthOfReading.js';
import { until } from '../support/until.js';

const headers = { 'content-type': 'text/event-stream' };
const say = (key: string, length: number): string =>
  JSON.stringify({ choices: [{ [key]: { content: 'x'.repeat(length) } }] });

/** Bodies in which no event ends for long. */
const bodies: Readonly<Record<string, (length: number) => string>> = {
  'the first event': (length) => `data: ${say('delta', length)}\n\n`,
  'an answer that was not streamed': (length) => say('message', length),
  'a comment before the first event': (length) => `:${'x'.repeat(length)}\n\ndata: ${say('delta', 9)}\n\n`,
};

describe('SseChunks', () => {
  for (const [what, write] of Object.entries(bodies))
    it(`reads every byte once, however long nothing ends: ${what}`, async () => {
      const growth = await growthOfReading(write, async (body) => {
        const chunks = new SseChunks<ChatChunk>(new Response(null, { headers }), body, {
          ...chatFormat,
          isSilent: () => false,
          toApiError: () => new Error('none'),
        });
        let count = 0;
        for await (const some of chunks) count += some.length;
        expect(count).to.equal(1);
      });
      expect(growth).to.be.below(3);
    }).timeout(60_000);

  const read = (body: ReadableStream<Uint8Array>): SseChunks<ChatChunk> =>
    new SseChunks<ChatChunk>(new Response(null, { headers }), body, {
      ...chatFormat,
      isSilent: () => false,
      toApiError: () => new Error('none'),
    });

  it('is interrupted where a connection breaks after its first bytes, and fails as it does before them', async () => {
    const reset = new Error('reset');
    const errorAfter = async (sent: readonly string[]): Promise<unknown> => {
      const pieces = sent.map((text) => new TextEncoder().encode(text));
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          const piece = pieces.shift();
          if (piece === undefined) controller.error(reset);
          else controller.enqueue(piece);
        },
      });
      return read(body)
        .next()
        .catch((error: unknown) => error);
    };
    expect(await errorAfter([])).to.equal(reset);
    expect(await errorAfter(['data: {"cho']))
      .to.be.instanceOf(IncompleteCompletionError)
      .and.include({ reason: 'interrupted', cause: reset });
  });

  it('cancels the body where it is left', async () => {
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode(`data: ${say('delta', 3)}\n\n`));
      },
      cancel: () => {
        isCancelled = true;
      },
    });
    for await (const some of read(body)) {
      expect(some).to.have.length(1);
      break;
    }
    expect(isCancelled).to.equal(true);
  });

  it('gives up a body that goes on long after the end of the answer', async () => {
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode(`data: ${say('delta', 3)}\n\ndata: [DONE]\n\n`));
      },
      cancel: () => {
        isCancelled = true;
      },
    });
    for await (const some of read(body)) expect(some).to.have.length(1);
    expect(isCancelled).to.equal(false);
    await until(() => isCancelled);
  });
});
