import { expect } from 'chai';
import * as t from 'io-ts';
import { lastValueFrom, toArray } from 'rxjs';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import type { Message } from '../../lib/completions/Message.js';
import { cut, ModelServer, silence, sse, stall, status, type Answer } from '../support/modelServer.js';
import { providers } from '../support/providers.js';

const codec = t.type({ age: t.number }, 'answer');
const messages: Message[] = [{ role: 'user', content: 'How old is John?' }];

/** The servers of two models, which give these answers, and all that is seen of asking them. */
async function ask(nth: number, first: Answer, second: Answer) {
  const [one, other] = [providers[nth], providers[(nth + 1) % providers.length]];
  const servers = [await ModelServer.start(first), await ModelServer.start(second)] as const;
  try {
    const models = [one!.model(servers[0].url), other!.model(servers[1].url)];
    const seen = await lastValueFrom(structuredCompletion(models, { codec, messages }).pipe(toArray()), {
      defaultValue: [],
    });
    const closed = await servers[0].exchanges[0]?.closed;
    return { seen, closed, paths: servers.map(({ exchanges }) => exchanges.map(({ path }) => path)), one, other };
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

for (const [nth, { name, wire }] of providers.entries())
  describe(`falling back from ${name}, over HTTP`, () => {
    const next = providers[(nth + 1) % providers.length]!;
    const right = sse(...next.wire({ text: ['{"age":30}'], finish: 'stop' }));
    const begun = wire({ text: ['{"age":3'] });
    const failures: Readonly<Record<string, Answer>> = {
      'a rate limit': status(429, { error: { message: 'slow down', type: 'rate_limit_error' } }),
      'an overload': status(503, { error: { message: 'overloaded', type: 'overloaded_error' } }),
      'a connection that breaks in the middle of the answer': cut(...begun),
      'an answer that is cut by its limit': sse(...wire({ text: ['{"age":'], finish: 'length' })),
    };
    for (const [failure, answer] of Object.entries(failures))
      it(`asks ${next.name} after ${failure}: one request each`, async () => {
        const { seen, paths } = await ask(nth, answer, right);
        const lefts = seen.flatMap((either) => (either._tag === 'Left' ? [either.left] : []));
        expect(lefts.map(({ _tag, attempt, retriesLeft }) => [_tag, attempt, retriesLeft])).to.deep.equal([
          ['Unavailable', 1, 1],
        ]);
        expect(seen.at(-1)).to.have.nested.property('right.value').that.deep.equals({ age: 30 });
        expect(paths).to.deep.equal([[providers[nth]!.path], [next.path]]);
      });

    it('aborts a request whose answer was wrong before the next model is asked', async () => {
      const { seen, closed, paths } = await ask(nth, stall(...wire({ text: ['{"age":"old'] })), right);
      expect(seen[0]).to.have.nested.property('left._tag', 'InvalidValue');
      expect(closed).to.equal('aborted');
      expect(paths.map(({ length }) => length)).to.deep.equal([1, 1]);
    });
  });

describe('a model that is asked first', () => {
  it('leaves the next one alone as long as it answers', async () => {
    const answer = sse(...providers[0]!.wire({ text: ['{"age":30}'], finish: 'stop' }));
    const { paths } = await ask(0, answer, silence);
    expect(paths.map(({ length }) => length)).to.deep.equal([1, 0]);
  });
});
