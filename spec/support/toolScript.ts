import * as t from 'io-ts';
import { of } from 'rxjs';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { tool, type Tools } from '../../lib/answers/tools/tool.js';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import { scriptedModel, type ScriptedAnswer, type ScriptedRequest } from '../../lib/testing/scriptedModel.js';

export const codec = t.type({ reply: t.string });
export const messages = ['Where is my order?'];

/** A response that calls tools, each call in these deltas. */
export function calls(
  ...written: readonly (readonly [id: string, name: string, ...deltas: readonly string[]])[]
): CompletionEvent[] {
  return [
    ...written.flatMap(([id, name, ...deltas], index) => [
      { type: 'tool-delta' as const, index, id, name, text: '' },
      ...deltas.map((text) => ({ type: 'tool-delta' as const, index, text })),
    ]),
    { type: 'finish', reason: 'tool-calls', raw: 'tool_calls' },
  ];
}

export const answer = '{"reply":"On its way."}';

export const lookUp = tool({
  description: 'Looks an order up.',
  input: t.type({ order: t.number }),
  run: ({ order }) => of({ order, state: 'sent' }),
});

/** The notifications, a line each, and the questions. */
export function talk(answers: readonly ScriptedAnswer[], tools: Tools, config: object = {}) {
  const model = scriptedModel(answers);
  const lines: string[] = [];
  structuredCompletion(model, { codec, messages, tools, ...config }).subscribe({
    next: (either) => {
      if (either._tag === 'Left') lines.push(`Left ${either.left.attempt} ${either.left.message}`);
      else if (either.right._tag === 'Tool') {
        const { name, id, step, state, input, ...rest } = either.right;
        const [result] = Object.entries(rest).flatMap(([key, value]) =>
          key === '_tag' ? [] : [` ${key} ${value instanceof Error ? value.message : JSON.stringify(value)}`],
        );
        lines.push(`${step} ${name} ${id} ${state} ${JSON.stringify(input)}${result ?? ''}`);
      } else lines.push(`${either.right._tag} ${JSON.stringify(either.right.value)}`);
    },
    error: (error: unknown) => lines.push(error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
    complete: () => lines.push('|'),
  });
  return { lines, requests: model.requests };
}

export const linesOf = (...[answers, tools, config]: Parameters<typeof talk>): string[] =>
  talk(answers, tools, config).lines;

/** The notifications of the answer. */
export const answered = ['Partial {"reply":"On its way."}', 'Complete {"reply":"On its way."}', '|'];

/** The results of calls that the model was told in the last request, by step. */
export function resultsIn(requests: readonly ScriptedRequest[]): string[][] {
  return (requests.at(-1)?.question.steps ?? []).map(({ calls: told }) =>
    told.map(({ name, arguments: json, text, isError }) => `${name} ${json} ${isError ? 'error ' : ''}${text}`),
  );
}
