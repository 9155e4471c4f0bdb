import { expect } from 'chai';
import * as fc from 'fast-check';
import * as t from 'io-ts';
import { concat, of, throwError } from 'rxjs';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { tool } from '../../lib/answers/tools/tool.js';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import type { ToolStep } from '../../lib/completions/CompletionModel.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';
import { arbitraryCuts, cutAt } from './arbitraryJson.js';

/** A call, as the model writes it, and what a plain reading of it says. */
interface Call {
  readonly name: 'square' | 'fail' | 'unknown';
  /** Right, wrong for the codec, or no JSON. */
  readonly arguments: 'right' | 'wrong' | 'broken';
  readonly n: number;
}

/** The ids that the server gives: each call its own, none at all, or one for all of them. */
type Ids = 'own' | 'none' | 'same';

/** A request: text beside calls, or an answer, right or wrong. */
type Step =
  | { readonly kind: 'calls'; readonly text: string; readonly ids: Ids; readonly calls: readonly Call[] }
  | { readonly kind: 'answer'; readonly isRight: boolean };

const call: fc.Arbitrary<Call> = fc.record({
  name: fc.constantFrom('square', 'square', 'fail', 'unknown'),
  arguments: fc.constantFrom('right', 'right', 'wrong', 'broken'),
  n: fc.integer({ min: -9, max: 9 }),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('calls'),
      text: fc.constantFrom('', 'Let me see.', '{"total":1}', '{"total":"x"}'),
      ids: fc.constantFrom<Ids>('own', 'own', 'none', 'same'),
      calls: fc.array(call, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('answer'), isRight: fc.boolean() }) },
);

const textOf = (written: Call): string =>
  ({ right: `{"n":${written.n}}`, wrong: `{"n":"${written.n}"}`, broken: `{"n":${written.n},,}` })[written.arguments];

function eventsOf(script: Step, nth: number, cuts: readonly number[]): CompletionEvent[] {
  const deltas = (text: string): readonly string[] => cutAt(text, cuts);
  if (script.kind === 'answer')
    return [
      ...deltas(script.isRight ? '{"total":1}' : '{"total":"x"}').map((text) => ({
        type: 'text-delta' as const,
        text,
      })),
      { type: 'finish', reason: 'stop', raw: 'stop' },
    ];
  return [
    ...deltas(script.text).map((text) => ({ type: 'text-delta' as const, text })),
    ...script.calls.flatMap((written, index): CompletionEvent[] => [
      {
        type: 'tool-delta',
        index,
        ...(script.ids !== 'none' && { id: script.ids === 'own' ? `${nth}-${index}` : `${nth}-0` }),
        name: written.name,
        text: '',
      },
      ...deltas(textOf(written)).map((text) => ({ type: 'tool-delta' as const, index, text })),
    ]),
    { type: 'finish', reason: 'tool-calls', raw: 'tool_calls' },
  ];
}

/** The id by which a call is known: the server's, where it is the call's own. */
function idOf(ids: Ids, nth: number, index: number, step: number): string {
  const isKnown = ids === 'own' || (ids === 'same' && index === 0);
  return isKnown ? `${nth}-${index}` : `call${String(step).padStart(2, '0')}${String(index + 1).padStart(3, '0')}`;
}

/** The expected outcome of a script, read as a person would. */
interface Outcome {
  /** The end of each call, of each attempt, and of the stream. */
  readonly seen: readonly string[];
  /** The calls that the last request was told. */
  readonly told: readonly (readonly string[])[];
  readonly requests: number;
}

function interpret(script: readonly Step[], retries: number, maxSteps: number): Outcome {
  const seen: string[] = [];
  const told: string[][] = [];
  let steps = 0;
  let failures = 0;
  for (const [nth, each] of script.entries()) {
    const requests = nth + 1;
    if (each.kind === 'answer') {
      if (each.isRight) return { seen: [...seen, 'Complete'], told, requests };
      seen.push('Left');
      failures += 1;
      if (failures > retries) return { seen, told, requests };
      continue;
    }
    steps += 1;
    if (steps > maxSteps) return { seen: [...seen, 'MaxStepsError'], told, requests };
    const results = each.calls.map((written, index) => {
      const isDone = written.name === 'square' && written.arguments === 'right';
      const id = idOf(each.ids, nth, index, steps);
      seen.push(`${id} ${isDone ? `done ${written.n ** 2}` : 'failed'}`);
      return `${id} ${isDone ? String(written.n ** 2) : 'error'}`;
    });
    told.push(results);
  }
  return { seen: [...seen, 'no answer left'], told, requests: script.length + 1 };
}

const input = t.type({ n: t.number });
const tools = {
  square: tool({ input, run: ({ n }) => of('progress', n ** 2) }),
  fail: tool({
    input,
    run: () =>
      concat(
        of('progress'),
        throwError(() => new Error('it failed')),
      ),
  }),
};

/** Everything that a model does in one conversation, and how much of it is allowed. */
export interface ToolScript {
  readonly steps: readonly Step[];
  readonly retries: number;
  readonly maxSteps: number;
  readonly cuts: readonly number[];
}

export const arbitraryToolScript: fc.Arbitrary<ToolScript> = fc.record({
  steps: fc.array(step, { maxLength: 6 }),
  retries: fc.integer({ min: 0, max: 2 }),
  maxSteps: fc.integer({ min: 0, max: 4 }),
  cuts: arbitraryCuts,
});

/** Plays a script: the stream, the conversation and the number of requests are what a plain reading of it says. */
export function expectPlainReading({ steps, retries, maxSteps, cuts }: ToolScript): void {
  const model = scriptedModel(steps.map((each, nth) => eventsOf(each, nth, cuts)));
  const seen: string[] = [];
  const states = new Map<string, string[]>();
  const config = { codec: t.type({ total: t.number }), messages: ['How much?'], tools, retries, maxSteps };
  structuredCompletion(model, config).subscribe({
    next: (either) => {
      if (either._tag === 'Left') seen.push('Left');
      else if (either.right._tag === 'Complete') seen.push('Complete');
      else if (either.right._tag === 'Tool') {
        const { id, state } = either.right;
        states.set(id, [...(states.get(id) ?? []), state]);
        if (either.right.state === 'done') seen.push(`${id} done ${either.right.output ?? ''}`);
        if (state === 'failed') seen.push(`${id} failed`);
      }
    },
    error: (error: unknown) => {
      const name = error instanceof Error ? error.name : '';
      seen.push(name === 'Error' ? 'no answer left' : name);
    },
  });

  const expected = interpret(steps, retries, maxSteps);
  expect(seen).to.deep.equal(expected.seen);
  expect(model.requests).to.have.length(expected.requests);
  const told = model.requests.at(-1)?.question.steps ?? [];
  expect(told.map(resultsOf)).to.deep.equal(expected.told);
  for (const of of states.values())
    expect(of.join(' ')).to.match(/^(writing )+(running )*(done|failed)$|^(writing ?)+$/);
}

const resultsOf = ({ calls }: ToolStep): string[] =>
  calls.map(({ id, text, isError }) => `${id} ${isError ? 'error' : text}`);
