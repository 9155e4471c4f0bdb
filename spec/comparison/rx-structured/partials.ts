import { structuredCompletion, toAnswerState } from 'rx-structured';
import { ollamaChat } from 'rx-structured/ollama';
import * as z from 'zod';

structuredCompletion(ollamaChat({ model: 'llama3.2' }), {
  codec: z.object({ name: z.string(), age: z.number() }),
  messages: [{ role: 'user', content: 'John is 30 years old.' }],
})
  .pipe(toAnswerState())
  .subscribe((state) => console.log(state.phase, 'value' in state && state.value));
// Prints:
// waiting false
// writing { name: '' }
// writing { name: 'John' }
// writing { name: 'John', age: 30 }
// done { name: 'John', age: 30 }
