import { expect } from 'chai';
import type { JsonSyntaxErrorCode } from '../../lib/tokens/JsonSyntaxError.js';
import { everyCut, everyUnit } from '../support/arbitraryJson.js';
import { readJson, uncut } from '../support/readJson.js';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

/** Valid texts that readers of JSON get wrong. */
const valid = [
  '[]',
  '{}',
  ' [ ] ',
  '\t\n\r {\t}\r\n',
  '0',
  '-0',
  '-0.0',
  '1e5',
  '1E+05',
  '1.50e-3',
  '123456789012345678901234567890',
  '-12345678901234567890',
  '1e400',
  '-1e400',
  '1e-400',
  '0.1000000000000000055511151231257827021181583404541015625',
  'true',
  'false',
  'null',
  '""',
  '"\\"\\\\\\/\\b\\f\\n\\r\\t"',
  '"\\u0000\\u001F\\u00e9\\uFFFF"',
  '"\\ud83d\\ude00"',
  '"\\ud83d😀"',
  '"\\ud83d"',
  '"\\ude00\\ud83d"',
  '"\\ud83d\\ud83d\\ude00"',
  '["\\ud83d","\\ude00"]',
  '"\ud83d"',
  '["\ud83d","\ude00"]',
  '"\ud83d\\ude00"',
  '"a\u007f\u0080\u2028\u2029\ufeff\uffff"',
  '"漢字 Ünïcödé 😀𝄞"',
  '{"":{"":[""]}}',
  '{"__proto__":{"x":1},"constructor":2,"toString":3}',
  '{"a\\u0062":1,"\\ud83d":2}',
  '[1,2.5,-3e7,true,false,null,"x",{},[]]',
  '{"a":{"b":[1,{"c":[[],{}]}]},"d":"e"}',
  '[1 ,2\n,\t3 ]',
  '{"2":1,"1":2}',
  nested(512),
];

