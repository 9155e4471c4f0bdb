import { openai } from '@ai-sdk/openai-3';
import { Output, streamText } from 'ai-6';
import * as z from 'zod';

const { elementStream } = streamText({
  model: openai.chat('gpt-4o-mini'),
  output: Output.array({ element: z.object({ name: z.string() }) }),
  prompt: 'Ann, 7 and Eve. Who is there?',
});
for await (const element of elementStream) console.log(element);
// Prints:
// { name: 'Ann' }
// { name: 'Eve' }
