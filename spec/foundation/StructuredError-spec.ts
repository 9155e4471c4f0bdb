import { expect } from 'chai';
import * as t from 'io-ts';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { lastValueFrom } from 'rxjs';
import {
  accumulatePartial,
  decodeWith,
  IdleTimeoutError,
  IncompleteCompletionError,
  InvalidAnswerError,
  JsonPatchError,
  JsonSyntaxError,
  MaxStepsError,
  NoJsonError,
  NotAnArrayError,
  ProviderError,
  RefusalError,
  SchemaError,
  structuredCompletion,
  toJsonTokens,
  ToolAbortError,
  ToolCallsError,
  type InvalidAnswer,
} from '../../lib/index.js';
import { RemoteCompletionError, SseError } from '../../lib/sse/index.js';
import { UnknownToolError } from '../../lib/answers/tools/UnknownToolError.js';
import { scriptedModel } from '../../lib/testing/index.js';

const LONGEST = 4_096;
const huge = '漢字😀"\n'.repeat(20_000);
const left: InvalidAnswer = {
  ...{ _tag: 'InvalidValue', message: huge, errors: [], path: [huge], text: huge, attempt: 1, retriesLeft: 0 },
};
const many = Array.from({ length: 2_000 }, (_, index) => ({ index, id: huge, name: huge, arguments: huge, step: 1 }));

/** Every class of error, made of the longest parts that a model or a server could send. */
const errors: readonly Error[] = [
  new IdleTimeoutError(1, 1),
  new IncompleteCompletionError('other', huge, { raw: huge, cause: new Error(huge) }),
  new InvalidAnswerError(left),
  new JsonPatchError({ op: 'add', path: huge, value: huge }, huge),
  new JsonSyntaxError('duplicate-key', 1, [huge], huge, huge),
  new MaxStepsError(1, many),
  new NoJsonError(huge),
  new NotAnArrayError([huge], huge),
  new ProviderError({ error: { message: huge } }, 500),
  new ProviderError(huge),
  new RefusalError(huge, huge),
  new SchemaError('no-schema', huge, huge),
  new ToolCallsError(many),
  new RemoteCompletionError('internal', huge, huge),
  new SseError('malformed', huge, 200, huge),
  new UnknownToolError(
    huge,
    many.map(({ name }) => name),
  ),
];

/** Every class of error with this word in the fields that models and servers write, and in none that we do. */
const errorsWith = (word: string, cause: Error): readonly Error[] => [
  new IncompleteCompletionError('length', word, { raw: word, cause }),
  new InvalidAnswerError({ ...left, message: 'wrong', text: word, path: [word] }),
  new JsonPatchError({ op: 'add', path: '/a', value: word }, 'no such index'),
  new MaxStepsError(1, [{ id: word, name: 'n', arguments: word, step: 1 }]),
  new NotAnArrayError(['a'], word),
  new ProviderError({ error: { message: 'Broken.' }, more: word }, 500),
  new RefusalError('No.', word),
  new ToolAbortError('Over.', { cause }),
  new ToolCallsError([{ index: 0, id: word, name: 'n', arguments: word }]),
  new RemoteCompletionError('internal', 'Broken.', word),
  new SseError('malformed', 'Broken.', 200, word),
  Object.assign(new JsonSyntaxError('duplicate-key', 1, [word], word, 'wrong'), { message: 'wrong', stack: '' }),
  Object.assign(new NoJsonError(word), { message: 'wrong', stack: '' }),
];

const ROOT = join(import.meta.dirname, '../..');

/** A program that asks for an answer, and does not handle errors. */
const UNCAUGHT = `
  import * as t from 'io-ts';
  import { structuredCompletion } from './lib/index.ts';
  import { scriptedModel } from './lib/testing/index.ts';
  const model = scriptedModel([[
    { type: 'text-delta', text: '{"name":"SECRET' },
    { type: 'finish', reason: 'length', raw: 'length' },
  ]]);
  structuredCompletion(model, { codec: t.type({ name: t.string }), messages: ['?'] }).subscribe();
`;

