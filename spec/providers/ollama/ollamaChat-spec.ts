import { expect } from 'chai';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { inspect } from 'node:util';
import { lastValueFrom, materialize, take, toArray } from 'rxjs';
import { structuredCompletion } from '../../../lib/answers/structuredCompletion.js';
import { IdleTimeoutError } from '../../../lib/completions/IdleTimeoutError.js';
import type { Message } from '../../../lib/completions/Message.js';
import { ProviderError } from '../../../lib/completions/ProviderError.js';
import { IncompleteCompletionError } from '../../../lib/deltas/IncompleteCompletionError.js';
import { RefusalError } from '../../../lib/deltas/RefusalError.js';
import { ollamaChat, type OllamaChatConfig, type OllamaChatParams } from '../../../lib/providers/ollama/ollamaChat.js';
import type { OllamaMessage } from '../../../lib/providers/ollama/tellOllama.js';
import { toBaseUrl } from '../../../lib/providers/ollama/requestOllama.js';
import { cut, ModelServer, silence, sse, stall, status, type Answer } from '../../support/modelServer.js';

const UserInfo = t.type({ name: t.string, age: t.number }, 'UserInfo');
const John = { name: 'John', age: 30 };

const line = (fields: object): string => `${JSON.stringify({ model: 'llama', ...fields })}\n`;
const said = (content: string): string => line({ message: { role: 'assistant', content }, done: false });
const called = (args: object, name = 'UserInfo'): string =>
  line({ message: { content: '', tool_calls: [{ function: { name, arguments: args } }] }, done: false });
const ending = (done_reason?: string): string =>
  line({ message: { content: '' }, done: true, done_reason, prompt_eval_count: 9, eval_count: 4 });
const end = ending('stop');

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

