import { expect } from 'chai';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastValueFrom, materialize, take, toArray } from 'rxjs';
import { structuredCompletion } from '../../../lib/answers/structuredCompletion.js';
import { ProviderError } from '../../../lib/completions/ProviderError.js';
import type { Message } from '../../../lib/completions/Message.js';
import { IncompleteCompletionError } from '../../../lib/deltas/IncompleteCompletionError.js';
import { RefusalError } from '../../../lib/deltas/RefusalError.js';
import { languageModel, type LanguageModelConfig } from '../../../lib/providers/ai-sdk/languageModel.js';
import { aiSdkPackages, type AiSdkPackage } from '../../support/aiSdk.js';
import { cut, ModelServer, sse, stall, status, type Answer } from '../../support/modelServer.js';
import type { Script } from '../../support/wire.js';

const UserInfo = t.type({ name: t.string, age: t.number }, 'UserInfo');
const John = { name: 'John', age: 30 };
const json = JSON.stringify(John);
const user: readonly Message[] = [{ role: 'user', content: 'Who?' }];

/** The outcome of a question, in the words of the table. */
interface Outcome {
  readonly word: string;
  readonly error: unknown;
  readonly usage: unknown;
  readonly bodies: readonly string[];
}

async function ask(
  { model }: AiSdkPackage,
  answers: readonly Answer[],
  config?: LanguageModelConfig,
  messages = user,
): Promise<Outcome> {
  const server = await ModelServer.start(...answers);
  try {
    const completion = structuredCompletion(languageModel(model(server.url), undefined, config), {
      codec: UserInfo,
      messages,
      retries: 1,
    });
    const all = await lastValueFrom(completion.pipe(materialize(), toArray()), { defaultValue: [] });
    const error = all.flatMap((each) => (each.kind === 'E' ? [each.error as unknown] : []))[0];
    const values = all.flatMap((each) => (each.kind === 'N' ? [each.value] : []));
    const last = values.at(-1);
    const complete = last && E.isRight(last) && last.right._tag === 'Complete' ? last.right : undefined;
    if (complete) expect(complete.value).to.deep.equal(John);
    return {
      word: complete ? 'value' : wordOf(error),
      error,
      usage: complete?.completion.usage,
      bodies: server.exchanges.map(({ body }) => JSON.stringify(body)),
    };
  } finally {
    await server.stop();
  }
}

function wordOf(error: unknown): string {
  if (error instanceof IncompleteCompletionError) return `\`${error.reason}\``;
  if (error instanceof RefusalError || error instanceof ProviderError || error instanceof TypeError)
    return `\`${error.name}\``;
  return error instanceof Error ? `\`${error.name.replace('AI_', '')}\`` : 'a Left';
}

/** Every situation, as a column of the table has it. */
const situations: Readonly<Record<string, (each: AiSdkPackage) => Promise<string>>> = {
  'whole answer': async (each) => {
    const { word, usage } = await ask(each, [say(each, json, 'stop')]);
    const more = each.name.includes('ollama') ? {} : { cachedInputTokens: 4 };
    expect(usage).to.deep.include({ inputTokens: 10, outputTokens: 5, ...more });
    return word;
  },

  'its limit': async (each) => (await ask(each, [say(each, json.slice(0, 9), 'length')])).word,

  'cut connection': async (each) => {
    const events = each.protocol.wire({ text: ['{"name":', '"John"'] });
    const half = each.protocol
      .wire({ text: [',"age":30}'] })
      .at(-1)!
      .slice(0, -12);
    const words: string[] = [];
    for (const answer of [sse(...events), sse(...events, half), cut(...events)]) {
      const { word, bodies, error } = await ask(each, [answer]);
      expect(bodies).to.have.length(1);
      if (error instanceof IncompleteCompletionError) expect(error.text).to.equal('{"name":"John"');
      words.push(word);
    }
    return [...new Set(words)].join();
  },

  refusal: async (each) => {
    // Ollama's models decline in plain words.
    if (each.name.includes('ollama')) return 'has none';
    const { word, error, bodies } = await ask(each, [
      sse(...each.protocol.wire({ refusal: 'I cannot help.', finish: 'stop' })),
    ]);
    if (error instanceof RefusalError) expect(error).to.include({ refusal: 'I cannot help.', text: '' });
    expect(bodies).to.have.length(1);
    return word;
  },

  'error within': async (each) => {
    const events = each.protocol.wire({ text: ['{"name":'] });
    const { word, error, bodies } = await ask(each, [sse(...events, each.protocol.failure)]);
    if (error instanceof ProviderError) expect(error.message).to.equal('Overloaded');
    expect(bodies).to.have.length(1);
    return word;
  },

  'HTTP 429': async (each) => {
    const { word, error, bodies } = await ask(each, [status(429, { error: { message: 'slow down' } })]);
    expect(error).to.have.property('statusCode', 429);
    expect(bodies).to.have.length(1);
    return word;
  },

  'asked again': async (each) => {
    const { word, bodies } = await ask(each, [say(each, '{"name":"John"}', 'stop'), say(each, json, 'stop')]);
    expect(bodies).to.have.length(2);
    expect(bodies[0]).to.not.include('age: missing');
    expect(bodies[1]?.replaceAll('\\', '')).to.include('{"name":"John"}').and.to.include('$.age');
    return word;
  },

  'tool mode': async (each) => {
    const call = (text: string): Answer => sse(...each.protocol.wire({ args: cutUp(text), finish: 'stop' }));
    const { word, bodies } = await ask(each, [call('{"name":"John"}'), call(json)], { mode: 'tool' });
    expect(bodies).to.have.length(2);
    expect(bodies[0]).to.include('"UserInfo"').and.not.to.satisfy(each.protocol.sendsSchema);
    expect(bodies[1]).to.include('$.age');
    return word;
  },

  schema: async (each) => {
    const answer = say(each, json, 'stop');
    const usual = await ask(each, [answer]);
    const forced = await ask(each, [answer], { mode: 'json-schema' });
    expect(usual.word).to.equal('value');
    const sent = each.protocol.sendsSchema(usual.bodies[0]!);
    if (!sent) {
      expect(usual.bodies[0]).to.include('valid against this JSON Schema');
      expect(forced.error)
        .to.be.instanceOf(TypeError)
        .and.to.have.property('message')
        .that.includes('drops the schema');
      return 'in the prompt';
    }
    expect(forced.word).to.equal('value');
    return 'sent';
  },

  unsubscribed: async (each) => {
    let elapsed = Infinity;
    // On a busy machine it takes longer now and then: what counts is what the package can do.
    for (let times = 0; times < 3 && elapsed >= 300; times += 1) elapsed = Math.min(elapsed, await timeToClose(each));
    return elapsed < 300 ? 'closed' : `closed after ${elapsed} ms`;
  },

  picture: (each) => tell(each, { type: 'image', data: new Uint8Array(60).fill(7), mediaType: 'image/png' }),
  PDF: (each) => tell(each, { type: 'file', data: new Uint8Array(60).fill(7), mediaType: 'application/pdf' }),
  archive: (each) => tell(each, { type: 'file', data: new Uint8Array(60).fill(7), mediaType: 'application/zip' }),
};

