import { expect } from 'chai';
import * as t from 'io-ts';
import { concat, from, of, throwError } from 'rxjs';
import * as z from 'zod';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { tool, type Tools } from '../../lib/answers/tools/tool.js';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import type { AnswerEvent } from '../../lib/sse/AnswerEvent.js';
import { answerEvents } from '../../lib/sse/answerEvents.js';
import { fromAnswerEvents } from '../../lib/sse/fromAnswerEvents.js';
import { fromSse } from '../../lib/sse/fromSse.js';
import { toSseResponse } from '../../lib/sse/toSseResponse.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';
import { answer, calls, codec, lookUp, messages } from '../support/toolScript.js';

const secret = tool({ input: t.type({ key: t.string }), run: () => of('hunter2') });
const slow = tool({
  input: t.type({}),
  run: () =>
    concat(
      of('half'),
      throwError(() => new Error('no connection')),
    ),
});

/** Text that is no answer, three calls, and then the answer. */
const script = (): (string | CompletionEvent[])[] => [
  [
    { type: 'text-delta', text: '{"reply":"Wait' },
    ...calls(['a', 'lookUp', '{"order":', '1}'], ['b', 'secret', '{"key":"k"}'], ['c', 'slow', '{}']),
  ],
  answer,
];

const serve = (tools: readonly string[]) =>
  answerEvents(
    (watch) =>
      structuredCompletion(scriptedModel(script()), { codec, messages, tools: { lookUp, secret, slow }, watch }),
    { tools },
  );

function eventsOf(tools: readonly string[]): AnswerEvent[] {
  const events: AnswerEvent[] = [];
  serve(tools).subscribe((event) => events.push(event));
  return events;
}

function failWith(error: unknown): never {
  throw error;
}

/** A schema whose value is none that JSON has. */
const Digits = z.object({ n: z.string().transform((digits) => BigInt(digits)) });

describe('tool calls on the wire', () => {
  it('travel where the server names the tool, and no others', () => {
    const events = eventsOf(['lookUp', 'slow']);
    expect(JSON.stringify(events)).not.to.match(/hunter2|secret/);
    expect(events.flatMap((event) => (event.type === 'tool' ? [`${event.name} ${event.state}`] : []))).to.deep.equal([
      'lookUp writing',
      'lookUp writing',
      'slow writing',
      'lookUp running',
      'lookUp done',
      'slow running',
      'slow failed',
    ]);
    expect(events.find((event) => event.type === 'tool' && event.state === 'failed')).to.include({
      message: 'no connection',
    });
  });

  it('do not travel by default; that the text before them was no answer does', () => {
    const events = eventsOf([]);
    expect(events.map((event) => (event.type === 'text' ? event.text : event.type))).to.deep.equal([
      '{"reply":"Wait',
      'step',
      answer,
      'complete',
    ]);
  });

  it('are shown where the client names the tool, through a real response', async () => {
    const lines: string[] = [];
    await new Promise<void>((resolve, reject) => {
      fromSse('/answer', {
        codec,
        tools: ['lookUp', 'slow'],
        fetch: () => Promise.resolve(toSseResponse(serve(['lookUp', 'slow']))),
      }).subscribe({
        next: (either) => {
          if (either._tag === 'Left') lines.push('Left');
          else if (either.right._tag !== 'Tool')
            lines.push(`${either.right._tag} ${JSON.stringify(either.right.value)}`);
          else if (either.right.state === 'done') lines.push(`done ${JSON.stringify(either.right.output)}`);
          else if (either.right.state === 'failed')
            lines.push(`failed ${either.right.error instanceof Error ? either.right.error.message : ''}`);
          else lines.push(`${either.right.name} ${either.right.state} ${JSON.stringify(either.right.input)}`);
        },
        error: reject,
        complete: resolve,
      });
    });
    expect(lines).to.deep.equal([
      'Partial {"reply":"Wait"}',
      'lookUp writing {}',
      'lookUp writing {"order":1}',
      'slow writing {}',
      'lookUp running {"order":1}',
      'done {"order":1,"state":"sent"}',
      'slow running {}',
      'failed no connection',
      'Partial {"reply":"On its way."}',
      'Complete {"reply":"On its way."}',
    ]);
  });

  it('are passed over by a client that does not ask for them', () => {
    const tags: string[] = [];
    fromAnswerEvents(of(...eventsOf(['lookUp'])), codec).subscribe((either) => {
      tags.push(either._tag === 'Left' ? 'Left' : either.right._tag);
    });
    expect(tags).to.deep.equal(['Partial', 'Partial', 'Complete']);
  });

  it('keep their progress apart from none', () => {
    const events = eventsOf(['slow']);
    expect(events.filter((event) => event.type === 'tool').map((event) => 'progress' in event)).to.deep.equal([
      false,
      false,
      false,
    ]);
  });

  describe('survive what JSON does not hold', () => {
    const ring: { self?: object } = {};
    ring.self = ring;
    const cases: [string, Tools[string], string, (event: AnswerEvent & { type: 'tool' }) => unknown, unknown][] = [
      ['a bigint of the input', tool({ input: Digits, run: () => of('ok') }), 'done', ({ input }) => input, { n: '5' }],
      [
        'a bigint of the progress',
        tool({ input: Digits, run: () => of(7n, 'ok') }),
        'running',
        ({ progress }) => progress,
        '7',
      ],
      [
        'a circle',
        tool({ input: Digits, run: () => of(ring, 'ok') }),
        'running',
        ({ progress }) => progress,
        undefined,
      ],
      [
        'an error that is not one',
        tool({ input: Digits, run: () => failWith({ message: 'no connection' }) }),
        'failed',
        ({ message }) => message,
        'no connection',
      ],
    ];
    for (const [title, odd, state, pick, expected] of cases)
      it(title, async () => {
        const model = scriptedModel([calls(['a', 'odd', '{"n":"5"}']), answer]);
        const told = answerEvents((watch) => structuredCompletion(model, { codec, messages, tools: { odd }, watch }), {
          tools: ['odd'],
        });
        const events: AnswerEvent[] = [];
        told.subscribe((event) => events.push(event));
        const last = events.flatMap((event) => (event.type === 'tool' && event.state === state ? [event] : [])).at(-1);
        expect(last && pick(last)).to.deep.equal(expected);
        expect(await toSseResponse(from(events)).text()).to.match(/event:complete/);
      });
  });
});
