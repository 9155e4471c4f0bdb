import type { Json } from 'rx-structured';

/** What the embedded model knows. `attempt` counts from 1: it is asked again where its answer was refused. */
const knowledge: readonly (readonly [question: RegExp, answer: (match: RegExpExecArray, attempt: number) => Json])[] = [
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
];

/** The answer as a model writes it: compact JSON. `undefined` where nothing is known. */
export function answerTo(question: string, attempt: number): string | undefined {
  for (const [pattern, answer] of knowledge) {
    const match = pattern.exec(question);
    if (match) return JSON.stringify(answer(match, attempt));
  }
  return undefined;
}

/** The answer in pieces of about the size of a model's tokens: `{"` `name` `":"J` `ohn` `","` `age` `":` `3` `0` `}`. */
export function toTokens(answer: string): readonly string[] {
  return answer.match(/[^A-Za-z\d]*[A-Z]|[a-z]+|\d|[^A-Za-z\d]+/g) ?? [];
}
