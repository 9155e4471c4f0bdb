import { Output, streamText } from 'ai-6';
import { convertArrayToReadableStream, MockLanguageModelV3 } from 'ai-6/test';
import * as z from 'zod';

const model = new MockLanguageModelV3({
  doStream: {
    stream: convertArrayToReadableStream([
      { type: 'text-start', id: '1' },
      { type: 'text-delta', id: '1', delta: '{"age":30}' },
      { type: 'text-end', id: '1' },
      {
        type: 'finish',
        finishReason: { unified: 'stop', raw: 'stop' },
        usage: {
          inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
          outputTokens: { total: 1, text: 1, reasoning: 0 },
        },
      },
    ]),
  },
});
const output = Output.object({ schema: z.object({ age: z.number() }) });
const answer = streamText({ model, output, prompt: 'How old is John?' });
for await (const partial of answer.partialOutputStream) console.log('writing', partial);
console.log('done', await answer.output);
// Prints:
// writing { age: 30 }
// done { age: 30 }
