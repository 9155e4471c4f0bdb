import { expect } from 'chai';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { take } from 'rxjs';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import type { DecodedElement, InvalidElement } from '../../lib/answers/DecodedElement.js';
import { structuredElements } from '../../lib/answers/structuredElements.js';
import { withDescription } from '../../lib/codecs/annotations/withDescription.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';
import { recordLines } from '../support/record.js';

const User = t.type({ name: t.string, age: t.number }, 'User');
const messages = ['List the users.'];

function shown<A>(either: E.Either<InvalidElement, DecodedElement<A>>): string {
  if (E.isRight(either)) return JSON.stringify(either.right.value);
  const { index, path, message, attempt, retriesLeft } = either.left;
  return `Left ${index === undefined ? 'list' : index} ${JSON.stringify(path)} ${attempt}+${retriesLeft} ${message}`;
}

/** The values of a list that is answered so, a line each. */
function run(answers: Parameters<typeof scriptedModel>[0], retries = 0, chunkSize = 4) {
  const model = scriptedModel(answers, { dialect: 'openai', chunkSize });
  const lines: string[] = [];
  structuredElements(model, { codec: User, messages, retries }).subscribe(recordLines(lines, shown, 'complete'));
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

  it('says of many wrong elements what is wrong in 20 lines, and of the others where they are', () => {
    const { model } = run([`{"items":[${Array.from({ length: 2_000 }, () => '{}').join()}]}`, '{"items":[]}'], 1);
    const [failure] = model.requests[1]?.question.failures ?? [];
    const lines = failure?.correction.split('\n') ?? [];
    expect(lines.filter((line) => line.includes('required key is missing'))).to.have.length(20);
    expect(lines.find((line) => line.startsWith('These are wrong as well: $.items[10], $.items[11], '))).to.match(
      /, \$\.items\[1999\]$/,
    );
    expect(failure?.correction).to.include('2000 elements');
    expect(failure?.correction.length).to.be.below(40_000);
  });

  it('says of each element which one it is, as counted in the first answer, and which attempt gave it', () => {
    const model = scriptedModel([
      '{"items":[{"name":"A","age":1},{"name":"B"},{"name":"C","age":3},{}]}',
      '{"items":[{"name":"B","age":2},{"name":"D"}]}',
      '{"items":[{"name":"D","age":4}]}',
    ]);
    const seen: unknown[] = [];
    structuredElements(model, { codec: User, messages, retries: 2 }).subscribe((either) => {
      if (E.isRight(either)) seen.push(either.right);
    });
    expect(seen).to.deep.equal([
      { _tag: 'Element', value: { name: 'A', age: 1 }, index: 0, attempt: 1 },
      { _tag: 'Element', value: { name: 'C', age: 3 }, index: 2, attempt: 1 },
      { _tag: 'Element', value: { name: 'B', age: 2 }, index: 1, attempt: 2 },
      { _tag: 'Element', value: { name: 'D', age: 4 }, index: 3, attempt: 3 },
    ]);
  });

  describe('loses no element that was asked for again and left out', () => {
    const first = '{"items":[{"name":"A","age":1},{"name":"B"},{"age":3},{"name":"D","age":4}]}';
    const lefts = (retriesLeft: number) => [
      '{"name":"A","age":1}',
      `Left 1 [1,"age"] 1+${retriesLeft} $.items[1].age: required key is missing, expected number`,
      `Left 2 [2,"name"] 1+${retriesLeft} $.items[2].name: required key is missing, expected string`,
      '{"name":"D","age":4}',
    ];

    it('but ends it in a Left of the attempt that left it out', () => {
      expect(run([first, '{"items":[{"name":"B","age":2}]}'], 1).lines).to.deep.equal([
        ...lefts(1),
        '{"name":"B","age":2}',
        'Left 2 [2] 2+0 $.items[1]: this element is missing, 2 were asked for again and 1 came',
        'complete',
      ]);
    });

    it('and asks for it again while retries are left', () => {
      const { model, lines } = run([first, '{"items":[{"name":"B","age":2}]}', '{"items":[{"name":"C","age":3}]}'], 2);
      expect(lines).to.deep.equal([
        ...lefts(2),
        '{"name":"B","age":2}',
        'Left 2 [2] 2+1 $.items[1]: this element is missing, 2 were asked for again and 1 came',
        '{"name":"C","age":3}',
        'complete',
      ]);
      const { correction } = model.requests[2]?.question.failures[1] ?? {};
      expect(correction).to.include('$.items[1]: this element is missing').and.include('these 1 elements alone');
      expect(correction).to.not.include('stopped');
    });

    it('nor any of several, in an empty list, again and again', () => {
      const missing = (index: number, left: number): string =>
        `Left ${index} [${index}] ${4 - left - 1}+${left} ` +
        `$.items[${index - 1}]: this element is missing, 2 were asked for again and 0 came`;
      expect(run([first, '{"items":[]}', '{"items":[]}'], 2).lines).to.deep.equal([
        ...lefts(2),
        ...[missing(1, 1), missing(2, 1)],
        ...[missing(1, 0), missing(2, 0)],
        'complete',
      ]);
    });

    it('nor beside one that is wrong again', () => {
      const { lines } = run([first, '{"items":[{"name":"B","age":"2"}]}', '{"items":[]}'], 2);
      expect(lines.slice(4)).to.deep.equal([
        'Left 1 [1,"age"] 2+1 $.items[0].age: expected number, got "2"',
        'Left 2 [2] 2+1 $.items[1]: this element is missing, 2 were asked for again and 1 came',
        'Left 1 [1] 3+0 $.items[0]: this element is missing, 2 were asked for again and 0 came',
        'Left 2 [2] 3+0 $.items[1]: this element is missing, 2 were asked for again and 0 came',
        'complete',
      ]);
    });

    it('nor after a list that was wrong itself, all of whose elements are asked for again', () => {
      const { lines } = run([first, '{"items":[{"name":"B","age":2},}', '{"items":[{"name":"B","age":2}]}'], 2);
      expect(lines.slice(4).map((line) => line.replace(/ near .*/, ''))).to.deep.equal([
        '{"name":"B","age":2}',
        'Left list ["items",1] 2+1 offset 31: expected a value, got "}"',
        '{"name":"B","age":2}',
        'Left 2 [2] 3+0 $.items[1]: this element is missing, 2 were asked for again and 1 came',
        'complete',
      ]);
    });
  });

  it('counts retries as structuredCompletion does: NaN and negatives are none, a fraction is rounded down', () => {
    for (const [retries, requests] of [
      [NaN, 1],
      [-2, 1],
      [0.5, 1],
      [1.5, 2],
      [Infinity, 4],
    ] as const) {
      const { model } = run([...Array<string>(3).fill('{"items":[7]}'), '{"items":[{"name":"A","age":1}]}'], retries);
      expect(model.requests.length, String(retries)).to.equal(requests);
    }
  });

  it('passes what a codec throws on the error channel, and lets the request go', () => {
    const thrown = new Error('the disk is full');
    const Strange = new t.Type<string, string, unknown>(
      'Strange',
      t.string.is,
      (input) => {
        if (input === 'throw') throw thrown;
        return t.success(String(input));
      },
      t.identity,
    );
    const model = scriptedModel(['{"items":["a","throw","b"]}'], { chunkSize: 3 });
    const log: unknown[] = [];
    structuredElements(model, {
      codec: withDescription(Strange, { schema: { type: 'string' } }),
      messages,
      retries: 2,
    }).subscribe({
      next: (either) => log.push(E.isRight(either) ? either.right.value : 'Left'),
      error: (error: unknown) => log.push(error),
    });
    expect(log).to.deep.equal(['a', thrown]);
    expect(model.requests.map(({ state }) => state)).to.deep.equal(['aborted']);
  });

  it('rejects elements that were not asked for again', () => {
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

  it('gives a Left without an index if the answer is not a list, and asks for all of it again', () => {
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
    const labelOf = (value: t.TypeOf<typeof Search> | t.TypeOf<typeof Answer>): string =>
      value.kind === 'search' ? value.query : String(value.value);
    const lines: string[] = [];
    structuredElements(model, { codec: t.union([Search, Answer]), messages }).subscribe((either) => {
      if (E.isLeft(either)) lines.push('Left');
      else lines.push(labelOf(either.right.value));
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
