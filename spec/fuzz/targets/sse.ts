import { expect } from 'chai';
import type { Either } from 'fp-ts/lib/Either.js';
import * as fc from 'fast-check';
import * as t from 'io-ts';
import { shareReplay, tap, type Observable } from 'rxjs';
import type { Unavailable } from '../../../lib/answers/Unavailable.js';
import { structuredCompletion, type StructuredAnswer } from '../../../lib/answers/structuredCompletion.js';
import type { InvalidAnswer } from '../../../lib/decoded/InvalidAnswer.js';
import { IncompleteCompletionError } from '../../../lib/deltas/IncompleteCompletionError.js';
import { RefusalError } from '../../../lib/deltas/RefusalError.js';
import {
  answerEvents,
  fromSse,
  RemoteCompletionError,
  SseError,
  toSseResponse,
  type AnswerEvent,
} from '../../../lib/sse/index.js';
import { scriptedModel } from '../../../lib/testing/index.js';
import { arbitraryEnd, arbitraryPieces, bodyOf, type BodyEnd } from '../bytes.js';
import type { FuzzTarget } from '../FuzzTarget.js';

const Order = t.type({ customer: t.string, items: t.array(t.type({ name: t.string, count: t.number })) });
type Answer = Either<InvalidAnswer | Unavailable, StructuredAnswer<t.TypeOf<typeof Order>>>;

const name = fc.string({
  unit: fc.constantFrom('a', 'é', '漢', '😀', '"', '\n', '\r', '\u2028', ' ', ':'),
  maxLength: 6,
});
const count = fc.oneof({ weight: 9, arbitrary: fc.integer() }, { weight: 1, arbitrary: fc.constant('two') });
const answer = fc
  .record({ customer: name, items: fc.array(fc.record({ name, count }), { maxLength: 4 }) })
  .chain((order) => {
    const text = JSON.stringify(order);
    return fc.oneof(
      { weight: 6, arbitrary: fc.constant(text) },
      { weight: 1, arbitrary: fc.nat(60).map((length) => text.slice(0, length)) },
      { weight: 1, arbitrary: fc.constant('I cannot say.') },
    );
  });

const conversation = fc.record({
  answers: fc.array(answer, { minLength: 1, maxLength: 3 }),
  chunkSize: fc.integer({ min: 1, max: 20 }),
});
type Conversation = typeof conversation extends fc.Arbitrary<infer C> ? C : never;

/** The part of a value that both ends must agree on. */
function verdictOf(either: Answer): unknown {
  if (either._tag === 'Right') return { value: either.right.value };
  if (either.left._tag === 'Unavailable') return either.left;
  const { _tag, message, path, text, attempt, retriesLeft } = either.left;
  return { _tag, message, path, text, attempt, retriesLeft };
}

const verdictsOf = (seen: readonly Answer[]): readonly unknown[] =>
  seen.filter((either) => either._tag === 'Left' || either.right._tag !== 'Partial').map(verdictOf);

/** What the server sees, and the events that it sends. */
function serve({ answers, chunkSize }: Conversation): {
  readonly seen: Answer[];
  readonly events: Observable<AnswerEvent>;
} {
  const seen: Answer[] = [];
  const model = scriptedModel(answers, { chunkSize });
  const events = answerEvents((watch) =>
    structuredCompletion(model, { codec: Order, messages: [], retries: answers.length - 1, watch }).pipe(
      tap((either) => seen.push(either)),
    ),
  );
  return { seen, events };
}

/** What a browser sees of a server, verdicts only, and how it ends. */
async function browse(fetch: typeof globalThis.fetch, resumes: number): Promise<readonly unknown[]> {
  const seen: Answer[] = [];
  const end = await new Promise<string>((resolve) => {
    fromSse('http://server.test/', { codec: Order, fetch, resumes, heartbeat: Infinity }).subscribe({
      next: (either) => seen.push(either),
      error: (error: unknown) => {
        resolve(toldOf(error));
      },
      complete: () => {
        resolve('complete');
      },
    });
  });
  return [...verdictsOf(seen), end];
}

function toldOf(error: unknown): string {
  if (error instanceof SseError) return `${error.name} ${error.code}`;
  if (error instanceof IncompleteCompletionError) return `${error.name} ${error.reason}`;
  if (error instanceof RefusalError || error instanceof RemoteCompletionError) return error.name;
  throw error;
}

const HEADERS = { 'content-type': 'text/event-stream' };

const respelling = fc.record({
  line: fc.constantFrom('\n', '\r\n', '\r'),
  comments: fc.array(fc.nat(40), { maxLength: 4 }),
  fields: fc.boolean(),
});

