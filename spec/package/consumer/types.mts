import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import OpenAI from 'openai';
import { of, type Observable } from 'rxjs';
import { accumulatePartial, decodeWith, toJsonTokens, type Decoded, type InvalidAnswer } from 'rx-structured';
import { openaiChat } from 'rx-structured/openai';

const User = t.type({ name: t.string, tags: t.array(t.string) });

export const users: Observable<Either<InvalidAnswer, Decoded<{ name: string; tags: string[] }>>> = of('{}').pipe(
  toJsonTokens(),
  accumulatePartial(),
  decodeWith(User),
);

export const model = openaiChat(new OpenAI(), { model: 'gpt-4o-mini', temperature: 0 });

// @ts-expect-error a model has a name
openaiChat(new OpenAI(), {});
