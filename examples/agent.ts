// You will see the model call a tool, the tool report its progress, and then the typed reply grow.
import * as t from 'io-ts';
import { concat, delay, finalize, of } from 'rxjs';
import { structuredCompletion, tool } from 'rx-structured';
import { openaiChat } from 'rx-structured/openai';
import { chooseModel } from './support/chooseModel.js';
import { printError } from './support/printError.js';

const lookUpOrder = tool({
  description: 'Looks an order up by its number.',
  input: t.type({ order: t.number }),
  // In the place of a database: progress first, then the result.
  run: ({ order }) => concat(of('searching …'), of({ order, state: 'sent', on: 'Tuesday' }).pipe(delay(300))),
});

const { client, model, close } = await chooseModel();

structuredCompletion(openaiChat(client, { model }), {
  codec: t.type({ subject: t.string, text: t.string, escalate: t.boolean }, 'Reply'),
  messages: [{ role: 'user', content: 'Answer this customer: Where is my order 1007?' }],
  tools: { lookUpOrder },
})
  .pipe(finalize(close))
  .subscribe({
    next: (either) => {
      if (either._tag === 'Left') console.log('rejected:', either.left.message);
      else if (either.right._tag !== 'Tool') console.log(`${either.right._tag}:`, either.right.value);
      else if (either.right.state === 'failed') console.log('failed:', either.right.error);
      else if (either.right.state === 'done') console.log('done:', either.right.output);
      else if (either.right.state === 'running')
        console.log('running:', either.right.input, either.right.progress ?? '');
      else console.log('writing:', either.right.name, either.right.input);
    },
    error: printError,
  });
