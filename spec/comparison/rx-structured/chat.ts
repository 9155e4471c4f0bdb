import { lastValueFrom } from 'rxjs';
import { finalValue, structuredCompletion, toAnswerState } from 'rx-structured';
import { ollamaChat } from 'rx-structured/ollama';
import * as z from 'zod';

const model = ollamaChat({ model: 'llama3.2' });
const messages = [{ role: 'user' as const, content: 'I am Ann, and 41. Who am I?' }];
const answer = structuredCompletion(model, { codec: z.object({ name: z.string() }), messages });
const first = await lastValueFrom(answer.pipe(toAnswerState()));
if (first.phase !== 'done') throw new Error(first.phase);
console.log(first.value);

const next = structuredCompletion(model, {
  codec: z.object({ age: z.number() }),
  messages: [...messages, ...(first.completion?.messages ?? []), { role: 'user', content: 'And how old?' }],
});
console.log(await lastValueFrom(next.pipe(finalValue())));
// Prints:
// { name: 'Ann' }
// { age: 41 }