describe('ollamaChat', () => {
  let server: ModelServer | undefined;
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => {
    unhandled.push(reason);
  };

  beforeEach(() => {
    process.on('unhandledRejection', note);
  });

  afterEach(async () => {
    await server?.stop();
    server = undefined;
    process.off('unhandledRejection', note);
    expect(unhandled).to.deep.equal([]);
  });

  interface Asked extends OllamaChatConfig {
    readonly params?: Partial<OllamaChatParams>;
    readonly messages?: readonly (OllamaMessage | Message)[];
  }

  const ask = async (answers: readonly Answer[], { params, messages, ...config }: Asked = {}) => {
    await server?.stop();
    server = await ModelServer.start(...answers);
    const model = ollamaChat({ host: server.url, model: 'llama', ...params }, config);
    const completion = structuredCompletion(model, {
      codec: UserInfo,
      messages: messages ?? [{ role: 'user', content: 'Who?' }],
      retries: 1,
    });
    const all = await lastValueFrom(completion.pipe(materialize(), toArray()), { defaultValue: [] });
    const error = all.flatMap((each) => (each.kind === 'E' ? [each.error as unknown] : []))[0];
    const values = all.flatMap((each) => (each.kind === 'N' ? [each.value] : []));
    const last = values.at(-1);
    return {
      values,
      error,
      complete: last && E.isRight(last) && last.right._tag === 'Complete' ? last.right : undefined,
      bodies: server.exchanges.map(({ body }) => body),
      requests: server.exchanges,
    };
  };

  it('reads lines that come in pieces', async () => {
    const { complete, error, requests } = await ask(
      [inPieces(said('{"name":"Jür'), '\r\n', said('gen","age":30}'), end)],
      { params: { options: { temperature: 0 }, keep_alive: '5m', think: 'low' } },
    );
    expect(error).to.equal(undefined);
    expect(complete?.value).to.deep.equal({ name: 'Jürgen', age: 30 });
    expect(complete?.completion).to.deep.include({
      model: 'llama',
      finishReason: 'stop',
      usage: { inputTokens: 9, outputTokens: 4 },
    });
    expect(requests[0]).to.have.property('path', '/api/chat');
    expect(requests[0]?.body).to.deep.include({
      model: 'llama',
      stream: true,
      think: 'low',
      keep_alive: '5m',
      options: { temperature: 0 },
      messages: [{ role: 'user', content: 'Who?' }],
    });
    expect(requests[0]?.body).to.have.nested.property('format.required').that.deep.equals(['name', 'age']);
    expect(requests[0]?.body).to.not.have.any.keys('tools', 'host', 'headers', 'fetch');
  });

  it('asks again with what was rejected', async () => {
    const { values, bodies } = await ask([
      sse(said('{"name":"John"}'), end),
      sse(said('{"name":"John","age":30}'), end.trimEnd()),
    ]);
    expect(values.filter((each) => E.isLeft(each))).to.have.length(1);
    expect(values.at(-1)).to.have.nested.property('right._tag', 'Complete');
    expect(bodies[1]).to.have.nested.property('messages[1].content', '{"name":"John"}');
    expect(bodies[1]).to.have.nested.property('messages[2].content').that.includes('age');
  });

  it('takes the answer from a call of its tool in tool mode, which it is told to call', async () => {
    const search = { type: 'function', function: { name: 'search' } } as const;
    const { complete, bodies } = await ask(
      [sse(called({ query: 'x' }, 'search'), called({ name: 'John' }), end), sse(called(John), end)],
      { mode: 'tool', params: { tools: [search] } },
    );
    expect(complete?.value).to.deep.equal(John);
    expect(complete?.completion.finishReason).to.equal('tool-calls');
    expect(bodies[0]).to.have.nested.property('tools[0]').that.deep.equals(search);
    expect(bodies[0]).to.have.nested.property('tools[1].function.name', 'UserInfo');
    expect(bodies[0]).to.have.nested.property('messages[0].content').that.includes('calling the tool UserInfo');
    expect(bodies[0]).to.not.have.property('format');
    expect(bodies[1])
      .to.have.nested.property('messages[2].tool_calls[0].function.arguments')
      .deep.equal({ name: 'John' });
    expect(bodies[1]).to.have.nested.property('messages[3]').that.includes({ role: 'tool', tool_name: 'UserInfo' });
  });

  it('asks in the prompt in the other modes, in the system message that there is', async () => {
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Who?' },
    ] as const;
    const object = await ask([sse(said(JSON.stringify(John)), end)], { mode: 'json-object', messages });
    expect(object.complete?.value).to.deep.equal(John);
    expect(object.bodies[0]).to.have.property('format', 'json');
    expect(object.bodies[0])
      .to.have.nested.property('messages[0].content')
      .that.matches(/^Be brief\.\n\nAnswer with/);
    const text = await ask([sse(said(`Sure: ${JSON.stringify(John)}.`), end)], { mode: 'text' });
    expect(text.complete?.value).to.deep.equal(John);
    expect(text.bodies[0]).to.not.have.property('format');
    expect(text.bodies[0]).to.have.nested.property('messages[0].role', 'system');
  });

  it('keeps what the model thinks out of the answer', async () => {
    const thought = line({ message: { role: 'assistant', content: '', thinking: '{"name":7' }, done: false });
    expect((await ask([sse(thought, said(JSON.stringify(John)), end)])).complete?.value).to.deep.equal(John);
  });

  it('tells it pictures beside the words', async () => {
    const { bodies } = await ask([sse(said(JSON.stringify(John)), end)], {
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Who' },
            { type: 'image', data: new Uint8Array([1, 2, 3]), mediaType: 'image/png' },
            { type: 'text', text: 'is this?' },
            { type: 'image', url: 'data:image/png;base64,AAAA' },
          ],
        },
        { role: 'user', content: 'Say.', images: ['BBBB'] },
      ],
    });
    expect(bodies[0]).to.have.deep.property('messages', [
      { role: 'user', content: 'Who\n\nis this?', images: ['AQID', 'AAAA'] },
      { role: 'user', content: 'Say.', images: ['BBBB'] },
    ]);
  });

  for (const [what, part, message] of [
    [
      'a picture elsewhere',
      '{"type":"image","url":"https://example.com/a.png"}',
      'is an image: Ollama does not take it by its URL',
    ],
    [
      'a PDF',
      '{"type":"file","data":"AAAA","mediaType":"application/pdf"}',
      'is a file (application/pdf): Ollama does',
    ],
    [
      'a part of another SDK',
      '{"type":"input_audio","input_audio":{}}',
      'is a part of type "input_audio": Ollama does',
    ],
  ] as const)
    it(`takes no ${what}, and says so before any request`, async () => {
      const content = [{ type: 'text', text: 'Look.' }, JSON.parse(part) as never] as const;
      const { error, requests } = await ask([silence], { messages: [{ role: 'user', content }] });
      expect(error).to.be.instanceOf(TypeError);
      expect(error).to.have.property('message').that.includes(`messages[0].content[1] ${message}`);
      expect(requests).to.have.length(0);
    });

  it('passes on what Ollama says is wrong, before an answer and in the middle of it', async () => {
    const missing = await ask([status(404, { error: 'model "llama" not found' })]);
    expect(missing.error).to.be.instanceOf(ProviderError);
    expect(missing.error).to.deep.include({
      message: 'model "llama" not found',
      status: 404,
      body: { error: 'model "llama" not found' },
    });
    for (const text of [`<html>${'x'.repeat(2000)}</html>`, '\n<!doctype html><p>A short page</p>', 'x'.repeat(2000)]) {
      const page = await ask([(response) => void response.writeHead(502).end(text)]);
      expect(page.error).to.include({ status: 502, message: 'The provider answered with HTTP status 502.' });
    }
    const broken = await ask([sse(said('{"name"'), line({ error: 'out of memory' }))]);
    expect(broken.error).to.be.instanceOf(ProviderError).and.not.to.be.instanceOf(RefusalError);
    expect(broken.error).to.include({ message: 'out of memory', status: undefined });
    const prose = await ask([sse(said('{"name"'), 'upstream is gone\n')]);
    expect(prose.error).to.be.instanceOf(ProviderError).and.to.have.property('body', 'upstream is gone');
    expect(prose.requests).to.have.length(1);
  });

  it('knows an answer that was cut by its limit, its connection, or in the middle of a line', async () => {
    const limit = await ask([sse(said('{"name":"J'), ending('length'))]);
    expect(limit.error).to.be.instanceOf(IncompleteCompletionError).and.to.include({ reason: 'length' });
    const half = said('ohn').slice(0, 20);
    for (const answer of [sse(said('{"name":"J')), sse(said('{"name":"J'), half)]) {
      const { error, requests } = await ask([answer]);
      expect(error).to.be.instanceOf(IncompleteCompletionError).and.to.include({ reason: 'interrupted' });
      expect(error).to.have.property('text', '{"name":"J');
      expect(requests).to.have.length(1);
    }
    const reset = await ask([cut(said('{"name":"J'))]);
    expect(reset.error).to.be.instanceOf(Error);
    expect(reset.requests).to.have.length(1);
  });

  it('names the status of an error whose body breaks off, or never ends', async () => {
    for (const then of ['break', 'wait']) {
      const half: Answer = (response) => {
        response.writeHead(503, { 'content-length': 99 });
        response.write('{"error":"bu', () => {
          if (then === 'break') setTimeout(() => response.destroy(), 20);
        });
      };
      const { error } = await ask([half]);
      expect(error).to.be.instanceOf(ProviderError).and.to.include({ status: 503, body: '{"error":"bu' });
    }
  });

  it('passes over fields of another type', async () => {
    const strange = [
      { message: 5 },
      { message: { content: 5, thinking: 5, tool_calls: 5 } },
      { model: 5 },
      { done: 5 },
    ];
    const calls = { message: { tool_calls: [null] } };
    const { complete } = await ask([sse(...[...strange, calls].map(line), said(JSON.stringify(John)), end)]);
    expect(complete?.value).to.deep.equal(John);
    expect(complete?.completion.finishReason).to.equal('stop');
  });

  it('takes the end without a reason for a stop, and other reasons as they are', async () => {
    const old = await ask([sse(said(JSON.stringify(John)), ending())]);
    expect(old.complete?.completion.finishReason).to.equal('stop');
    const load = await ask([sse(said(JSON.stringify(John)), ending('load'))]);
    expect(load.complete?.completion.finishReason).to.equal('other');
  });

  it('closes the socket when unsubscribed from', async () => {
    server = await ModelServer.start(stall(said('{"name":"J'), said('ohn')));
    const model = ollamaChat({ host: server.url, model: 'llama' });
    await lastValueFrom(structuredCompletion(model, { codec: UserInfo, messages: [] }).pipe(take(2)), {
      defaultValue: undefined,
    });
    expect(await server.exchanges[0]?.closed).to.equal('aborted');
  });

  it('gives up after idleTimeout', async () => {
    const { error } = await ask([silence], { idleTimeout: 30 });
    expect(error).to.be.instanceOf(IdleTimeoutError);
  });

  it('sends headers, and asks with the fetch it is given', async () => {
    const urls: string[] = [];
    const { requests } = await ask([sse(said(JSON.stringify(John)), end)], {
      params: {
        headers: { authorization: 'Bearer x' },
        fetch: (url, init) => {
          urls.push(url instanceof Request ? url.url : url.toString());
          return fetch(url, init);
        },
      },
    });
    expect(requests[0]?.headers).to.include({ authorization: 'Bearer x' });
    expect(urls).to.have.length(1);
  });

  it('sends a name and a password in its host as a header, and shows them nowhere', async () => {
    server = await ModelServer.start(sse(said(JSON.stringify(John)), end), status(500, {}));
    const address = server.url.replace('//', '//ann:p%40ss-SECRET@');
    const run = async (params: Partial<OllamaChatParams> = {}): Promise<unknown> => {
      const model = ollamaChat({ host: address, model: 'llama', ...params });
      const answers = structuredCompletion(model, { codec: UserInfo, messages: [{ role: 'user', content: 'Who?' }] });
      return lastValueFrom(answers, { defaultValue: undefined }).catch((error: unknown) => error);
    };
    expect(await run())
      .to.have.nested.property('right.value')
      .that.deep.equals(John);
    const error = await run({ headers: { Authorization: 'Bearer x' } });
    expect(server.exchanges.map(({ headers }) => headers.authorization)).to.deep.equal([
      `Basic ${Buffer.from('ann:p@ss-SECRET').toString('base64')}`,
      'Bearer x',
    ]);
    expect(error).to.be.instanceOf(ProviderError);
    expect(inspect(error)).to.not.include('SECRET');
  });

  it('finds its host as OLLAMA_HOST has it', () => {
    for (const [host, url] of [
      [undefined, 'http://127.0.0.1:11434'],
      ['box', 'http://box:11434'],
      ['box/ollama/', 'http://box:11434/ollama'],
      ['box:80', 'http://box:80'],
      ['http://box', 'http://box'],
      ['https://ollama.com/', 'https://ollama.com'],
    ] as const)
      expect(toBaseUrl(host)).to.equal(url);
  });
});
