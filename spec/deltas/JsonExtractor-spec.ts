import { expect } from 'chai';
import { JsonExtractor, type ExtractJsonConfig } from '../../lib/deltas/JsonExtractor.js';
import { NoJsonError } from '../../lib/deltas/NoJsonError.js';
import { everyCut, everyUnit } from '../support/arbitraryJson.js';
import { growthOf } from '../support/growthOf.js';

function extracted(text: string, config?: ExtractJsonConfig): string {
  return extractedOf([text], config);
}

function extractedOf(deltas: readonly string[], config?: ExtractJsonConfig): string {
  const extractor = new JsonExtractor(config);
  return deltas.map((delta) => extractor.push(delta)).join('') + extractor.end();
}

/** A text in one piece, in two of any size, and character by character. */
function waysOf(text: string): readonly (readonly string[])[] {
  return [...everyCut(text), everyUnit(text)];
}

const found: readonly (readonly [what: string, text: string, document: string])[] = [
  ['nothing but a document', '{"a":1}', '{"a":1}'],
  ['whitespace around it', '\n\n  {"a":1}\n', '{"a":1}'],
  ['an array', '[{"a":1},{"a":2}]', '[{"a":1},{"a":2}]'],
  ['prose around it', 'Here you are: {"a":1}. Anything else?', '{"a":1}'],
  ['a fence', '```\n{"a":1}\n```', '{"a":1}'],
  ['a fence with a label', '```json\n{"a":1}\n```', '{"a":1}'],
  ['a long fence with an odd label', '~~~~~~~~ JSON5 {.numbered}\n{"a":1}\n~~~~~~~~', '{"a":1}'],
  ['a fence that is not closed', '```json\n{"a":1}', '{"a":1}'],
  ['a fence inside a string', '```json\n{"a":"```json\\n{}\\n```"}\n```', '{"a":"```json\\n{}\\n```"}'],
  ['quotes and brackets inside strings', '{"a":"}\\"]{","b":["]"]} rest', '{"a":"}\\"]{","b":["]"]}'],
  ['a backslash at the end of a string', '{"a":"\\\\"} rest "', '{"a":"\\\\"}'],
  ['a second document, which is ignored', '{"a":1}\n{"a":2}', '{"a":1}'],
  ['a placeholder in prose', 'use {name} here: {"a":1}', '{"a":1}'],
  ['a template in prose', 'a {{name}} and a ${name}: {"a":1}', '{"a":1}'],
  ['a set in prose', 'one of {"a", "b"}: {"a":1}', '{"a":1}'],
  ['a bracket that was never closed', 'we open with { and {" then: {"a":1}', '{"a":1}'],
  ['a document inside what looked like a key', '{"use {"a":1}', '{"a":1}'],
  ['a type in prose', '{"a": number, "b": string} e.g. {"a": null}', '{"a": null}'],
  ['an ellipsis in prose', '{"users": [...]} e.g. {"users":[]}', '{"users":[]}'],
  ['a link and a reference', '[the docs](http://a.b) say [1] and [2, 3]: {"a":1}', '{"a":1}'],
  ['a list of things to do', '- [ ] one\n- [x] two\n{"a":1}', '{"a":1}'],
  ['an empty object in prose', 'Not {} but {"a":1}', '{"a":1}'],
  ['an empty object alone', '```json\n{ }\n```', '{ }'],
  ['an empty array alone', 'None: [].', '[]'],
  ['numbers alone', '[1, -2.5e3, true]', '[1, -2.5e3, true]'],
  ['rows of numbers', 'The matrix is [[1,2],[3,4]].', '[[1,2],[3,4]]'],
  ['the first of several that may be prose', 'Either {} or [1].', '{}'],
  ['an object of nothing', '{"a":{}}', '{"a":{}}'],
  ['objects of nothing', '[{}, {}]', '[{}, {}]'],
  ['deep brackets', '{"a":{"b":{"c":[[["d"]]]}}}.', '{"a":{"b":{"c":[[["d"]]]}}}'],
  ['a dead array with a live document in it', '[see {"a":1}]', '{"a":1}'],
  ['reasoning', '<think>{"a":0}</think>\n{"a":1}', '{"a":1}'],
  ['reasoning after reasoning', '<think>{"a":0}</think><think>[{"a":0}]</think> {"a":1}', '{"a":1}'],
  ['reasoning under another name', 'Hm.\n  <reasoning>\n{"a":0}\n</reasoning>\n{"a":1}', '{"a":1}'],
  ['reasoning that mentions its tag', '<think></thi <think> {"a":0} </think>{"a":1}', '{"a":1}'],
  ['reasoning with a capital', '<Think>{"a":0}</Think>{"a":1}', '{"a":1}'],
  ['reasoning in the middle of a line', 'Well: <think>{"a":0}</think>{"a":1}', '{"a":1}'],
  ['reasoning between brackets', '[THINK]{"a":0}[/THINK]{"a":1}', '{"a":1}'],
  ['reasoning between diamonds', '◁think▷{"a":0}◁/think▷{"a":1}', '{"a":1}'],
  [
    'the channels of harmony',
    '<|channel|>analysis<|message|>{"a":0}<|end|><|start|>assistant<|channel|>final<|message|>{"a":1}<|return|>',
    '{"a":1}',
  ],
  [
    'a channel that begins before the one before ends',
    '<|channel|>analysis<|message|>{"a":0}<|channel|>final<|message|>{"a":1}',
    '{"a":1}',
  ],
  ['reasoning that was not opened, before anything was let through', 'Take {} or so.</think>{"a":1}', '{"a":1}'],
  ['reasoning after the document', '{"a":1} <think>{"a":0}</think>', '{"a":1}'],
  ['a tag that is no reasoning', '<b>{"a":1}</b>', '{"a":1}'],
  ['half a tag', '<thin{"a":1}', '{"a":1}'],
  ['a tag in the middle of a line', 'I do not <think>: {"a":1}', '{"a":1}'],
  ['a document that is cut', 'Here: {"a":[1,', '{"a":[1,'],
  ['a document that is cut before it can be told', 'Here: {"a', '{"a'],
];

