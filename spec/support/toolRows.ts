import * as t from 'io-ts';
import { concat, concatMap, EMPTY, finalize, map, of, Subject, take, throwError, timer } from 'rxjs';
import { tool, type Tool, type Tools } from '../../lib/answers/tools/tool.js';
import type { SaidCall, SaidTurn } from './toolWires.js';

/** One thing that may happen between a model and its tools, whatever the API. */
export interface ToolRow {
  readonly title: string;
  /** The responses of the model, all but those that only say that it calls no more. */
  readonly turns: readonly SaidTurn[];
  readonly tools: Tools;
  readonly config?: { readonly retries?: number; readonly maxSteps?: number };
  /** What a subscriber sees: the same of every API. Calls are named by their order. */
  readonly seen: readonly string[];
  /** How many of the turns are asked for. By default all. */
  readonly asked?: number;
  /** The arguments cannot be written where a call comes whole. */
  readonly needsText?: true;
}

const call = (id: string, order: unknown, name = 'lookUp'): SaidCall => {
  const json = JSON.stringify({ order });
  return { id, name, args: [json.slice(0, 9), json.slice(9)] };
};
const answer: SaidTurn = { text: ['{"reply":"Sent."}'] };
const answered = ['Partial {"reply":"Sent."}', 'Complete {"reply":"Sent."}', '|'];
const order = t.type({ order: t.number });
const sent = (n: number): string => `{"order":${n},"state":"sent"}`;

const lookUp = tool({
  description: 'Looks an order up.',
  input: order,
  run: (input) => Promise.resolve({ ...input, state: 'sent' }),
});

/** The first call waits for the end of the second: one after the other, they would wait for ever. */
const overlapping = tool({
  description: 'Looks an order up.',
  input: order,
  run: (input) => {
    const result = timer(5).pipe(map(() => ({ ...input, state: 'sent' })));
    return input.order === 1
      ? ended.pipe(
          take(1),
          concatMap(() => result),
        )
      : result.pipe(
          finalize(() => {
            ended.next();
          }),
        );
  },
});
const ended = new Subject<void>();

const run = (each: Tool<{ readonly order: number }, unknown>['run']): Tools => ({
  lookUp: tool({ description: 'Looks an order up.', input: order, run: each }),
});
const done = (name: string, n: number): string[] => [`${name} running {"order":${n}}`, `${name} done ${sent(n)}`];
const failed = (error: string): string[] => ['a writing', `a failed ${error}`, ...answered];

/** A run that fails: begun, and then told. */
const failing = (title: string, tools: Tools, ...between: readonly string[]): ToolRow => ({
  title,
  turns: [{ calls: [call('a', 1)] }, answer],
  tools,
  seen: ['a writing', 'a running {"order":1}', ...between, 'a failed no connection', ...answered],
});