/** Texts that are no JSON; the code, and the offset of the first character that no continuation could save. */
const invalid: [text: string, code: JsonSyntaxErrorCode, offset: number][] = [
  ['', 'unexpected-end', 0],
  ['  ', 'unexpected-end', 2],
  ['[', 'unexpected-end', 1],
  ['[1', 'unexpected-end', 2],
  ['[1,', 'unexpected-end', 3],
  ['{"a"', 'unexpected-end', 4],
  ['{"a":', 'unexpected-end', 5],
  ['"', 'unexpected-end', 1],
  ['"\\', 'unexpected-end', 2],
  ['"\\u00', 'unexpected-end', 5],
  ['-', 'unexpected-end', 1],
  ['1.', 'unexpected-end', 2],
  ['1e', 'unexpected-end', 2],
  ['1e+', 'unexpected-end', 3],
  ['nul', 'unexpected-end', 3],
  [nested(3).slice(0, -1), 'unexpected-end', 5],
  ['\ufeff{}', 'unexpected-character', 0],
  ['\u00a0{}', 'unexpected-character', 0],
  ['\f1', 'unexpected-character', 0],
  ['\v', 'unexpected-character', 0],
  ['\u0000', 'unexpected-character', 0],
  ['é', 'unexpected-character', 0],
  ['😀', 'unexpected-character', 0],
  [']', 'unexpected-character', 0],
  ['}', 'unexpected-character', 0],
  [',', 'unexpected-character', 0],
  [':', 'unexpected-character', 0],
  ['+1', 'unexpected-character', 0],
  ['.5', 'unexpected-character', 0],
  ['Infinity', 'unexpected-character', 0],
  ["'a'", 'unexpected-character', 0],
  ['/* */1', 'unexpected-character', 0],
  ['[1,]', 'unexpected-character', 3],
  ['[,1]', 'unexpected-character', 1],
  ['[1,,2]', 'unexpected-character', 3],
  ['[1 2]', 'unexpected-character', 3],
  ['[1}', 'unexpected-character', 2],
  ['[01]', 'unexpected-character', 2],
  ['[-01]', 'unexpected-character', 3],
  ['[1;2]', 'unexpected-character', 2],
  ['[;]', 'unexpected-character', 1],
  ['[1"a"]', 'unexpected-character', 2],
  ['["a""b"]', 'unexpected-character', 4],
  ['["a":1]', 'unexpected-character', 4],
  ['[truefalse]', 'unexpected-character', 5],
  ['[1a]', 'unexpected-character', 2],
  ['[0x1]', 'unexpected-character', 2],
  ['[1.5.5]', 'unexpected-character', 4],
  ['[1e5.5]', 'unexpected-character', 4],
  ['[1e5e5]', 'unexpected-character', 4],
  ['[1-2]', 'unexpected-character', 2],
  ['{,}', 'unexpected-character', 1],
  ['{]', 'unexpected-character', 1],
  ['{a:1}', 'unexpected-character', 1],
  ['{1:1}', 'unexpected-character', 1],
  ['{null:1}', 'unexpected-character', 1],
  ['{"a"}', 'unexpected-character', 4],
  ['{"a","b"}', 'unexpected-character', 4],
  ['{"a"::1}', 'unexpected-character', 5],
  ['{"a":}', 'unexpected-character', 5],
  ['{"a":1,}', 'unexpected-character', 7],
  ['{"a":1 "b":2}', 'unexpected-character', 7],
  ['{"a":1]', 'unexpected-character', 6],
  ['{{}}', 'unexpected-character', 1],
  ['tru3', 'invalid-literal', 3],
  ['[nul]', 'invalid-literal', 4],
  ['fAlse', 'invalid-literal', 1],
  ['[tr ue]', 'invalid-literal', 3],
  ['[fals\u0065\u0301', 'unexpected-character', 6],
  ['[-]', 'invalid-number', 2],
  ['[-a]', 'invalid-number', 2],
  ['[--1]', 'invalid-number', 2],
  ['[-.5]', 'invalid-number', 2],
  ['[1.]', 'invalid-number', 3],
  ['[1.e5]', 'invalid-number', 3],
  ['[1e]', 'invalid-number', 3],
  ['[1e+]', 'invalid-number', 4],
  ['[1e+-5]', 'invalid-number', 4],
  ['[1.5e ]', 'invalid-number', 5],
  ['"\\a"', 'invalid-escape', 2],
  ['"\\U0041"', 'invalid-escape', 2],
  ['"\\\'"', 'invalid-escape', 2],
  ['"\\é"', 'invalid-escape', 2],
  ['"\\\n"', 'invalid-escape', 2],
  ['"\\u004"', 'invalid-escape', 6],
  ['"\\u:000"', 'invalid-escape', 3],
  ['"\\u000?"', 'invalid-escape', 6],
  ['"\\u00g0"', 'invalid-escape', 5],
  ['"\\u000@"', 'invalid-escape', 6],
  ['"\\u 000"', 'invalid-escape', 3],
  ['{"\\x":1}', 'invalid-escape', 3],
  ['"a\nb"', 'control-character', 2],
  ['"\t"', 'control-character', 1],
  ['"\u0000"', 'control-character', 1],
  ['{"a\u001f":1}', 'control-character', 3],
  ['{}{}', 'trailing-data', 2],
  ['[] ,', 'trailing-data', 3],
  ['1 2', 'trailing-data', 2],
  ['1x', 'trailing-data', 1],
  ['01', 'trailing-data', 1],
  ['"a" "b"', 'trailing-data', 4],
  ['null null', 'trailing-data', 5],
  ['{}\u0000', 'trailing-data', 2],
  ['[]]', 'trailing-data', 2],
  ['{"a":1,"a":2}', 'duplicate-key', 9],
  ['{"a":1,"b":2,"\\u0061":3}', 'duplicate-key', 20],
  ['{"__proto__":1,"__proto__":2}', 'duplicate-key', 25],
  [nested(513), 'max-depth', 512],
];

const kinds = (text: string): string =>
  uncut(readJson([text]).batches)
    .map(({ type }) => type)
    .join(' ');

