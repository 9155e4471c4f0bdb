import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { lastValueFrom, materialize, take, toArray } from 'rxjs';
import { ProviderError, RefusalError, structuredCompletion } from 'rx-structured';
import { ollamaModel } from '../../examples/support/ollamaModel.js';
import { ModelServer, sse, stall, status, type Answer } from '../support/modelServer.js';

const UserInfo = t.type({ name: t.string, age: t.number });

const line = (fields: object): string => `${JSON.stringify({ model: 'llama', ...fields })}\n`;
const said = (content: string): string => line({ message: { role: 'assistant', content }, done: false });
const end = line({ message: { content: '' }, done: true, done_reason: 'stop', prompt_eval_count: 9, eval_count: 4 });

/** The bytes of these lines, in pieces that respect neither lines nor characters. */
function inPieces(...lines: readonly string[]): Answer {
  return async (response) => {
    const bytes = Buffer.from(lines.join(''));
    for (let at = 0; at < bytes.length; at += 5) {
      response.write(bytes.subarray(at, at + 5));
      await new Promise((next) => setImmediate(next));
    }
    response.end();
  };
}

describe('the provider of the documentation, ollamaModel', () => {
  let server: ModelServer | undefined;

  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  const ask = async (...answers: readonly Answer[]) => {
    server = await ModelServer.start(...answers);
    const completion = structuredCompletion(ollamaModel(server.url, { model: 'llama', options: { temperature: 0 } }), {
      codec: UserInfo,
      messages: [{ role: 'user', content: 'Who?' }],
      retries: 1,
    });
    const all = await lastValueFrom(completion.pipe(materialize(), toArray()), { defaultValue: [] });
    const error = all.flatMap((each) => (each.kind === 'E' ? [each.error as unknown] : []))[0];
    const values = all.flatMap((each) => (each.kind === 'N' ? [each.value] : []));
    return { values, error, requests: server.exchanges };
  };

  it('is the one that the documentation shows, and short', () => {
    const [page, code] = ['docs/providers.md', 'examples/support/ollamaModel.ts'].map((file) =>
      readFileSync(join(import.meta.dirname, '../..', file), 'utf8'),
    );
    expect(page).to.include(code);
    expect(code?.split('\n').length).to.be.lessThan(80);
  });

  it('reads lines that come in pieces', async () => {
    const { values, error, requests } = await ask(inPieces(said('{"name":"Jür'), said('gen","age":30}'), end));
    expect(error).to.equal(undefined);
    expect(values.at(-1)).to.deep.equal(
      E.right({
        _tag: 'Complete',
        value: { name: 'Jürgen', age: 30 },
        completion: { finishReason: 'stop', usage: { inputTokens: 9, outputTokens: 4 } },
      }),
    );
    expect(requests[0]).to.have.property('path', '/api/chat');
    expect(requests[0]?.body).to.deep.include({
      model: 'llama',
      stream: true,
      options: { temperature: 0 },
      messages: [{ role: 'user', content: 'Who?' }],
    });
    expect(requests[0]?.body).to.have.nested.property('format.required').that.deep.equals(['name', 'age']);
  });

  it('asks again with what was refused', async () => {
    const { values, requests } = await ask(
      sse(said('{"name":"John"}'), end),
      sse(said('{"name":"John","age":30}'), end.trimEnd()),
    );
    expect(values.filter((each) => E.isLeft(each))).to.have.length(1);
    expect(values.at(-1)).to.have.nested.property('right._tag', 'Complete');
    expect(requests[1]?.body).to.have.nested.property('messages[1].content', '{"name":"John"}');
    expect(requests[1]?.body).to.have.nested.property('messages[2].content').that.includes('$.age');
  });

  it('passes on what Ollama says is wrong, before and in the middle of an answer', async () => {
    const missing = await ask(status(404, { error: 'model "llama" not found' }));
    expect(missing.error).to.be.instanceOf(ProviderError).and.to.have.property('message', 'model "llama" not found');
    await server?.stop();
    const broken = await ask(sse(said('{"name"'), line({ error: 'out of memory' })));
    expect(broken.error).to.be.instanceOf(ProviderError).and.to.have.property('message', 'out of memory');
    expect(broken.error).not.to.be.instanceOf(RefusalError);
  });

  it('closes the socket when unsubscribed from', async () => {
    server = await ModelServer.start(stall(said('{"name":"J'), said('ohn')));
    const completion = structuredCompletion(ollamaModel(server.url, { model: 'llama' }), {
      codec: UserInfo,
      messages: [],
    });
    await lastValueFrom(completion.pipe(take(2)), { defaultValue: undefined });
    expect(await server.exchanges[0]?.closed).to.equal('aborted');
  });
});
