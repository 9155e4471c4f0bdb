import * as t from 'io-ts';
import type { Observable } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import * as z from 'zod';
import type { CompletionModel } from '../../lib/completions/CompletionModel.js';
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

decodeToolCalls({ codec, schema });
