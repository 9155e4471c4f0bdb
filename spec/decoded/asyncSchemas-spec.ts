import { expect } from 'chai';
import * as t from 'io-ts';
import {
  concat,
  EMPTY,
  from,
  lastValueFrom,
  NEVER,
  of,
  Subject,
  take,
  throwError,
  toArray,
  type Observable,
} from 'rxjs';
import * as v from 'valibot';
import * as z from 'zod';
import { decodeToolCalls } from '../../lib/answers/decodeToolCalls.js';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { structuredElements } from '../../lib/answers/structuredElements.js';
import { fromStandardSchema } from '../../lib/codecs/standardSchema/fromStandardSchema.js';
import type { StandardSchema } from '../../lib/codecs/standardSchema/StandardSchema.js';
import type { CodecLike } from '../../lib/codecs/standardSchema/toCodec.js';
import { decodeWith } from '../../lib/decoded/decodeWith.js';
import { IncompleteCompletionError } from '../../lib/deltas/IncompleteCompletionError.js';
import { accumulatePartial } from '../../lib/partials/accumulatePartial.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';
import type { AnswerEvent } from '../../lib/sse/AnswerEvent.js';
import { fromAnswerEvents } from '../../lib/sse/fromAnswerEvents.js';
import { toJsonTokens } from '../../lib/tokens/toJsonTokens.js';
import { vendor } from '../support/schemaVendors.js';

const later = <T>(value: T, delay = 1): Promise<T> => new Promise((resolve) => setTimeout(resolve, delay, value));

/** A name that is not taken, as only a database knows. */
const User = z.object({
  name: z.string().refine((name) => later(name !== 'taken'), 'this name is taken'),
  age: z.number(),
});

const lastOf = <T>(source: Observable<T>): Promise<T | undefined> => lastValueFrom(source, { defaultValue: undefined });
const allOf = <T>(source: Observable<T>): Promise<readonly T[]> =>
  lastValueFrom(source.pipe(toArray()), { defaultValue: [] });

const read = <A>(texts: Observable<string>, schema: CodecLike<A>): Observable<unknown> =>
  texts.pipe(toJsonTokens(), accumulatePartial(), decodeWith(schema));

const all = <A>(text: Iterable<string>, schema: CodecLike<A>): Promise<readonly unknown[]> =>
  allOf(read(from(text), schema));

const complete = (value: unknown): object => ({ _tag: 'Right', right: { _tag: 'Complete', value } });