/** Milliseconds from leaving an answer until its server hears of it. */
async function timeToClose({ model, protocol }: AiSdkPackage): Promise<number> {
  const server = await ModelServer.start(stall(...protocol.wire({ text: ['{"name":"J', 'oh', 'n'] })));
  try {
    const completion = structuredCompletion(languageModel(model(server.url)), { codec: UserInfo, messages: user });
    await lastValueFrom(completion.pipe(take(2)), { defaultValue: undefined });
    const since = performance.now();
    expect(await server.exchanges[0]?.closed).to.equal('aborted');
    return performance.now() - since;
  } finally {
    await server.stop();
  }
}

async function tell(
  each: AiSdkPackage,
  part: Extract<Message['content'], readonly unknown[]>[number],
): Promise<string> {
  const content = [{ type: 'text', text: 'Who?' } as const, part];
  const { word, error, bodies } = await ask(each, [say(each, json, 'stop')], {}, [{ role: 'user', content }]);
  if (error !== undefined) {
    expect(bodies).to.have.length(0);
    expect((error as Error).message).to.match(/^messages\[0\]\.content\[1\] is /);
    return word;
  }
  expect(bodies[0]).to.include(Buffer.alloc(60, 7).toString('base64'));
  return 'told';
}

const cutUp = (text: string): string[] => text.match(/.{1,7}/g) ?? [];

function say({ protocol }: AiSdkPackage, text: string, finish: NonNullable<Script['finish']>): Answer {
  return sse(...protocol.wire({ text: cutUp(text), finish }));
}

/** The documentation's table, a row per package. */
function readTable(): ReadonlyMap<string, readonly string[]> {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/ai-sdk.md'), 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  return new Map(rows.map(([name = '', ...cells]) => [name, cells]));
}

describe('the packages of the AI SDK', () => {
  const table = readTable();
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => {
    unhandled.push(reason);
  };
  // A provider logs what it drops.
  const { error: logError } = console;

  before(() => {
    process.on('unhandledRejection', note);
    console.error = () => undefined;
  });

  after(async () => {
    await new Promise((next) => setTimeout(next, 20));
    process.off('unhandledRejection', note);
    console.error = logError;
    expect(unhandled).to.deep.equal([]);
  });

  it('stand in the table of the documentation, with every situation', () => {
    expect(table.get('package')).to.deep.equal(Object.keys(situations));
    expect([...table.keys()]).to.include.members(aiSdkPackages.map(({ name }) => name));
  });

  for (const each of aiSdkPackages)
    describe(each.name, () => {
      for (const [index, [situation, run]] of Object.entries(situations).entries())
        it(situation, async () => {
          expect(await run(each)).to.equal(table.get(each.name)?.[index]);
        });
    });
});
