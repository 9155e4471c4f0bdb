import { structuredElements } from 'rx-structured';
import { ollamaChat } from 'rx-structured/ollama';
import * as z from 'zod';

structuredElements(ollamaChat({ model: 'llama3.2' }), {
  codec: z.object({ name: z.string() }),
  messages: [{ role: 'user', content: 'Ann, 7 and Eve. Who is there?' }],
}).subscribe((element) => console.log(element._tag === 'Left' ? element.left.message : element.right.value));
// Prints:
// { name: 'Ann' }
// $.items[1].name: Invalid input: expected string, received number
// { name: 'Eve' }
