import { expect } from 'chai';
import OpenAI from 'openai';
import * as t from 'io-ts';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastValueFrom, materialize, take, toArray } from 'rxjs';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import type { AnswerMode } from '../../lib/completions/AnswerMode.js';
import type { CompletionModel } from '../../lib/completions/CompletionModel.js';
import { pipeModel } from '../../lib/completions/pipeModel.js';
import { IncompleteCompletionError } from '../../lib/deltas/IncompleteCompletionError.js';
import { openaiChat } from '../../lib/providers/openai/openaiChat.js';
import { recorded } from '../../lib/testing/recorded.js';
import { replayed } from '../../lib/testing/replayed.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';
import { ModelServer, sse, status } from '../support/modelServer.js';
import { chatWire } from '../support/wire.js';

const codec = t.type({ age: t.number }, 'answer');
const messages = [{ role: 'user', content: 'How old?' }] as const;

describe('recorded, replayed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rx-structured-tape-'));
  let count = 0;
  const newFile = (): string => join(folder, `${(count += 1)}.jsonl`);

  after(() => {
    rmSync(folder, { recursive: true });
  });

  const read = async (model: CompletionModel<unknown>, retries = 0): Promise<unknown[]> => {
    const all = structuredCompletion(model, { codec, messages, retries }).pipe(materialize(), toArray());
    const seen = await lastValueFrom(all, { defaultValue: [] });
    return seen.map((each) => {
      if (each.kind === 'E') return String(each.error);
      if (each.kind === 'C') return 'complete';
      return each.value._tag === 'Left' ? each.value.left.message : each.value.right.value;
    });
  };

  it('gives the same answers again, attempt by attempt, and fails after the last one', async () => {
    const file = newFile();
    const script = scriptedModel(['{"age":"x"}', '{"age":30}'], { chunkSize: 3 });
    const first = await read(pipeModel(script, recorded(file)), 1);
    const tape = replayed(file);
    expect(await read(tape, 1)).to.deep.equal(first);
    expect(await read(tape)).to.deep.equal(['Error: The tape has 2 answers; this is request 3.']);
    // The first answer only as far as it had been read when it was rejected.
    const [aborted] = readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => (line ? (JSON.parse(line) as object) : {}));
    expect(aborted).to.have.property('ended', 'aborted');
    expect(aborted).to.have.property('events').that.has.length.lessThan(5);
  });

  it('keeps an error whose causes lead in a circle, and one that is very long', async () => {
    const file = newFile();
    const round = new Error('round');
    round.cause = new Error('and round', { cause: round });
    const long = new Error(`sk-${'a'.repeat(10_000_000)}`);
    for (const error of [round, long])
      expect(await read(pipeModel(scriptedModel([error]), recorded(file)))).to.deep.equal([String(error)]);
    const [first = '', second = ''] = readFileSync(file, 'utf8').split('\n');
    expect(first).to.include('and round');
    expect(second.length).to.be.below(5_000);
  });

  for (const mode of ['json-schema', 'tool', 'text'] as readonly AnswerMode[])
    it(`knows where the answer stands in ${mode} mode; keeps raw, and neither keys nor headers`, async () => {
      const file = newFile();
      const script =
        mode === 'tool'
          ? { args: ['{"age":', '30}'], finish: 'stop' as const }
          : { text: [mode === 'text' ? 'So: ' : '', '{"age":', '30}'], finish: 'stop' as const };
      const server = await ModelServer.start((response) => {
        response.setHeader('x-secret', 'secret-header').setHeader('x-request-id', 'req_1');
        return sse(...chatWire(script))(response);
      });
      const client = new OpenAI({ apiKey: 'sk-secret-key', baseURL: `${server.url}/v1` });
      const model = pipeModel<never>(openaiChat(client, { model: 'm' }, { mode }), recorded(file));
      const first = await read(model);
      await server.stop();
      expect(first.slice(-2)).to.deep.equal([{ age: 30 }, 'complete']);
      expect(await read(replayed(file))).to.deep.equal(first);
      expect(replayed(file)).to.include({ model: 'm', mode, jsonInText: mode === 'text' });
      const text = readFileSync(file, 'utf8');
      expect(text).to.include('"raw":{"prompt_tokens":10').and.to.include('req_1');
      expect(text).to.not.match(/secret|How old/);
    });

  it('keeps errors, without the keys that servers repeat in them', async () => {
    const file = newFile();
    const server = await ModelServer.start(status(401, { error: { message: 'Incorrect key: sk-secret-1234567' } }));
    const client = new OpenAI({ apiKey: 'x', baseURL: `${server.url}/v1`, maxRetries: 0 });
    const model = pipeModel<never>(openaiChat(client, { model: 'm' }), recorded(file)) as CompletionModel<unknown>;
    await read(model);
    await server.stop();
    const error: unknown = await lastValueFrom(structuredCompletion(replayed(file), { codec, messages }), {
      defaultValue: null,
    }).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(Error).and.to.include({ status: 401 });
    expect((error as Error).message)
      .to.include('Incorrect key')
      .and.not.include('secret');
  });

  it('is interrupted where an aborted answer is read on', async () => {
    const file = newFile();
    const model = pipeModel(scriptedModel(['{"age":30}'], { chunkSize: 5 }), recorded(file));
    await lastValueFrom(structuredCompletion(model, { codec, messages }).pipe(take(1)), { defaultValue: null });
    const error: unknown = await lastValueFrom(structuredCompletion(replayed(file), { codec, messages }), {
      defaultValue: null,
    }).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(IncompleteCompletionError).and.to.include({ reason: 'interrupted' });
  });

  it('appends to what is there, and says what is wrong with a file', () => {
    const file = newFile();
    writeFileSync(file, 'no tape');
    expect(() => replayed(file)).to.throw(SyntaxError);
    expect(() => replayed(newFile())).to.throw('ENOENT');
  });
});
