import { expect } from 'chai';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { from, map, mergeMap, of, type Observable } from 'rxjs';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import type { Decoded } from '../../lib/decoded/Decoded.js';
import type { InvalidAnswer } from '../../lib/decoded/InvalidAnswer.js';
import { decodeToolCalls } from '../../lib/answers/decodeToolCalls.js';
import { toolCalls } from '../../lib/deltas/toolCalls.js';

const tools = { search: t.type({ query: t.string }), answer: t.type({ value: t.number }), stop: t.type({}) };

const delta = (index: number, text: string, name?: string): CompletionEvent => ({
  type: 'tool-delta',
  index,
  text,
  ...(name !== undefined && { name, id: `call-${index}` }),
});

/** All that is seen of the calls in these events, a line each. */
function linesOf(events: readonly CompletionEvent[]): string[] {
  const lines: string[] = [];
  from([...events, { type: 'finish' as const, reason: 'tool-calls' as const, raw: 'tool_calls' }])
    .pipe(
      toolCalls(),
      decodeToolCalls(tools),
      mergeMap((call) => {
        if (E.isLeft(call)) return of(`Left ${call.left.message}`);
        const { name, id } = call.right;
        const decoded: Observable<E.Either<InvalidAnswer, Decoded<unknown>>> = call.right.decoded;
        return decoded.pipe(
          map((args) => {
            const line = E.isLeft(args)
              ? `Left ${args.left.message}`
              : `${args.right._tag} ${JSON.stringify(args.right.value)}`;
            return `${name} ${String(id)} ${line}`;
          }),
        );
      }),
    )
    .subscribe({ next: (line) => lines.push(line), error: (error: unknown) => lines.push(String(error)) });
  return lines;
}

describe('decodeToolCalls', () => {
  it('types interleaved calls, each as it is written', () => {
    expect(
      linesOf([delta(0, '{"query":"r', 'search'), delta(1, '{"value":4', 'answer'), delta(0, 'ain"}'), delta(1, '2}')]),
    ).to.deep.equal([
      'search call-0 Partial {"query":"r"}',
      'answer call-1 Partial {"value":4}',
      'search call-0 Partial {"query":"rain"}',
      'answer call-1 Partial {"value":42}',
      'search call-0 Complete {"query":"rain"}',
      'answer call-1 Complete {"value":42}',
    ]);
  });

  it('gives a Left for an unknown tool alone', () => {
    expect(linesOf([delta(0, '{}', 'toString'), delta(1, '{"value":1}', 'answer')])).to.deep.equal([
      'Left there is no tool "toString": expected one of "search", "answer", "stop"',
      'answer call-1 Partial {"value":1}',
      'answer call-1 Complete {"value":1}',
    ]);
  });

  it('gives a Left for wrong arguments alone', () => {
    expect(
      linesOf([delta(0, '{"query":7', 'search'), delta(1, '{"value":1}', 'answer'), delta(0, ',}')]),
    ).to.deep.equal([
      'search call-0 Left $.query: expected string, got 7…',
      'answer call-1 Partial {"value":1}',
      'answer call-1 Complete {"value":1}',
    ]);
  });

  it('takes no arguments for an empty object', () => {
    expect(linesOf([delta(0, '', 'stop')])).to.deep.equal(['stop call-0 Partial {}', 'stop call-0 Complete {}']);
  });

  it('narrows the arguments by the name', () => {
    from<CompletionEvent[]>([delta(0, '{"value":1}', 'answer')])
      .pipe(toolCalls(), decodeToolCalls(tools))
      .subscribe((call) => {
        if (E.isLeft(call) || call.right.name !== 'answer') return;
        call.right.decoded.subscribe((args) => {
          if (E.isRight(args) && args.right._tag === 'Complete') {
            const value: number = args.right.value.value;
            expect(value).to.equal(1);
          }
        });
      });
  });
});
