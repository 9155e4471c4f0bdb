import { expect } from 'chai';
import * as fc from 'fast-check';
import { toGrammarPattern } from '../../../lib/codecs/jsonSchema/toGrammarPattern.js';
import { patternViolations } from '../../support/providerRules.js';

describe('toGrammarPattern', () => {
  describe('leaves what a grammar can read', () => {
    for (const pattern of [
      '^a$',
      '^[A-Z]{3}$',
      '^#[0-9a-f]{6}$',
      String.raw`^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$`,
      '^(ab|cd)+x?$',
      '^[a-z]{2,}$',
      '^a{1,1999}$',
    ])
      it(pattern, () => {
        expect(toGrammarPattern(pattern)).to.equal(pattern);
      });
  });

  describe('writes otherwise', () => {
    const cases: readonly (readonly [string, string])[] = [
      [String.raw`^\d+$`, '^[0-9]+$'],
      [String.raw`^\w{2}$`, '^[A-Za-z0-9_]{2}$'],
      [String.raw`^[\d.]+$`, '^[0-9.]+$'],
      [String.raw`^[\w\-]+$`, '^[A-Za-z0-9_-]+$'],
      ['^(?:a|b)$', '^(a|b)$'],
      ['^(?<year>[0-9]{4})$', '^([0-9]{4})$'],
      ['^a+?b*?$', '^a+b*$'],
      [String.raw`^a\/b\-c$`, '^a/b-c$'],
      [String.raw`^a\.+$`, '^a[.]+$'],
      [String.raw`^\^{2}$`, String.raw`^(\^){2}$`],
      ['^é+$', '^[é]+$'],
      ['^a$|^bc$', '^(a|bc)$'],
      [String.raw`^[\]a]$`, String.raw`^[\]a]$`],
      [String.raw`^[a\^]$`, '^[a^]$'],
    ];
    for (const [source, pattern] of cases)
      it(`${source} as ${pattern}`, () => {
        expect(toGrammarPattern(source)).to.equal(pattern);
      });
  });

  describe('gives up', () => {
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ['without anchors', ['abc', '^a', 'a$', '', '^a|b$', '^a$|b']],
      [
        'where a quote would match',
        ['^.$', '^[^a]$', String.raw`^\S$`, String.raw`^\D$`, '^"$', '^[!-~]$', String.raw`^[\s]$`],
      ],
      ['where a backslash would match', [String.raw`^\\$`, String.raw`^[\\]$`, '^[A-z]$']],
      ['where a control character would match', [String.raw`^\n$`, String.raw`^\s$`, String.raw`^[\t ]$`, '^\t$']],
      ['at what looks around or back', ['^(?=a)a$', '^(?!b)a$', '^(?<=a)$', String.raw`^(a)\1$`, String.raw`^\ba$`]],
      ['at anchors inside', ['^(^a)$', '^(a$)$', '^a^b$']],
      ['at nothing', ['^$', '^()$', '^(a|)$']],
      ['at what is no expression', ['^(a$', '^a)$', '^[a$', '^a{$', '^*$', '^]$', '^[b-a]$', '^[]$']],
      ['at ranges that may be none', [String.raw`^[a-\d]$`, String.raw`^[+-\.]$`]],
      ['at too many repetitions', ['^a{2000}$', '^a{1,2000}$']],
      ['at properties and codes of letters', [String.raw`^\p{L}$`, String.raw`^\x41$`, String.raw`^\u0041$`, '^😀$']],
    ];
    for (const [title, patterns] of cases)
      it(title, () => {
        for (const pattern of patterns) expect(toGrammarPattern(pattern), pattern).to.equal(undefined);
      });
  });

  it('matches the same strings, and is readable', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      '0',
      '-',
      '.',
      '\\.',
      '\\d',
      '\\w',
      '[ab-]',
      '[\\d_]',
      '[^a]',
      '\\-',
      '\\/',
      'é',
      '(?:a|b0)',
      '(ab)',
      '[.+]',
    );
    const piece = fc
      .tuple(atom, fc.constantFrom('', '', '', '+', '*', '?', '{2}', '{1,2}', '+?'))
      .map((parts) => parts.join(''));
    const branch = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''));
    const source = fc.oneof(
      { weight: 4, arbitrary: branch.map((text) => `^${text}$`) },
      { weight: 1, arbitrary: fc.tuple(branch, branch).map(([a, b]) => `^(${a}|${b})$`) },
      { weight: 1, arbitrary: fc.tuple(branch, branch).map(([a, b]) => `^${a}$|^${b}$`) },
    );
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', '0', '-', '.', '/', '_', 'é', '+', '"', '\\'),
      maxLength: 6,
    });
    fc.assert(
      fc.property(source, fc.array(text, { minLength: 20, maxLength: 40 }), (from, texts) => {
        const to = toGrammarPattern(from);
        if (to === undefined) return;
        expect(patternViolations(to), to).to.deep.equal([]);
        for (const each of texts)
          expect(new RegExp(to, 'u').test(each), `${from} as ${to} of ${each}`).to.equal(new RegExp(from).test(each));
      }),
      { numRuns: 2000 },
    );
  });
});