describe('a schema that validates asynchronously', () => {
  it('shows partials as always, and then the value', async () => {
    const eithers = await all('{"name":"Ada","age":36}', User);
    const values = eithers.map((either) => (either as { right: { value: unknown } }).right.value);
    expect(values).to.deep.include({ name: 'A' });
    expect(values).to.deep.include({ name: 'Ada', age: 3 });
    expect(eithers.at(-1)).to.deep.equal(complete({ name: 'Ada', age: 36 }));
  });

  it('rejects when the verdict is there', async () => {
    const last = (await all('{"name":"taken","age":36}', User)).at(-1);
    expect(last).to.have.property('_tag', 'Left');
    expect(last).to.have.nested.property('left.message', '$.name: this name is taken');
    expect(last).to.have.nested.property('left.text', '{"name":"taken","age":36}');
  });

  it('rejects at once what needs no waiting', async () => {
    const seen: unknown[] = [];
    read(concat(of('{"name":["'), NEVER), User).subscribe((either) => seen.push(either));
    expect(seen.at(-1)).to.have.property('_tag', 'Left');
    await later(undefined);
  });

  it('is rejected though the source goes on, which is left then', async () => {
    const texts = new Subject<string>();
    const last = lastOf(read(texts, User));
    texts.next('{"name":"taken","age":36}');
    expect(await last).to.have.property('_tag', 'Left');
    expect(texts.observed).to.equal(false);
  });

  it('is complete when the source is, if the verdict came before', async () => {
    const texts = new Subject<string>();
    const seen: unknown[] = [];
    read(texts, User).subscribe((either) => seen.push(either));
    texts.next('{"name":"Ada","age":36}');
    await later(undefined, 5);
    expect(seen.at(-1)).to.have.nested.property('right._tag', 'Partial');
    texts.complete();
    expect(seen.at(-1)).to.deep.equal(complete({ name: 'Ada', age: 36 }));
  });

  it('is waited for where the connection ends after the document', async () => {
    const cut = throwError(() => new IncompleteCompletionError('interrupted', ''));
    const last = await lastOf(read(concat(of('{"name":"Ada","age":36}'), cut), User));
    expect(last).to.deep.equal(complete({ name: 'Ada', age: 36 }));
  });

  it('is not waited for where the text goes on after the document', async () => {
    const last = await lastOf(read(of('{"name":"Ada","age":36}', 'x'), User));
    expect(last).to.have.nested.property('left._tag', 'InvalidJson');
  });

  it('is forgotten when it is unsubscribed from', async () => {
    const seen: unknown[] = [];
    const subscription = read(of('{"name":"Ada","age":36}'), User).subscribe({
      next: (either) => seen.push(either),
      complete: () => seen.push('complete'),
    });
    const before = seen.length;
    subscription.unsubscribe();
    await later(undefined, 5);
    expect(seen).to.have.lengthOf(before);
    read(of('{"name":"Ada","age":36}'), User)
      .pipe(take(1))
      .subscribe((either) => seen.push(either));
    await later(undefined, 5);
    expect(seen).to.have.lengthOf(before + 1);
  });

  it('that fails is an error, and none that has no listener', async () => {
    const failing = vendor(() => Promise.reject(new Error('no database')));
    const error = await all('[1]', failing).catch((reason: unknown) => reason);
    expect(error).to.have.property('message', 'no database');
    read(of('[1]'), failing)
      .subscribe({ error: () => undefined })
      .unsubscribe();
    read(of('[[1]'), t.array(fromStandardSchema(failing)))
      .subscribe()
      .unsubscribe();
    await later(undefined);
  });

  it('of valibot', async () => {
    const schema = v.objectAsync({
      name: v.pipeAsync(
        v.string(),
        v.checkAsync((name) => later(name !== 'taken'), 'taken'),
      ),
    });
    expect((await all('{"name":"Ada"}', schema)).at(-1)).to.deep.equal(complete({ name: 'Ada' }));
    expect((await all('{"name":"taken"}', schema)).at(-1)).to.have.nested.property('left.message', '$.name: taken');
  });

  it('reads a null that means absent', async () => {
    const schema = z.object({ a: z.string().optional(), b: z.string().refine(() => later(true)) });
    expect((await all('{"a":null,"b":"x"}', schema)).at(-1)).to.deep.equal(complete({ b: 'x' }));
  });

  it('within codecs, in lists, unions and conditions', async () => {
    const user: t.Type<unknown> = fromStandardSchema(User as StandardSchema);
    const old = t.refinement(user, (value) => (value as { age: number }).age > 40, 'Old');
    const codec = t.type({ users: t.array(t.union([old, user])), first: t.string });
    const text = '{"users":[{"name":"Ada","age":36},{"name":"Bob","age":50}],"first":"Ada"}';
    expect((await all(text, codec)).at(-1)).to.deep.equal(complete(JSON.parse(text)));
    const partials = await all(text, t.type({ users: t.array(user) }));
    expect(partials).to.deep.include({
      _tag: 'Right',
      right: {
        _tag: 'Partial',
        value: { users: [{ name: 'Ada', age: 36 }, { name: 'B' }] },
        path: ['users', 1, 'name'],
      },
    });
    const wrong = (await all(text.replace('Bob', 'taken'), t.type({ users: t.array(user) }))).at(-1);
    expect(wrong).to.have.nested.property('left.message', '$.users[1].name: this name is taken');
  });

  it('is asked about each value once', async () => {
    let asked = 0;
    const count = vendor((value) => later({ value }).finally(() => asked++));
    await all('{"l":[{"n":1},{"n":2}]}', t.type({ l: t.array(fromStandardSchema(count)) }));
    expect(asked).to.equal(2);
  });

  it('is waited for before an answer is asked for again', async () => {
    const model = scriptedModel(['{"name":"taken","age":1}', '{"name":"Ada","age":1}']);
    const answer = structuredCompletion(model, { codec: User, messages: ['Who?'], retries: 1 });
    const eithers = await allOf(answer);
    expect(eithers.filter(({ _tag }) => _tag === 'Left')).to.have.lengthOf(1);
    expect(eithers.at(-1)).to.have.nested.property('right.value').that.deep.equals({ name: 'Ada', age: 1 });
    expect(model.requests[1]?.question.failures[0]?.correction).to.include('this name is taken');
  });

  it('keeps the order of a list, and loses no element', async () => {
    const slow = z.object({ n: z.number().refine((n) => later(n !== 2, 12 - 3 * n), 'not two') });
    const model = scriptedModel(['{"items":[{"n":1},{"n":2},{"n":3}]}']);
    const eithers = await allOf(structuredElements(model, { codec: slow, messages: ['Which?'] }));
    expect(eithers.map((either) => (either._tag === 'Left' ? either.left.message : either.right.value))).to.deep.equal([
      { n: 1 },
      '$.items[1].n: not two',
      { n: 3 },
    ]);
  });

  it('of the arguments of a tool', async () => {
    const calls = of({ id: '1', index: 0, name: 'save', arguments: from('{"name":"Ada","age":36}') });
    const call = await lastOf(calls.pipe(decodeToolCalls({ save: User })));
    const last = call?._tag === 'Right' ? await lastOf(call.right.decoded) : expect.fail('no call');
    expect(last).to.deep.equal(complete({ name: 'Ada', age: 36 }));
  });

  it('at the other end of a wire', async () => {
    const events = [
      { type: 'text', text: '{"name":"Ada","age":36}' },
      { type: 'complete', completion: {} },
    ] as unknown as readonly AnswerEvent[];
    const right = await lastOf(fromAnswerEvents(from(events), User));
    expect(right).to.have.nested.property('right.value').that.deep.equals({ name: 'Ada', age: 36 });
    const taken = events.map((event) => ('text' in event ? { ...event, text: '{"name":"taken","age":36}' } : event));
    const left = await lastOf(fromAnswerEvents(from(taken as readonly AnswerEvent[]), User));
    expect(left).to.have.nested.property('left.message', '$.name: this name is taken');
  });

  it('is not asked where there is no document', async () => {
    expect(await lastOf(read(EMPTY, User))).to.have.property('_tag', 'Left');
  });
});
