import { expect } from 'chai';
import type { Either } from 'fp-ts/lib/Either.js';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { lastValueFrom, materialize, toArray } from 'rxjs';
import type { AnswerMode } from '../../lib/completions/AnswerMode.js';
import { IncompleteCompletionError } from '../../lib/deltas/IncompleteCompletionError.js';
import { RefusalError } from '../../lib/deltas/RefusalError.js';
import type { InvalidAnswer } from '../../lib/decoded/InvalidAnswer.js';
import { structuredCompletion, type StructuredAnswer } from '../../lib/answers/structuredCompletion.js';
import { cut, ModelServer, sse, stall, status, type Answer } from '../support/modelServer.js';
import { providers, type Provider } from '../support/providers.js';
import type { Script } from '../support/wire.js';

const UserInfo = t.type({ name: t.string, age: t.number }, 'UserInfo');
type User = t.TypeOf<typeof UserInfo>;

const MODES: readonly AnswerMode[] = ['json-schema', 'tool', 'json-object', 'text'];

/** The features that a provider does not have; everything else is tried below. */
const MISSING = ['anthropicMessages × json-object'];

const slowDown = status(429, { error: { message: 'slow down' } }, { 'retry-after-ms': '1' });

/** The answer where this mode looks for it: in a tool's arguments, in the content, or among prose in the content. */
function place(mode: AnswerMode, json: string, ending: Omit<Script, 'text' | 'args'>): Script {
  const deltas: string[] = json.match(/.{1,7}/g) ?? [];
  if (mode === 'tool') return { args: deltas, ...ending };
  if (mode === 'text')
    return { text: ['Sure:\n```json\n', ...deltas, ...(ending.finish === 'stop' ? ['\n```\nThere.'] : [])], ...ending };
  return { text: deltas, ...ending };
}

interface Outcome {
  readonly values: readonly Either<InvalidAnswer, StructuredAnswer<User>>[];
  readonly lefts: readonly InvalidAnswer[];
  readonly last: StructuredAnswer<User> | undefined;
  readonly error: unknown;
}

async function ask(provider: Provider, mode: AnswerMode, server: ModelServer, maxRetries = 0): Promise<Outcome> {
  const answers = structuredCompletion(provider.model(server.url, mode, maxRetries), {
    codec: UserInfo,
    messages: [{ role: 'user', content: 'Who?' }],
    retries: 1,
  });
  const all = await lastValueFrom(answers.pipe(materialize(), toArray()), { defaultValue: [] });
  const values = all.flatMap((each) => (each.kind === 'N' ? [each.value] : []));
  const last = values.at(-1);
  return {
    values,
    lefts: values.flatMap((each) => (E.isLeft(each) ? [each.left] : [])),
    last: last && E.isRight(last) ? last.right : undefined,
    error: all.flatMap((each): unknown[] => (each.kind === 'E' ? [each.error as unknown] : []))[0],
  };
}

