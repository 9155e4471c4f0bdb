import { structuredCompletion } from 'rx-structured';
import { ollamaChat } from 'rx-structured/ollama';
import * as z from 'zod';

structuredCompletion(ollamaChat({ model: 'any', host: process.env.OLLAMA_HOST }), {
  codec: z.object({ age: z.number() }),
  messages: [{ role: 'user', content: 'How old is John?' }],
}).subscribe(({ right }) => console.log(right._tag, right.value));
