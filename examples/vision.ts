// You will see what a model reads off a picture and a PDF, told in one message that every provider takes.
import { readFile } from 'node:fs/promises';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { finalize } from 'rxjs';
import { structuredCompletion, type Message } from 'rx-structured';
import { openaiChat } from 'rx-structured/openai';
import { chooseModel } from './support/chooseModel.js';
import { printError } from './support/printError.js';

const { client, model, close } = await chooseModel();
const [picture, document] = await Promise.all(
  ['stamp.png', 'invoice.pdf'].map((file) => readFile(`examples/support/${file}`)),
);

const messages: readonly Message[] = [
  { role: 'system', content: 'You read invoices.' },
  {
    role: 'user',
    content: [
      { type: 'text', text: 'Which invoice is this, what is its total, and is it stamped as paid?' },
      { type: 'image', data: picture ?? '', mediaType: 'image/png' },
      { type: 'file', data: document ?? '', mediaType: 'application/pdf', filename: 'invoice.pdf' },
    ],
  },
];

structuredCompletion(openaiChat(client, { model }), {
  codec: t.type({ number: t.string, total: t.number, paid: t.boolean }),
  messages,
})
  .pipe(finalize(close))
  .subscribe({
    next: E.match(
      ({ message }) => console.log('rejected:', message),
      ({ _tag, value }) => console.log(`${_tag}:`, value),
    ),
    error: printError,
  });
