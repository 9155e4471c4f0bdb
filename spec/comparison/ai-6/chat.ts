import { openai } from '@ai-sdk/openai-3';
import { Output, streamText } from 'ai-6';
import * as z from 'zod';

const model = openai.chat('gpt-4o-mini');
const messages = [{ role: 'user' as const, content: 'I am Ann, and 41. Who am I?' }];
const first = streamText({ model, output: Output.object({ schema: z.object({ name: z.string() }) }), messages });
console.log(await first.output);

const next = streamText({
  model,
  output: Output.object({ schema: z.object({ age: z.number() }) }),
  messages: [...messages, ...(await first.response).messages, { role: 'user', content: 'And how old?' }],
});
console.log(await next.output);
// Prints:
// { name: 'Ann' }
// { age: 41 }
