import { structuredCompletion, toAnswerState } from 'rx-structured';
import { scriptedModel } from 'rx-structured/testing';
import * as z from 'zod';

const model = scriptedModel(['{"age":30}']);
structuredCompletion(model, { codec: z.object({ age: z.number() }), messages: ['How old is John?'] })
  .pipe(toAnswerState())
  .subscribe((state) => console.log(state.phase, 'value' in state && state.value));
// Prints:
// waiting false
// writing { age: 30 }
// done { age: 30 }
