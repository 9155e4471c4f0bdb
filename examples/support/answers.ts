import type { Json } from 'rx-structured';
import { review } from './review.js';

/** `attempt` counts from 1: the model is asked again after a rejected answer. */
type Answer = (match: RegExpExecArray, attempt: number, model: string) => Json;

/** Everything the embedded model knows. It answers under any model name. */
const knowledge: readonly (readonly [question: RegExp, answer: Answer])[] = [
  [/(\w+) is (\d+) years old/, ([, name = '', age]) => ({ name, age: Number(age) })],
  [/(\w+) turned thirty/, ([, name = ''], attempt) => (attempt === 1 ? { name, age: 'thirty' } : { name, age: 30 })],
  [
    /2 coffees, 1 lemonade and a free biscuit/,
    () => ({
      items: [
        { name: 'coffee', count: 2 },
        { name: 'biscuit', count: 'free' },
        { name: 'lemonade', count: 1 },
      ],
    }),
  ],
  [/Review Walden, from memory/, (_, attempt) => review(attempt === 1 ? 'the 1850s' : 1854)],
  [/Review Walden/, () => review(1854)],
  [
    /Where is my order (\d+)/,
    ([, order]) => ({
      subject: `Your order ${order ?? ''}`,
      text: 'It left our warehouse on Tuesday and should reach you tomorrow.',
      escalate: false,
    }),
  ],
  [/Which invoice is this.*image_url.*application\/pdf/, () => ({ number: '2026-117', total: 84.5, paid: true })],
  [/How deep is Lake Geneva/, () => ({ lake: 'Lake Geneva', metres: 310 })],
  [
    /How high is Mont Blanc/,
    (_match, _attempt, model) => ({
      mountain: 'Mont Blanc',
      metres: model.startsWith('gpt-4o-mini') ? 'about 4800' : 4806,
    }),
  ],
];

/** The answer as a model writes it: compact JSON. `undefined` for an unknown question. */
export function answerTo(question: string, attempt: number, model = ''): string | undefined {
  for (const [pattern, answer] of knowledge) {
    const match = pattern.exec(question);
    if (match) return JSON.stringify(answer(match, attempt, model));
  }
  return undefined;
}

/** The answer in pieces of about the size of a model's tokens: `{"` `name` `":"J` `ohn` `","` `age` `":` `3` `0` `}`. */
export function toTokens(answer: string): readonly string[] {
  return answer.match(/[^A-Za-z\d]*[A-Z]| ?[a-z]+|\d|[^A-Za-z\d ]+| /g) ?? [];
}
