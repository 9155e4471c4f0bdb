import { expect } from 'chai';
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import * as E from 'fp-ts/lib/Either.js';
import type { Decoded, InvalidAnswer } from '../../lib/index.js';
import { LiveObject } from '../../examples/support/LiveObject.js';
import { renderPartial } from '../../examples/support/renderPartial.js';

interface User {
  readonly name: string;
}

const written = (name: string): E.Either<InvalidAnswer, Decoded<User>> =>
  E.right({ _tag: 'Partial', value: { name }, path: ['name'] });

const rejected = (attempt: number, retriesLeft: number): E.Either<InvalidAnswer, Decoded<User>> =>
  E.left({ _tag: 'InvalidValue', message: '$.name: no', errors: [], path: [], text: '', attempt, retriesLeft });

/** As much of a terminal as is needed: lines, "cursor up" and "erase below". */
class Terminal extends PassThrough {
  readonly isTTY = true;
  rows = 24;
  readonly screen: string[] = [];

  override write(text: string): boolean {
    const [, up = '0', lines = ''] = /^(?:\x1b\[(\d+)A\x1b\[0J)?([^]*)\n\x1b\[\?7h$/.exec(text) ?? [];
    this.screen.length -= Number(up);
    this.screen.push(...stripVTControlCharacters(lines).split('\n'));
    return true;
  }
}

describe('LiveObject', () => {
  let terminal: Terminal;
  let live: LiveObject<User>;

  beforeEach(() => {
    terminal = new Terminal();
    live = new LiveObject<User>(terminal as unknown as typeof process.stdout);
  });

  afterEach(() => {
    live.complete();
    process.exitCode = undefined;
  });

  it('redraws in place, with a cursor in the field that is being written and a line of status', () => {
    live.watch({ type: 'answer-delta' });
    live.next(written('J'));
    live.watch({ type: 'answer-delta' });
    live.watch({ type: 'usage' });
    live.next(written('John'));
    expect(terminal.screen).to.have.lengthOf(4);
    expect(terminal.screen.slice(0, 3)).to.deep.equal(['{', "  name: 'John'▌", '}']);
    expect(terminal.screen[3]).to.match(/^2 deltas · first partial after \d\.\d s · \d\.\d s$/);
  });

  it('shows the whole value without a cursor at the end, and leaves the exit code alone', () => {
    live.next(written('John'));
    live.next(E.right({ _tag: 'Complete', value: { name: 'John' } }));
    live.complete();
    expect(terminal.screen.slice(0, 3)).to.deep.equal(['{', "  name: 'John'", '}']);
    expect(process.exitCode).to.equal(undefined);
  });

  it('drops what it shows when an attempt is rejected, and says why', () => {
    live.next(written('J'));
    live.next(rejected(1, 1));
    live.next(written('Jo'));
    expect(terminal.screen.slice(0, 4)).to.deep.equal([
      'attempt 1 was rejected: $.name: no',
      '{',
      "  name: 'Jo'▌",
      '}',
    ]);
    expect(terminal.screen).to.have.lengthOf(5);
  });

  const endings: Readonly<Record<string, () => void>> = {
    'gave up after attempt 1': () => {
      live.next(rejected(1, 0));
      live.complete();
    },
    'stopped before the answer was complete': () => {
      live.next(written('J'));
      live.complete();
    },
    'TypeError: broken': () => {
      live.error(new TypeError('broken'));
    },
  };
  for (const [words, end] of Object.entries(endings))
    it(`fails with "${words}"`, () => {
      end();
      expect(terminal.screen.at(-1)).to.equal(words);
      expect(process.exitCode).to.equal(1);
    });

  it('keeps to the height of the terminal', () => {
    terminal.rows = 3;
    live.next(written('J'));
    live.next(written('Jo'));
    expect(terminal.screen).to.have.lengthOf(2);
  });

  it('shows everything where the terminal does not know its height', () => {
    terminal.rows = 0;
    live.next(written('J'));
    expect(terminal.screen).to.have.lengthOf(4);
  });
});

describe('renderPartial', () => {
  const render = (...args: Parameters<typeof renderPartial>) =>
    renderPartial(...args).map((line) => stripVTControlCharacters(line));

  it('puts the cursor into the innermost open value', () => {
    expect(render({ a: [{ b: 'x' }, { b: 'y' }] }, ['a', 1, 'b'])).to.deep.equal([
      '{',
      '  a: [',
      '    {',
      "      b: 'x'",
      '    }',
      '    {',
      "      b: 'y'▌",
      '    }',
      '  ]',
      '}',
    ]);
  });

  it('shows a field that has begun but is withheld, and an object that waits for its next key', () => {
    expect(render({ a: 1 }, ['kind'])).to.deep.equal(['{', '  a: 1', '  kind: ▌', '}']);
    expect(render({ a: 1 }, [])).to.deep.equal(['{', '  a: 1', '  ▌', '}']);
    expect(render([], [0])).to.deep.equal(['[', '  ▌', ']']);
    expect(render(undefined, [])).to.deep.equal(['▌']);
    expect(render({})).to.deep.equal(['{}']);
  });
});
