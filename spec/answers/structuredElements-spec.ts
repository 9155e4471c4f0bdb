import { expect } from 'chai';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { take } from 'rxjs';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import { structuredElements } from '../../lib/answers/structuredElements.js';
import type { InvalidElement } from '../../lib/answers/structuredElements.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';

const User = t.type({ name: t.string, age: t.number }, 'User');
const messages = ['List the users.'];

function shown<A>(either: E.Either<InvalidElement, A>): string {
  if (E.isRight(either)) return JSON.stringify(either.right);
  const { index, path, message, attempt, retriesLeft } = either.left;
  return `Left ${index === undefined ? 'list' : index} ${JSON.stringify(path)} ${attempt}+${retriesLeft} ${message}`;
}

/** What is seen of a list that is answered so, a line each. */
function run(answers: Parameters<typeof scriptedModel>[0], retries = 0, chunkSize = 4) {
  const model = scriptedModel(answers, { dialect: 'openai', chunkSize });
  const lines: string[] = [];
  structuredElements(model, { codec: User, messages, retries }).subscribe({
    next: (either) => lines.push(shown(either)),
    error: (error: unknown) => lines.push(String(error)),
    complete: () => lines.push('complete'),
  });
  return { model, lines };
}

describe('structuredElements', () => {
  it('gives each element the moment it closes', () => {
    const deltas = ['{"items":[{"name":"A",', '"age":1}', ',{"name":"B","age":2},{"na', 'me":"C","age":3}]', '}'];
    const events: CompletionEvent[] = [
      ...deltas.map((text): CompletionEvent => ({ type: 'text-delta', text })),
      { type: 'finish', reason: 'stop', raw: 'stop' },
    ];
    const log: string[] = [];
    structuredElements(scriptedModel([events]), {
      codec: User,
      messages,
      watch: (event) => event.type === 'text-delta' && log.push(event.text),
    }).subscribe((either) => log.push(shown(either)));
    expect(log).to.deep.equal([
      deltas[0],
      deltas[1],
      '{"name":"A","age":1}',
      deltas[2],
      '{"name":"B","age":2}',
      deltas[3],
      '{"name":"C","age":3}',
      deltas[4],
    ]);
  });

  it('asks for an object around the list, under the name of an element', () => {
    const { model } = run(['{"items":[]}']);
    const { name, schema } = model.requests[0]?.question.answer ?? {};
    expect(name).to.equal('User');
    expect(schema).to.have.nested.property('properties.items.items.properties.age.type', 'number');
  });

  it('gives a Left with its index for a bad element, and goes on', () => {
    const { lines } = run(['{"items":[{"name":"A","age":1},{"name":"B","age":"two"},7,{"name":"D","age":4}]}']);
    expect(lines).to.deep.equal([
      '{"name":"A","age":1}',
      'Left 1 [1,"age"] 1+0 $.items[1].age: expected number, got "tw…"',
      'Left 2 [2] 1+0 $.items[2]: expected object, got 7',
      '{"name":"D","age":4}',
      'complete',
    ]);
  });

  it('holds the text of the bad element', () => {
    const model = scriptedModel(['{"items":[{"name":"A","age":1}, [2] ,3]}'], { chunkSize: 100 });
    const texts: string[] = [];
    structuredElements(model, { codec: User, messages }).subscribe((either) => {
      if (E.isLeft(either)) texts.push(either.left.text);
    });
    expect(texts).to.deep.equal(['[2]', '3']);
  });

  it('asks again for the bad elements alone, at the end, under the indexes they had', () => {
    const { model, lines } = run(
      [
        '{"items":[{"name":"A","age":1},{"name":"B","age":"two"},{"name":"C"},{"name":"D","age":4}]}',
        '{"items":[{"name":"B","age":2},{"name":"C","age":"three"}]}',
        '{"items":[{"name":"C","age":3}]}',
      ],
      2,
    );
    expect(lines).to.deep.equal([
      '{"name":"A","age":1}',
      'Left 1 [1,"age"] 1+2 $.items[1].age: expected number, got "tw…"',
      'Left 2 [2,"age"] 1+2 $.items[2].age: required key is missing, expected number',
      '{"name":"D","age":4}',
      '{"name":"B","age":2}',
      'Left 2 [2,"age"] 2+1 $.items[1].age: expected number, got "th…"',
      '{"name":"C","age":3}',
      'complete',
    ]);
    const failures = model.requests[2]?.question.failures ?? [];
    expect(failures[0]?.correction)
      .to.include('$.items[1].age')
      .and.include('$.items[2].age')
      .and.include('2 elements');
    expect(failures[1]?.correction).to.include('$.items[1].age').and.include('1 element');
    expect(failures[0]?.text).to.match(/^\{"items":\[\{"name":"A".*\]\}$/);
    expect(model.requests.map(({ state }) => state)).to.deep.equal(['complete', 'complete', 'complete']);
  });

  it('refuses elements that were not asked for again', () => {
    const { lines } = run(
      ['{"items":[{"name":"A","age":1},{"age":2}]}', '{"items":[{"name":"B","age":2},{"name":"A","age":1}]}'],
      1,
    );
    expect(lines).to.deep.equal([
      '{"name":"A","age":1}',
      'Left 1 [1,"name"] 1+1 $.items[1].name: required key is missing, expected string',
      '{"name":"B","age":2}',
      'Left list [1] 2+0 $.items[1]: no such element was asked for, only the 1 before it',
      'complete',
    ]);
  });

  it('gives a Left without an index for a list that is none, and asks for all of it again', () => {
    const { lines } = run(['{"users":[]}', '{"items":{}', '{"items":[{"name":"A","age":1},{]}', '{"items":[]}'], 3);
    expect(lines.map((line) => line.replace(/ near .*/, ''))).to.deep.equal([
      'Left list ["items"] 1+3 $.items: required key is missing, expected array',
      'Left list ["items"] 2+2 $.items: expected array, got {}',
      '{"name":"A","age":1}',
      'Left list ["items",1] 3+1 offset 32: expected a key or "}", got "]"',
      'complete',
    ]);
  });

  it('passes the errors of the world after the elements that were read', () => {
    const cut: CompletionEvent[] = [{ type: 'text-delta', text: '{"items":[{"name":"A","age":1},{"name":"B"' }];
    const { lines } = run([cut], 3);
    expect(lines[0]).to.equal('{"name":"A","age":1}');
    expect(lines[1]).to.match(/^IncompleteCompletionError/);
    expect(lines.length).to.equal(2);
  });

  it('completes where the connection ends after the list', () => {
    const cut: CompletionEvent[] = [{ type: 'text-delta', text: '{"items":[{"name":"A","age":1}]}' }];
    expect(run([cut]).lines).to.deep.equal(['{"name":"A","age":1}', 'complete']);
  });

  it('takes a union of elements, which is how several kinds of answers are asked for at once', () => {
    const Search = t.type({ kind: t.literal('search'), query: t.string });
    const Answer = t.type({ kind: t.literal('answer'), value: t.number });
    const model = scriptedModel([
      '{"items":[{"kind":"search","query":"rain"},{"kind":"answer","value":1},{"kind":"x"}]}',
    ]);
    const lines: string[] = [];
    structuredElements(model, { codec: t.union([Search, Answer]), messages }).subscribe((either) => {
      if (E.isLeft(either)) lines.push('Left');
      else lines.push(either.right.kind === 'search' ? either.right.query : String(either.right.value));
    });
    expect(lines).to.deep.equal(['rain', '1', 'Left']);
  });

  it('aborts the request as soon as enough elements are there, and starts afresh for every subscription', () => {
    const text = JSON.stringify({ items: Array.from({ length: 50 }, (_, age) => ({ name: 'A', age })) });
    const model = scriptedModel([text, text], { chunkSize: 5 });
    const result = structuredElements(model, { codec: User, messages }).pipe(take(2));
    const lines: string[] = [];
    result.subscribe((either) => lines.push(shown(either)));
    result.subscribe((either) => lines.push(shown(either)));
    expect(lines).to.deep.equal(Array(2).fill(['{"name":"A","age":0}', '{"name":"A","age":1}']).flat());
    expect(model.requests.map(({ state }) => state)).to.deep.equal(['aborted', 'aborted']);
  });
});
