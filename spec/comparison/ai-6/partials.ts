import { openai } from '@ai-sdk/openai-3';
import { Output, streamText } from 'ai-6';
import * as z from 'zod';

const { partialOutputStream, output } = streamText({
  model: openai.chat('gpt-4o-mini'),
  output: Output.object({ schema: z.object({ name: z.string(), age: z.number() }) }),
  prompt: 'John is 30 years old.',
});
for await (const partial of partialOutputStream) console.log('writing', partial);
console.log('done', await output);
// Prints:
// writing { name: '' }
// writing { name: 'John' }
// writing { name: 'John', age: 30 }
// done { name: 'John', age: 30 }