describe('StructuredError', () => {
  for (const error of errors)
    it(`has a message of at most 4 KB, whatever it is made of: ${error.name}`, () => {
      expect(Buffer.byteLength(error.message)).to.be.within(1, LONGEST);
      expect(() => encodeURIComponent(error.message), 'no half of a pair').not.to.throw();
      expect(error.stack?.length ?? 0).to.be.below(2 * LONGEST);
    });

  it('is printed and listed without what a model or a server wrote, also where it is not caught', () => {
    for (const error of errorsWith('SECRET', new Error('SECRET'))) {
      const listed = Object.entries(error).flat();
      expect(JSON.stringify([listed, Object.assign({}, error)]), error.name).to.not.include('SECRET');
      // Node prints an error in this way when it is what ends the process.
      expect(inspect(error, { customInspect: false, depth: 9 }), error.name).to.not.include('SECRET');
      expect(inspect(error, { depth: 9 }), error.name).to.not.include('SECRET');
    }
  });

  it('ends a process without the answer on its standard error', () => {
    const { stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', UNCAUGHT], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(stderr).to.include('The answer reached the token limit').and.not.include('SECRET');
  });

  it('reads as it was made', () => {
    const cause = new Error('reset');
    const error = new IncompleteCompletionError('interrupted', 'so far', { raw: 'abort', cause });
    expect(error).to.include({ reason: 'interrupted', text: 'so far', raw: 'abort', cause });
    expect(new IncompleteCompletionError('length', '')).to.not.have.property('cause');
  });

  it('is printed and written as JSON without what a model or a server wrote, which is read by name', () => {
    const error = new IncompleteCompletionError('length', 'SECRET', { raw: 'length' });
    expect(error.text).to.equal('SECRET');
    expect(JSON.parse(JSON.stringify(error))).to.deep.equal({
      name: 'IncompleteCompletionError',
      message: error.message,
      reason: 'length',
    });
    expect(inspect({ error }))
      .to.include('IncompleteCompletionError: The answer reached')
      .and.include("reason: 'length'")
      .and.include('StructuredError-spec')
      .and.not.include('SECRET');
    const reset = Object.assign(new Error('SECRET'), { code: 'ECONNRESET' });
    const cause = new TypeError('SECRET', { cause: reset });
    expect(inspect(new IncompleteCompletionError('interrupted', '', { cause })))
      .to.include("cause: 'TypeError ECONNRESET'")
      .and.not.include('SECRET');
  });
});

/** Codecs and answers with one part that is far too long, or far too many. */
const wrong: Readonly<Record<string, readonly [codec: t.Mixed, text: string]>> = {
  'a giant key': [t.record(t.string, t.number), JSON.stringify({ [huge]: 'x' })],
  'a giant text': [t.type({ a: t.number }), JSON.stringify({ a: huge })],
  'a giant number': [t.type({ a: t.string }), `{"a":${'9'.repeat(100_000)}}`],
  'a giant enum': [
    t.type({ a: t.keyof(Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`word ${at}`, null]))) }),
    '{"a":"x"}',
  ],
  'a giant name of a codec': [t.type({ a: t.number }, huge), '{"a":"x"}'],
  'a giant word of an enum': [t.type({ a: t.keyof({ [huge]: null, b: null }) }), '{"a":1}'],
  'a giant duplicate key': [t.record(t.string, t.number), `{${JSON.stringify(huge)}:1,${JSON.stringify(huge)}:2}`],
  'very many wrong values': [
    t.array(t.number),
    JSON.stringify(Array.from({ length: 20_000 }, () => huge.slice(0, 20))),
  ],
  'very deep': [t.type({ a: t.number }), `{"a":${'['.repeat(5_000)}`],
  'no JSON, and much of it': [t.type({ a: t.number }), huge],
};

describe('the message of a rejected answer', () => {
  for (const [what, [codec, text]] of Object.entries(wrong))
    it(`has at most 4 KB: ${what}`, async () => {
      const model = scriptedModel([text], { chunkSize: 50_000 });
      const answer = structuredCompletion(model, { codec, messages: ['?'], failFast: false });
      const last = await lastValueFrom(answer, { defaultValue: undefined });
      if (last?._tag !== 'Left') expect.fail('accepted');
      expect(Buffer.byteLength(last.left.message)).to.be.within(1, LONGEST);
    });

  it('has at most 4 KB where a check complains at length', async () => {
    const answer = structuredCompletion(scriptedModel(['{"a":1}']), {
      ...{ codec: t.type({ a: t.number }), messages: ['?'], validate: () => [huge, huge] },
    });
    const last = await lastValueFrom(answer, { defaultValue: undefined });
    if (last?._tag !== 'Left') expect.fail('accepted');
    expect(Buffer.byteLength(last.left.message)).to.be.within(1, LONGEST);
  });

  it('has at most 4 KB where the stages are used by themselves', async () => {
    const model = scriptedModel([JSON.stringify({ [huge]: huge })]);
    const question = { messages: [], answer: { name: 'a', schema: {} }, failures: [] };
    const last = await lastValueFrom(
      model
        .ask(question)
        .pipe(
          model.toText(question.answer),
          toJsonTokens(),
          accumulatePartial(),
          decodeWith(t.record(t.string, t.number)),
        ),
      { defaultValue: undefined },
    );
    if (last?._tag !== 'Left') expect.fail('accepted');
    expect(Buffer.byteLength(last.left.message)).to.be.within(1, LONGEST);
  });
});