describe('JsonTokenizer', () => {
  describe('accepts, cut anywhere and into single characters', () => {
    for (const text of valid)
      it(text.length > 60 ? `${text.slice(0, 60)}…` : text, () => {
        JSON.parse(text);
        const whole = uncut(readJson([text]).batches);
        const cuts = text.length > 100 ? [] : everyCut(text);
        for (const deltas of [...cuts, everyUnit(text)]) {
          const { batches, error } = readJson(deltas);
          expect(error, JSON.stringify(deltas)).to.equal(undefined);
          expect(uncut(batches), JSON.stringify(deltas)).to.deep.equal(whole);
        }
      });
  });

  describe('rejects, cut anywhere and into single characters', () => {
    for (const [text, code, offset] of invalid)
      it(`${JSON.stringify(text).slice(0, 60)}: ${code} at ${offset}`, () => {
        if (code !== 'duplicate-key' && code !== 'max-depth') expect(() => JSON.parse(text) as unknown).to.throw();
        const cuts = text.length > 100 ? [] : everyCut(text);
        for (const deltas of [[text], ...cuts, everyUnit(text)]) {
          const { error } = readJson(deltas);
          expect(error, JSON.stringify(deltas)).to.include({ code, offset });
        }
      });
  });

  it('tells every kind of token, in the order of the text', () => {
    expect(kinds('{"a":[1,"b",true,null],"c":{}}')).to.equal(
      'object-start key array-start number string literal literal array-end key object-start object-end object-end',
    );
  });

  it('keeps big integers numbers, as they are spelled', () => {
    const [, token] = uncut(readJson(['[12345678901234567890]']).batches);
    expect(token).to.deep.equal({ type: 'number', offset: 1, text: '12345678901234567890', start: true, end: true });
  });

  it('counts offsets in UTF-16 code units', () => {
    const offsets = uncut(readJson(['["😀", "é",', ' [true]]']).batches).map(({ offset }) => offset);
    expect(offsets).to.deep.equal([0, 1, 7, 12, 13, 17, 18]);
  });

  it('withholds half a surrogate pair until the other half is there, or cannot be', () => {
    const pieces = (...deltas: string[]): string[] =>
      readJson(deltas)
        .batches.flat()
        .flatMap((token) => (token.type === 'string' ? [token.text] : []));
    expect(pieces('"a\ud83d', '\ude00b"')).to.deep.equal(['a', '😀b']);
    expect(pieces('"a\\ud83d', '\\ude', '00b"')).to.deep.equal(['a', '😀b']);
    expect(pieces('"a\ud83d', 'b"')).to.deep.equal(['a', '\ud83db']);
    expect(pieces('"\ud83d', '\ud83d', '\ude00"')).to.deep.equal(['', '\ud83d', '😀']);
    expect(pieces('"\ud83d', '"')).to.deep.equal(['', '\ud83d']);
  });

  it('says where, what was expected, and what came instead, with some of the text before', () => {
    const { error } = readJson(['{"users":[{"name":"John","age":3 4}]}']);
    expect(error?.message).to.equal('offset 33: expected "," or "}", got "4" near {"users":[{"name":"John","age":3 4');
    expect(error?.path).to.deep.equal(['users', 0]);
    expect(error?.text).to.equal('{"users":[{"name":"John","age":3 4');
  });

  it('has words for everything that may come next', () => {
    const words: Readonly<Record<string, readonly string[]>> = {
      'a value': ['', 'x', '{"a":}', '[1,]'],
      'a value or "]"': ['[', '[}'],
      'a key': ['{"a":1,', '{"a":1,}'],
      'a key or "}"': ['{', '{1'],
      '":"': ['{"a"', '{"a"1'],
      '"," or "}"': ['{"a":1 ', '{"a":1]'],
      '"," or "]"': ['[1 ', '[1}', '[1 2'],
      'nothing more': ['1 2', '{}}'],
      'a digit': ['-', '-x', '[1.', '1.x', '1e', '1e+x'],
      'the rest of the document': ['[1', '[0', '[1.5', '[1e5'],
      'the rest of a string': ['"', '["a'],
      'the rest of a key': ['{"', '{"a'],
      'one of "\\/bfnrtu after a backslash': ['"\\', '"\\x', '{"\\x'],
      'four hex digits': ['"\\u', '"\\u12x', '"\\u123'],
      'control characters to be escaped': ['"\n', '{"a\t'],
      ...{ true: ['t', 'trux'], false: ['fals', 'fx'], null: ['nul', '[nuts'] },
    };
    for (const [expected, texts] of Object.entries(words))
      for (const text of texts)
        expect(readJson([text]).error?.message, text).to.include(`: expected ${expected}, got `);
  });

  it('shows no more than a line of a long text', () => {
    const { error } = readJson([`["${'x'.repeat(500)}" "`]);
    expect(error?.message).to.have.length.below(120).and.to.include('near …xxx');
    expect(error?.text).to.have.length(505);
  });

  it('names the value that was being read', () => {
    const path = (text: string): unknown => readJson([text]).error?.path;
    expect(path('x')).to.deep.equal([]);
    expect(path('{"a":{"b":x')).to.deep.equal(['a', 'b']);
    expect(path('{"a":{"b":1x')).to.deep.equal(['a']);
    expect(path('{"a":1,x')).to.deep.equal([]);
    expect(path('{"a"x')).to.deep.equal(['a']);
    expect(path('[[],[1,"\n')).to.deep.equal([1, 1]);
    expect(path('{"a":1,"a"')).to.deep.equal(['a']);
    expect(path('{} x')).to.deep.equal([]);
  });

  it('leaves no half surrogate pair at the end of the text of an error', () => {
    expect(readJson(['[1😀']).error).to.include({ offset: 2, text: '[1' });
  });

  it('limits depth, length and whitespace, at the same offset however the text is cut', () => {
    const refused = (text: string, config: Parameters<typeof readJson>[1]): string[] =>
      [[text], ...everyCut(text), everyUnit(text)].map((deltas) => {
        const { error } = readJson(deltas, config);
        return error === undefined ? 'fine' : `${error.code} ${error.offset}`;
      });
    const only = (verdict: string, text: string, config: Parameters<typeof readJson>[1]): void => {
      expect(new Set(refused(text, config)), text).to.deep.equal(new Set([verdict]));
    };
    only('fine', '[[]]', { maxDepth: 2 });
    only('max-depth 2', '[[{}]]', { maxDepth: 2 });
    only('fine', '[[],[]]', { maxDepth: 2 });
    only('fine', '1', { maxDepth: 0 });
    only('max-depth 0', '[]', { maxDepth: 0 });
    only('fine', '["abc"]', { maxLength: 7 });
    only('max-length 6', '["abc"]', { maxLength: 6 });
    only('max-length 4', '["abc"]', { maxLength: 4 });
    only('fine', '["abc"] \n ', { maxLength: 7 });
    only('trailing-data 8', '["abc"] x', { maxLength: 7 });
    only('invalid-literal 2', '[tx', { maxLength: 3 });
    only('fine', '  [  1  ,  "     "  ]  ', { maxWhitespace: 2 });
    only('max-whitespace 2', '   []', { maxWhitespace: 2 });
    only('max-whitespace 4', '[1   ,2]', { maxWhitespace: 2 });
    only('fine', '[]     ', { maxWhitespace: 2 });
    only('fine', '[]     x', { maxWhitespace: 2 });
    only('trailing-data 4', '[]  x', { maxWhitespace: 2 });
  });

  it('is read from a long text in one delta as in short ones', () => {
    const text = JSON.stringify(Array.from({ length: 500 }, (_, i) => ({ i, text: `"line" ${i}\n`, half: i / 2 })));
    const whole = uncut(readJson([text]).batches);
    const short = readJson(text.match(/.{1,3}/gs) ?? []);
    expect(short.error).to.equal(undefined);
    expect(uncut(short.batches)).to.deep.equal(whole);
  });

  it('needs no Buffer', () => {
    const { Buffer: saved } = globalThis;
    Reflect.deleteProperty(globalThis, 'Buffer');
    try {
      const { batches, error } = readJson(['{"é\\u00e9":["\\ud83d', '\\ude00\\n",-12', '.5e3,true]}']);
      expect(error).to.equal(undefined);
      expect(uncut(batches)).to.have.length(8);
    } finally {
      globalThis.Buffer = saved;
    }
  });
});