const missing: readonly (readonly [what: string, text: string])[] = [
  ['nothing', ''],
  ['whitespace', ' \n '],
  ['prose', 'I cannot answer that.'],
  ['prose with brackets', '{name} and [the docs](x)'],
  ['a scalar', '42'],
  ['another syntax', "{'a': 1}"],
  ['a line break in a key', '{"a\nb": 1}'],
  ['reasoning that is not closed', '<think>{"a":1}'],
  ['a small document in reasoning', 'Take {} or so.</think> Hm.'],
  ['reasoning that is not closed, after some that is', 'Hm <think>a</think><think>{"a":1}'],
  ['reasoning that is not closed, in a channel', 'Hm <|channel|>final<|message|><think>{"a":1}'],
];

describe('JsonExtractor', () => {
  for (const [what, text, document] of found)
    it(`finds the document: ${what}`, () => {
      for (const deltas of waysOf(text)) expect(extractedOf(deltas)).to.equal(document);
    });

  for (const [what, text] of missing)
    it(`finds no document: ${what}`, () => {
      for (const deltas of waysOf(text))
        expect(() => extractedOf(deltas))
          .to.throw(NoJsonError)
          .with.property('text', text);
    });

  it('quotes the first 200 characters of a text without a document', () => {
    const text = 'I cannot answer that. '.repeat(20);
    for (const deltas of waysOf(text))
      expect(() => extractedOf(deltas))
        .to.throw(NoJsonError)
        .with.property('text', text.slice(0, 200));
  });

  it('finds the document after the reasoning where it is told that there is some', () => {
    expect(extracted('So {"a":0} it is.</think>\n{"a":1}', { afterThought: true })).to.equal('{"a":1}');
    expect(() => extracted('So {"a":0} it is.', { afterThought: true })).to.throw(NoJsonError);
  });

  it('says that the document was reasoning where only its end tells so', () => {
    for (const text of ['So {"a":0} it is.</think>\n{"a":1}', '{"a":0} <think>Hm.</think> [/THINK] {"a":1}'])
      for (const deltas of waysOf(text))
        expect(() => extractedOf(deltas)).to.throw(NoJsonError, 'stands in the reasoning');
  });

  it('says so of an empty answer', () => {
    expect(() => extracted('\n')).to.throw('no JSON: the answer is empty');
  });

  it('takes arrays for prose where an object is asked for', () => {
    expect(extracted('[1, "two"] [{"a":[1]}]', { root: 'object' })).to.equal('{"a":[1]}');
  });

  it('takes objects for prose where an array is asked for', () => {
    expect(extracted('{"items":["a"]}', { root: 'array' })).to.equal('["a"]');
  });

  it('shows a string and a number from their first character on', () => {
    const extractor = new JsonExtractor();
    expect(['{', '"a"', ':', ' ', '"', 'x', '",', '"b"', ':'].map((delta) => extractor.push(delta))).to.deep.equal([
      ...['', '', '', '', '{"a": "', 'x', '",', '"b"', ':'],
    ]);
    expect(new JsonExtractor().push('{"a":-')).to.equal('{"a":-');
    expect(new JsonExtractor().push('["')).to.equal('["');
  });

  it('shows a word after a key when it is whole, as nothing could be shown of it before', () => {
    const extractor = new JsonExtractor();
    expect(['{"a":', 'tru', 'e', ','].map((delta) => extractor.push(delta))).to.deep.equal(['', '', '', '{"a":true,']);
  });

  it('holds back at most 256 characters', () => {
    const key = `{"${'k'.repeat(300)}`;
    const extractor = new JsonExtractor();
    let out = '';
    for (let at = 0; at < key.length; at += 1) {
      out += extractor.push(key.charAt(at));
      expect(at + 1 - out.length).to.be.below(256);
    }
    expect(out).to.equal(key);
  });

  const hostile = {
    braces: '{',
    brackets: '[',
    'arrays that die late': `${'['.repeat(250)}x`,
    'numbers that die late': `${'[1,'.repeat(80)}x`,
    'keys in keys': '{"{"',
    'keys of brackets': `{"${'{ '.repeat(100)}"`,
    'keys of brackets and quotes': `{"${'{\\"'.repeat(80)}"`,
    backticks: '`',
    'tags in lines': '\n<',
    'reasoning that is never closed': '<think>',
    'almost the closing tag': '<think></thin',
  };

  for (const [what, piece] of Object.entries(hostile))
    it(`is linear on ${what}`, () => {
      const growth = (cut: number): number =>
        growthOf(
          [2 ** 14, 2 ** 17],
          (length) => {
            const text = piece.repeat(Math.ceil(length / piece.length));
            const run = (): void => {
              const extractor = new JsonExtractor();
              for (let at = 0; at < text.length; at += cut) extractor.push(text.slice(at, at + cut));
            };
            return { units: text.length, run };
          },
          2,
        );
      // Quadratic work would give 8.
      expect(growth(2 ** 20), 'in one piece').to.be.below(4);
      expect(growth(5), 'in pieces of five').to.be.below(4);
    });
});
