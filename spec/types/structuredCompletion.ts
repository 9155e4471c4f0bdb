import * as t from 'io-ts';
import { Subject, type Observable } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import * as z from 'zod';
import type { WatchedEvent } from '../../lib/completions/AnswerDeltaEvent.js';
import type { CompletionModel } from '../../lib/completions/CompletionModel.js';
import type { Message } from '../../lib/completions/Message.js';
import { decodeToolCalls } from '../../lib/answers/decodeToolCalls.js';
import type { InvalidAnswer } from '../../lib/decoded/InvalidAnswer.js';
import { structuredCompletion, type StructuredAnswer } from '../../lib/answers/structuredCompletion.js';
import type { DecodedElement, InvalidElement } from '../../lib/answers/DecodedElement.js';
import { structuredElements } from '../../lib/answers/structuredElements.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';
import { expectType } from './expectType.js';

const model = scriptedModel([]);
const messages: string[] = [];
const codec = t.type({ name: t.string, age: t.number });
const schema = z.object({ name: z.string(), age: z.coerce.number() });

interface User {
  name: string;
  age: number;
}

expectType<Observable<Either<InvalidAnswer, StructuredAnswer<User>>>>()(
  structuredCompletion(model, { codec, messages }),
);
expectType<Observable<Either<InvalidAnswer, StructuredAnswer<User>>>>()(
  structuredCompletion(model, { codec: schema, messages }),
);
expectType<Observable<Either<InvalidElement, DecodedElement<User>>>>()(structuredElements(model, { codec, messages }));
expectType<Observable<Either<InvalidElement, DecodedElement<User>>>>()(
  structuredElements(model, { codec: schema, messages }),
);

declare const chat: CompletionModel<{ readonly content: string }>;
// @ts-expect-error TS2322: the messages are those of the model
void structuredCompletion(chat, { codec, messages });

/** A turn is asked for in the model's own type, and given so, ready to be appended. */
declare const writer: CompletionModel<{ readonly role: string }, { readonly role: 'assistant' }>;
const roles = [{ role: 'user' }];
structuredCompletion(writer, { codec, messages: roles }).subscribe((either) => {
  if (either._tag === 'Left' || either.right._tag === 'Partial') return;
  const { completion } = either.right;
  expectType<readonly ({ readonly role: 'assistant' } | Message)[]>()(completion.messages);
  void structuredCompletion(writer, { codec, messages: [...roles, ...completion.messages] });
});

/** Who watches is a function or an observer. */
void structuredCompletion(model, { codec, messages, watch: new Subject<WatchedEvent>() });
void structuredCompletion(model, { codec, messages, watch: { next: (event) => event.type } });
void structuredCompletion(model, { codec, messages, watch: (event) => event.type });
// @ts-expect-error TS2322: a Subject of something else
void structuredCompletion(model, { codec, messages, watch: new Subject<string>() });

decodeToolCalls({ codec, schema });