export const toolRows: readonly ToolRow[] = [
  {
    title: 'one call',
    turns: [{ calls: [call('a', 1)] }, answer],
    tools: { lookUp },
    seen: ['a writing', ...done('a', 1), ...answered],
  },
  {
    title: 'two calls at once, told in the order of the calls, whichever ends first',
    turns: [{ calls: [call('a', 1), call('b', 2)] }, answer],
    tools: { lookUp: overlapping },
    seen: [
      'a writing',
      'b writing',
      'a running {"order":1}',
      'b running {"order":2}',
      `b done ${sent(2)}`,
      `a done ${sent(1)}`,
      ...answered,
    ],
  },
  {
    title: 'a chain of three steps, each with its thoughts',
    turns: [
      { thoughts: ['I must ', 'look.'], calls: [call('a', 1)] },
      { thoughts: ['And ', 'again.'], calls: [call('b', 2)] },
      { calls: [call('c', 3)] },
      answer,
    ],
    tools: { lookUp },
    seen: [
      ...['a writing', ...done('a', 1)],
      ...['b writing', ...done('b', 2)],
      ...['c writing', ...done('c', 3)],
      ...answered,
    ],
  },
  {
    title: 'wrong arguments',
    turns: [{ calls: [call('a', 'one')] }, answer],
    tools: { lookUp },
    seen: failed('$.order: expected number, got "one"'),
  },
  {
    title: 'arguments that are no JSON',
    turns: [{ calls: [{ id: 'a', name: 'lookUp', args: ['{"order":', '1,,}'] }] }, answer],
    tools: { lookUp },
    seen: failed('offset 11: expected a key, got "," near {"order":1,,'),
    needsText: true,
  },
  {
    title: 'arguments that are cut off',
    turns: [{ calls: [{ id: 'a', name: 'lookUp', args: ['{"order":', '1'] }] }, answer],
    tools: { lookUp },
    seen: failed('offset 10: expected the rest of the document, got the end of the text near {"order":1'),
    needsText: true,
  },
  {
    title: 'no arguments at all, of a tool that takes none',
    turns: [{ calls: [{ id: 'a', name: 'now', args: [] }] }, answer],
    tools: { now: tool({ input: t.type({}), run: () => of('noon') }) },
    seen: ['a writing', 'a running {}', 'a done noon', ...answered],
  },
  {
    title: 'a tool that does not exist',
    turns: [{ calls: [call('a', 1, 'lookDown')] }, answer],
    tools: { lookUp },
    seen: failed('there is no tool "lookDown": expected one of "lookUp"'),
  },
  {
    title: 'a wrong call beside a right one',
    turns: [{ calls: [call('a', 'one'), call('b', 2)] }, answer],
    tools: { lookUp },
    seen: ['a writing', 'b writing', 'a failed $.order: expected number, got "one"', ...done('b', 2), ...answered],
  },
  failing(
    'a run that throws',
    run(() => {
      throw new Error('no connection');
    }),
  ),
  failing(
    'a run whose promise rejects',
    run(() => Promise.reject(new Error('no connection'))),
  ),
  failing(
    'a run that errors after progress',
    run(() =>
      concat(
        of('half'),
        timer(5).pipe(map(() => 'most')),
        throwError(() => new Error('no connection')),
      ),
    ),
    'a progress half',
  ),
  {
    title: 'a run that emits nothing',
    turns: [{ calls: [call('a', 1)] }, answer],
    tools: run(() => EMPTY),
    seen: ['a writing', 'a running {"order":1}', 'a done undefined', ...answered],
  },
  {
    title: 'text before a call, which is no answer',
    turns: [{ text: ['{"reply":"Wait', '."}'], calls: [call('a', 1)] }, answer],
    tools: { lookUp },
    seen: ['Partial {"reply":"Wait"}', 'Partial {"reply":"Wait."}', 'a writing', ...done('a', 1), ...answered],
  },
  {
    title: 'a wrong text before a call, which is no Left',
    turns: [{ text: ['{"reply":', '7}'], calls: [call('a', 1)] }, answer],
    tools: { lookUp },
    seen: ['Partial {}', 'a writing', ...done('a', 1), ...answered],
  },
  {
    title: 'an answer that is rejected after a call, and asked for again with the result kept',
    turns: [{ calls: [call('a', 1)] }, { text: ['{"reply":7}'] }, answer],
    tools: { lookUp },
    config: { retries: 1 },
    seen: ['a writing', ...done('a', 1), 'Left 1+1 $.reply: expected string, got 7', ...answered],
  },
  {
    title: 'a call after a rejected answer',
    turns: [{ text: ['{"reply":7}'] }, { calls: [call('a', 1)] }, answer],
    tools: { lookUp },
    config: { retries: 1 },
    seen: ['Left 1+1 $.reply: expected string, got 7', 'a writing', ...done('a', 1), ...answered],
  },
  {
    title: 'a call that its connection cuts after the arguments',
    turns: [{ calls: [call('a', 1)], ends: 'cut' }, answer],
    tools: { lookUp },
    seen: ['a writing', 'IncompleteCompletionError interrupted'],
    asked: 1,
  },
  {
    title: 'a call that its connection cuts in the arguments',
    turns: [{ calls: [{ id: 'a', name: 'lookUp', args: ['{"ord'] }], ends: 'cut' }, answer],
    tools: { lookUp },
    seen: ['a writing', 'IncompleteCompletionError interrupted'],
    asked: 1,
    needsText: true,
  },
  {
    title: 'a call that ends with length',
    turns: [{ calls: [call('a', 1)], ends: 'length' }, answer],
    tools: { lookUp },
    seen: ['a writing', 'IncompleteCompletionError length'],
    asked: 1,
  },
  {
    title: 'two calls of which length cuts the second',
    turns: [{ calls: [call('a', 1), { id: 'b', name: 'lookUp', args: ['{"order":'] }], ends: 'length' }, answer],
    tools: { lookUp },
    seen: ['a writing', 'b writing', 'IncompleteCompletionError length'],
    asked: 1,
    needsText: true,
  },
  {
    title: 'a call that ends with stop',
    turns: [{ calls: [call('a', 1)], ends: 'stop' }, answer],
    tools: { lookUp },
    seen: ['a writing', ...done('a', 1), ...answered],
  },
  {
    title: 'as many steps as there may be, and the answer after them',
    turns: [{ calls: [call('a', 1)] }, { calls: [call('b', 2)] }, answer],
    tools: { lookUp },
    config: { maxSteps: 2 },
    seen: ['a writing', ...done('a', 1), 'b writing', ...done('b', 2), ...answered],
  },
  {
    title: 'a step more than there may be',
    turns: [{ calls: [call('a', 1)] }, { calls: [call('b', 2), call('c', 3)] }, answer],
    tools: { lookUp },
    config: { maxSteps: 1 },
    seen: ['a writing', ...done('a', 1), 'b writing', 'c writing', 'MaxStepsError 1: a 1, b 2, c 2'],
    asked: 2,
  },
];