describe('every provider in every mode', () => {
  it('has all cells but those that are listed', () => {
    const missing = providers.flatMap(({ name, modes }) =>
      MODES.filter((mode) => !modes.includes(mode)).map((mode) => `${name} × ${mode}`),
    );
    expect(missing).to.deep.equal(MISSING);
  });

  for (const provider of providers)
    for (const mode of provider.modes)
      describe(`${provider.name} × ${mode}`, () => {
        const wire = (json: string, ending: Omit<Script, 'text' | 'args'> = {}): string[] =>
          provider.wire(place(mode, json, ending), 'UserInfo');
        const right = sse(...wire('{"name":"John","age":30}', { finish: 'stop' }));

        let running: ModelServer | undefined;
        const serve = async (...answers: readonly Answer[]): Promise<ModelServer> => {
          running = await ModelServer.start(...answers);
          return running;
        };

        afterEach(async () => {
          await running?.stop();
          running = undefined;
        });

        it('valid', async () => {
          const { values, lefts, last, error } = await ask(provider, mode, await serve(right));
          expect(error).to.equal(undefined);
          expect(lefts).to.have.length(0);
          expect(values.length).to.be.greaterThan(2);
          expect(last).to.deep.include({ _tag: 'Complete', value: { name: 'John', age: 30 } });
          expect(last)
            .to.have.property('completion')
            .that.deep.includes({ usage: { inputTokens: 10, outputTokens: 5 } });
          expect(last).to.have.nested.property('completion.finishReason', mode === 'tool' ? 'tool-calls' : 'stop');
          expect(last).to.have.nested.property('completion.id').that.is.a('string');
          expect(last).to.have.nested.property('completion.model').that.is.a('string');
        });

        it('invalid, then valid: asked again with its own words and the reasons', async () => {
          const wrong = sse(...wire('{"name":"John"}', { finish: 'stop' }));
          const server = await serve(wrong, right);
          const { lefts, last, error } = await ask(provider, mode, server);
          expect(error).to.equal(undefined);
          expect(lefts).to.have.length(1);
          expect(lefts[0]).to.include({ attempt: 1, retriesLeft: 1 });
          expect(last).to.deep.include({ _tag: 'Complete', value: { name: 'John', age: 30 } });
          expect(server.exchanges).to.have.length(2);
          expect(JSON.stringify(server.exchanges[1]?.body)).to.include(lefts[0]?.message);
          const [first, second] = server.exchanges.map(({ body }) => JSON.stringify(body).replaceAll('\\', ''));
          expect(first).to.not.include('{"name":"John"');
          expect(second).to.include('{"name":"John"');
        });

        it('invalid at its first impossible character: stopped there', async () => {
          const wrong = stall(...wire('{"name":7,'));
          const server = await serve(wrong, right);
          const { lefts, last } = await ask(provider, mode, server);
          expect(lefts).to.have.length(1);
          expect(last).to.have.property('_tag', 'Complete');
          expect(server.exchanges).to.have.length(2);
          expect(await server.exchanges[0]?.closed).to.equal('aborted');
        });

        it('invalid twice: the last Left is the last word', async () => {
          const wrong = sse(...wire('{"name":"John"}', { finish: 'stop' }));
          const { lefts, last, error } = await ask(provider, mode, await serve(wrong));
          expect(error).to.equal(undefined);
          expect(last).to.equal(undefined);
          expect(lefts.map(({ attempt, retriesLeft }) => [attempt, retriesLeft])).to.deep.equal([
            [1, 1],
            [2, 0],
          ]);
          expect(running?.exchanges).to.have.length(2);
        });

        it('refused', async () => {
          const refusal = sse(...provider.wire({ refusal: "I can't help with that.", finish: 'stop' }));
          const { error, lefts } = await ask(provider, mode, await serve(refusal));
          expect(error).to.be.instanceOf(RefusalError).and.to.include({ refusal: "I can't help with that." });
          expect(lefts).to.have.length(0);
          expect(running?.exchanges).to.have.length(1);
        });

        it('truncated', async () => {
          const half = sse(...wire('{"name":"Jo', { finish: 'length' }));
          const { error, lefts, last } = await ask(provider, mode, await serve(half));
          expect(error).to.be.instanceOf(IncompleteCompletionError).and.to.include({ reason: 'length' });
          expect((error as IncompleteCompletionError).text).to.include('{"name":"Jo');
          expect(lefts).to.have.length(0);
          expect(last).to.deep.include({ _tag: 'Partial' });
          expect(running?.exchanges).to.have.length(1);
        });

        it('interrupted, by a connection that ends politely', async () => {
          const half = sse(...wire('{"name":"Jo'));
          const { error, lefts } = await ask(provider, mode, await serve(half));
          expect(error).to.be.instanceOf(IncompleteCompletionError).and.to.include({ reason: 'interrupted' });
          expect(lefts).to.have.length(0);
          expect(running?.exchanges).to.have.length(1);
        });

        it('interrupted, by a connection that breaks', async () => {
          const half = cut(...wire('{"name":"Jo'));
          const { error, lefts } = await ask(provider, mode, await serve(half));
          expect(error).to.be.instanceOf(IncompleteCompletionError).and.to.include({ reason: 'interrupted' });
          expect((error as IncompleteCompletionError).text).to.include('{"name":"Jo');
          expect(error).to.have.property('cause').that.is.instanceOf(TypeError);
          expect(lefts).to.have.length(0);
          expect(running?.exchanges).to.have.length(1);
        });

        it('without a finish reason, but whole', async () => {
          const { last, error } = await ask(provider, mode, await serve(sse(...wire('{"name":"John","age":30}'))));
          expect(error).to.equal(undefined);
          expect(last).to.deep.include({ _tag: 'Complete', value: { name: 'John', age: 30 } });
        });

        it('429, then fine', async () => {
          const { last, error } = await ask(provider, mode, await serve(slowDown, right), 1);
          expect(error).to.equal(undefined);
          expect(last).to.deep.include({ _tag: 'Complete' });
          expect(running?.exchanges).to.have.length(2);
        });

        it('429, to a client that does not retry', async () => {
          const { error, lefts } = await ask(provider, mode, await serve(slowDown, right));
          expect(error).to.be.instanceOf(provider.apiError).and.to.include({ status: 429 });
          expect(lefts).to.have.length(0);
          expect(running?.exchanges).to.have.length(1);
        });
      });
});
