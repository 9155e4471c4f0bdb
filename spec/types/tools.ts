import * as t from 'io-ts';
import { of, timer } from 'rxjs';
import * as z from 'zod';
import { structuredCompletion, structuredElements, toAnswerState, tool } from '../../lib/index.js';
import { scriptedModel } from '../../lib/testing/index.js';
import { expectType } from './expectType.js';

const weather = tool({
  input: t.type({ city: t.string, days: t.number }),
  run: ({ city, days }, { id, step }) => {
    expectType<string>()(city);
    expectType<number>()(days);
    expectType<string>()(id);
    expectType<number>()(step);
    return of({ celsius: 21 });
  },
});
const wait = tool({ input: z.object({ until: z.string().transform((day) => new Date(day)) }), run: () => timer(1) });

const config = { codec: t.type({ reply: t.string }), messages: [] };

// Rights are a union by `name`, and nothing was written to say so.
structuredCompletion(scriptedModel([]), { ...config, tools: { weather, wait } }).subscribe((either) => {
  if (either._tag === 'Left') return;
  const { right } = either;
  if (right._tag !== 'Tool') {
    expectType<string | undefined>()(right.value.reply);
    return;
  }
  expectType<'weather' | 'wait'>()(right.name);
  if (right.name === 'weather') {
    if (right.state === 'writing')
      expectType<{ readonly city?: string; readonly days?: number } | undefined>()(right.input);
    if (right.state === 'running') expectType<{ city: string; days: number }>()(right.input);
    if (right.state === 'done') expectType<{ celsius: number } | undefined>()(right.output);
    if (right.state === 'failed') expectType<unknown>()(right.error);
  } else if (right.state === 'done') {
    expectType<{ until: Date }>()(right.input);
    expectType<0 | undefined>()(right.output);
  }
});

// Without tools there are no such Rights.
structuredCompletion(scriptedModel([]), config).subscribe((either) => {
  if (either._tag === 'Right') expectType<'Partial' | 'Complete'>()(either.right._tag);
});

structuredElements(scriptedModel([]), { ...config, tools: { weather } }).subscribe((either) => {
  if (either._tag === 'Right') expectType<'Element' | 'Tool'>()(either.right._tag);
});

structuredCompletion(scriptedModel([]), { ...config, tools: { weather, wait } })
  .pipe(toAnswerState())
  .subscribe(({ tools }) => {
    expectType<'weather' | 'wait' | undefined>()(tools[0]?.name);
  });

// @ts-expect-error TS2741: a tool does something
tool({ input: t.string });

// @ts-expect-error TS2322: what is given is what its codec has decoded
tool({ input: t.type({ city: t.string }), run: ({ town }: { readonly town: string }) => of(town) });