/** The same events, as another server would write them. */
function respelled(
  text: string,
  { line, comments, fields }: typeof respelling extends fc.Arbitrary<infer R> ? R : never,
): string {
  const blocks = text.split('\n\n');
  for (const at of comments) blocks.splice(at % blocks.length, 0, ': still here');
  return blocks
    .map((block) =>
      fields && block.startsWith('id') ? `foo: bar\n${block.replace(/(^|\n)(\w+):/g, '$1$2: ')}` : block,
    )
    .join('\n\n')
    .replaceAll('\n', line);
}

const damage = fc.array(
  fc.record({
    at: fc.nat(999),
    removed: fc.oneof(fc.nat(3), fc.nat(80)),
    inserted: fc.oneof(
      fc.constantFrom(...['\n', '\n\n', 'data:', 'event:complete\n', 'id:1\n', '{}', '"', '\\', 'null', ':', '\ufeff']),
      fc.constantFrom(
        ...[
          'event:done\ndata:{}\n\n',
          'event:failed\ndata:{"code":"x","message":"y"}\n\n',
          'data:"{"\n\n',
          'data:7\n\n',
        ],
        ...['event:invalid\ndata:{}\n\n', 'event:complete\ndata:{"completion":{}}\n\n', 'event:step\ndata:{}\n\n'],
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
  }),
  { maxLength: 3 },
);

const damaged = (text: string, damages: typeof damage extends fc.Arbitrary<infer D> ? D : never): string =>
  damages.reduce((whole, { at, removed, inserted }) => {
    const start = Math.floor((whole.length * at) / 1000);
    return whole.slice(0, start) + inserted + whole.slice(start + removed);
  }, text);

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/**
 * A browser sees the server's verdicts, however the frames are written and cut. Damaged and broken off, they end with an
 * error of ours, the same at any cut.
 */
export const sse: FuzzTarget = {
  name: 'SSE frames',
  property: fc.asyncProperty(
    fc.record({ conversation, respelling, damage, pieces: arbitraryPieces, end: arbitraryEnd }),
    async (made) => {
      const { seen, events } = serve(made.conversation);
      const sent = await toSseResponse(events).text();
      const ask =
        (text: string, pieces: readonly number[], end?: BodyEnd): typeof globalThis.fetch =>
        () =>
          Promise.resolve(new Response(bodyOf(encode(text), pieces, end), { headers: HEADERS }));

      const right = respelled(sent, made.respelling);
      expect(await browse(ask(right, made.pieces), 0)).to.deep.equal([...verdictsOf(seen), 'complete']);

      const wrong = damaged(right, made.damage);
      const whole = await browse(ask(wrong, [1_000_000], made.end), 0);
      expect(await browse(ask(wrong, made.pieces, made.end), 0)).to.deep.equal(whole);
    },
  ),
};

/** How the connections of one browser end, one after the other; the last one does not break. */
const losses = fc.array(fc.record({ pieces: arbitraryPieces, end: arbitraryEnd }), { maxLength: 3 });

async function resume(made: {
  readonly conversation: Conversation;
  readonly losses: typeof losses extends fc.Arbitrary<infer L> ? L : never;
}): Promise<void> {
  const { seen, events } = serve(made.conversation);
  const log = events.pipe(shareReplay({ bufferSize: Infinity, refCount: false }));
  let connections = 0;
  const fetch: typeof globalThis.fetch = async (_, init) => {
    const lastEventId = new Headers(init?.headers).get('last-event-id');
    const response = toSseResponse(log, { lastEventId, resumable: true, retry: 1 });
    const loss = made.losses[connections++];
    if (loss === undefined || response.body === null) return response;
    const bytes = new Uint8Array(await response.arrayBuffer());
    // The first bytes say that the answer can be resumed.
    const end = { ...loss.end, share: Math.max(loss.end.share, connections === 1 ? 500 : 0) };
    return new Response(bodyOf(bytes, loss.pieces, end), { headers: response.headers });
  };
  const told = await browse(fetch, Infinity);
  expect(told).to.deep.equal([...verdictsOf(seen), 'complete']);
}

/** Connections that are lost anywhere change nothing: no verdict is missed, and none is seen twice. */
export const resumed: FuzzTarget = {
  name: 'SSE over lost connections',
  // Each loss waits for 100 ms, so many browsers wait together.
  property: fc.asyncProperty(
    fc.array(fc.record({ conversation, losses }), { minLength: 1, maxLength: 40, size: 'max' }),
    async (all) => {
      await Promise.all(all.map(resume));
    },
  ),
};
