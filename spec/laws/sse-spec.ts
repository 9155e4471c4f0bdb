import { expect } from 'chai';
import type { Either } from 'fp-ts/lib/Either.js';
import * as fc from 'fast-check';
import * as t from 'io-ts';
import { tap } from 'rxjs';
import type { Unavailable } from '../../lib/answers/Unavailable.js';
import type { InvalidAnswer } from '../../lib/decoded/InvalidAnswer.js';
import { answerEvents, fromSse, toSseResponse } from '../../lib/sse/index.js';
import { structuredCompletion, type StructuredAnswer } from '../../lib/answers/structuredCompletion.js';
import { scriptedModel } from '../../lib/testing/index.js';
import { lawRuns } from '../support/lawRuns.js';

const Order = t.type({
  customer: t.string,
  status: t.keyof({ open: null, paid: null }),
  items: t.array(t.type({ name: t.string, count: t.number, note: t.union([t.string, t.null]) })),
});

type Answer = Either<InvalidAnswer | Unavailable, StructuredAnswer<t.TypeOf<typeof Order>>>;

const name = fc.string({ unit: fc.constantFrom('a', 'é', '漢', '😀', '"', '\n', '\u2028', ' '), maxLength: 6 });

/** Mostly right answers, as text; some are cut off, and some are prose. */
const answer = fc
  .record({
    customer: name,
    status: fc.constantFrom('open', 'paid', 'closed'),
    items: fc.array(
      fc.record({
        name,
        count: fc.oneof({ weight: 9, arbitrary: fc.integer() }, { weight: 1, arbitrary: fc.constant('two') }),
        note: fc.oneof(fc.constant(null), name),
      }),
      { maxLength: 4 },
    ),
  })
  .chain((order) =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constant(JSON.stringify(order)) },
      { weight: 1, arbitrary: fc.nat(60).map((length) => JSON.stringify(order).slice(0, length)) },
      { weight: 1, arbitrary: fc.constant('I cannot say.') },
    ),
  );

/** The response as the network may deliver it: any number of bytes at a time. */
function recut(response: Response, size: number): Response {
  const cut = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
    },
  });
  return new Response(response.body!.pipeThrough(cut), { headers: response.headers });
}

/** The part of a value that both ends must agree on. Where in a delta the mistake was depends on where it is cut. */
function verdict(either: Answer): unknown {
  if (either._tag === 'Right') return either.right;
  if (either.left._tag === 'Unavailable') return either.left;
  const { _tag, message, path, text, attempt, retriesLeft } = either.left;
  return { _tag, message, path, text, attempt, retriesLeft };
}

const isPartial = (either: Answer): boolean => either._tag === 'Right' && either.right._tag === 'Partial';

describe('server-sent answers, as laws', () => {
  it('laws 1 and 11: show the browser the attempts, Lefts and values that the server sees, however the bytes are cut', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(answer, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(1, 2, 3, 7, 1000),
        fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
        async (answers, chunkSize, bytes, isSlow) => {
          const model = scriptedModel(answers, { chunkSize, ...(isSlow && { delay: 0 }) });
          const server: Answer[] = [];
          const events = answerEvents((watch) =>
            structuredCompletion(model, { codec: Order, messages: [], retries: answers.length - 1, watch }).pipe(
              tap((either) => server.push(either)),
            ),
          );
          const browser: Answer[] = [];
          await fromSse('http://server.test/', {
            codec: Order,
            fetch: () => Promise.resolve(recut(toSseResponse(events), bytes)),
          }).forEach((either) => browser.push(either));

          const last = (seen: readonly Answer[]) => seen.filter((either) => !isPartial(either)).map(verdict);
          expect(last(browser)).to.deep.equal(last(server));
          let at = 0;
          for (const either of browser.map(verdict)) {
            at = server.findIndex(
              (other, index) => index >= at && fc.stringify(verdict(other)) === fc.stringify(either),
            );
            expect(at, `the server did not see ${fc.stringify(either)}`).to.be.at.least(0);
          }
        },
      ),
      lawRuns(200),
    ));
});
