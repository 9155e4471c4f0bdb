import Anthropic from '@anthropic-ai/sdk';
import * as t from 'io-ts';
import OpenAI from 'openai';
import { lastValueFrom, map, of, retry, timer, type Observable } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import * as z from 'zod';
import type { AnswerState } from '../../lib/answers/AnswerState.js';
import { finalValue } from '../../lib/answers/finalValue.js';
import { structuredCompletion, type StructuredAnswer } from '../../lib/answers/structuredCompletion.js';
import { structuredElements } from '../../lib/answers/structuredElements.js';
import type { ToolEvent } from '../../lib/answers/tools/ToolEvent.js';
import type { Unavailable } from '../../lib/answers/Unavailable.js';
import type { Message } from '../../lib/completions/Message.js';
import { anthropicMessages } from '../../lib/providers/anthropic/anthropicMessages.js';
import { openaiChat } from '../../lib/providers/openai/openaiChat.js';
import { toAnswerState } from '../../lib/answers/toAnswerState.js';
import type { PartialOf } from '../../lib/codecs/annotations/PartialOf.js';
import type { CompletionInfo } from '../../lib/completions/CompletionInfo.js';
import type { Decoded } from '../../lib/decoded/Decoded.js';
import { decodeWith } from '../../lib/decoded/decodeWith.js';
import type { InvalidAnswer } from '../../lib/decoded/InvalidAnswer.js';
import { validateWith } from '../../lib/decoded/validateWith.js';
import type { PartialJson } from '../../lib/partials/PartialJson.js';
import { retryOnValidationError } from '../../lib/retry/retryOnValidationError.js';
import { fromSse } from '../../lib/sse/fromSse.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';
import { expectType } from './expectType.js';

interface User {
  name: string;
  age: number;
}

const model = scriptedModel([]);
const messages: string[] = [];
const codec = t.type({ name: t.string, age: t.number });
const answer = structuredCompletion(model, { codec, messages });
declare const partials: Observable<PartialJson>;
declare const decoded: Observable<Either<InvalidAnswer, Decoded<User>>>;

expectType<Observable<User>>()(answer.pipe(finalValue()));
expectType<Observable<User>>()(decoded.pipe(finalValue()));
expectType<Observable<User>>()(fromSse('/', { codec }).pipe(finalValue()));
expectType<Promise<User>>()(lastValueFrom(answer.pipe(finalValue()), { defaultValue: { name: '', age: 0 } }));
expectType<Observable<User>>()(structuredCompletion(model, { codec: z.object({ name: z.string(), age: z.number() }), messages }).pipe(finalValue())); // prettier-ignore
expectType<Observable<string | null>>()(
  structuredCompletion(model, { codec: t.union([t.string, t.null]), messages }).pipe(finalValue()),
);
expectType<Observable<number>>()(answer.pipe(finalValue(), retry(2), map(({ age }) => age))); // prettier-ignore

expectType<Observable<AnswerState<User>>>()(answer.pipe(toAnswerState()));
expectType<Observable<AnswerState<User>>>()(decoded.pipe(toAnswerState()));
answer.pipe(toAnswerState()).subscribe((state) => {
  switch (state.phase) {
    case 'waiting':
      // @ts-expect-error TS2339: nothing of the attempt is there
      return String(state.value);
    case 'writing':
      expectType<PartialOf<User>>()(state.value);
      return state.path;
    case 'done':
      expectType<User>()(state.value);
      expectType<CompletionInfo | undefined>()(state.completion);
      return state.value.age;
    case 'invalid':
      return state.invalid.message;
    case 'failed':
      expectType<unknown>()(state.error);
      return state.value?.name;
  }
});

expectType<Observable<Either<InvalidAnswer, Decoded<User>>>>()(
  partials.pipe(
    decodeWith(codec),
    validateWith(({ age }) => (age > 100 ? 'too old' : undefined)),
    retryOnValidationError({ count: 2 }),
  ),
);
/** Now or later, one complaint or several, or none. */
void partials.pipe(
  decodeWith(codec),
  validateWith(async ({ name }) => Promise.resolve([name])),
);
void partials.pipe(
  decodeWith(codec),
  validateWith(({ name }) => timer(1).pipe(map(() => name))),
);
void structuredCompletion(model, { codec, messages, validate: ({ age }) => of(age > 100 && age < 200 ? ['no'] : []) });
void structuredElements(model, { codec, messages, validate: ({ name }) => name });
// @ts-expect-error TS2339: the value is what the codec says
void structuredCompletion(model, { codec, messages, validate: (user) => String(user.city) });
// @ts-expect-error TS2322: a complaint is a text
void structuredCompletion(model, { codec, messages, validate: ({ age }) => age > 100 });

/** Several models: their messages are neutral, or such as all of them take. */
declare const chat: OpenAI;
declare const claude: Anthropic;
const models = [openaiChat(chat, { model: 'm' }), anthropicMessages(claude, { model: 'm', max_tokens: 9 })];
const several = structuredCompletion(models, { codec, messages: [{ role: 'user', content: 'Who?' }] });
expectType<Observable<Either<InvalidAnswer | Unavailable, StructuredAnswer<User, Message>>>>()(several);
expectType<Observable<User>>()(several.pipe(finalValue()));
expectType<Observable<AnswerState<User, ToolEvent, CompletionInfo<Message>>>>()(several.pipe(toAnswerState()));
several.subscribe((either) => {
  if (either._tag === 'Left') return either.left._tag === 'Unavailable' ? either.left.error : either.left.errors;
  if (either.right._tag === 'Partial') return undefined;
  const { messages: turns } = either.right.completion;
  expectType<readonly Message[]>()(turns);
  return structuredCompletion(models, { codec, messages: [...turns, { role: 'user', content: 'And now?' }] });
});
void structuredCompletion(
  [openaiChat(chat, { model: 'm' }), anthropicMessages(claude, { model: 'm', max_tokens: 9 })],
  {
    codec,
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'Who?' }] },
    ],
    fallbackOn: (error) => error instanceof Error,
  },
);
void structuredElements(models, { codec, messages: [{ role: 'user', content: 'Who?' }] });
