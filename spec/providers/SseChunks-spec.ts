import { expect } from 'chai';
import { chatFormat } from '../../lib/providers/openai/chatFormat.js';
import type { ChatChunk } from '../../lib/providers/openai/ChatChunk.js';
import { SseChunks } from '../../lib/providers/SseChunks.js';
import { growthOfReading } from '../support/growthOfReading.js';

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
});
