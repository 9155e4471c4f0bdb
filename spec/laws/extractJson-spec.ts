import { expect } from 'chai';
import * as fc from 'fast-check';
import { JsonExtractor, type ExtractJsonConfig } from '../../lib/deltas/JsonExtractor.js';
import { NoJsonError } from '../../lib/deltas/NoJsonError.js';
import { arbitraryCuts, arbitraryJsonText, cutAt, everyCut, everyUnit } from '../support/arbitraryJson.js';
import { lawRuns } from '../support/lawRuns.js';

/** The whole output, or the error's message. */
function extracted(deltas: readonly string[], config?: ExtractJsonConfig): string {
  const extractor = new JsonExtractor(config);
  const out = deltas.map((delta) => extractor.push(delta)).join('');
  try {
    return out + extractor.end();
  } catch (error) {
    if (error instanceof NoJsonError) return error.message;
    throw error;
  }
}

/** Prose with all that could be taken for JSON, or hide it. */
const prose = fc
  .array(
    fc.constantFrom(
      ...['Here is it', '{name}', '{{name}}', '{ }', '[]', '[1]', '[2, 3]', '[the docs](x)', '- [ ] do', '{"set"}'],
      ...['{"a": number}', '{"a": [...]}', '"quoted"', '\\', '```json', '````', '~~~', '`code`', '<b>', '<thin', '1.'],
      ...['\n<think>{"not": "this"} [{"nor":"that"}]</think>', '\n<reasoning>\n```\n[["x"]]</reasoning>', ':', '\n'],
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(' '));

const object = arbitraryJsonText.map((text) => text.trim()).filter((text) => /^\{\s*"/.test(text));

/** Text that is mostly about to become JSON. */
const hostile = fc.string({
  unit: fc.constantFrom(
    ...['{', '}', '[', ']', '"', ':', ',', '\\', ' ', '\n', '1', '-', 'true', 'nul', 'x', '`', '<', '>'],
    ...['"a":', '{"a":', '<think>', '</think>', '</', 'THINK]', '[/', '<|channel|>', 'final', '<|message|>', '<|end|>'],
  ),
  maxLength: 40,
});

describe('extractJson, as laws', () => {
  it('law 1: gives the same wherever the text is cut', () => {
    fc.assert(
      fc.property(hostile, arbitraryCuts, (text, cuts) => {
        const whole = extracted([text]);
        expect(extracted(cutAt(text, cuts))).to.equal(whole);
        expect(extracted(everyUnit(text))).to.equal(whole);
      }),
      lawRuns(3000),
    );
  });

  it('law 11: finds any object in prose, in two pieces of any size', () => {
    fc.assert(
      fc.property(prose, object, prose, (before, document, after) => {
        const text = `${before} ${document}${after}`;
        for (const cut of everyCut(text)) expect(extracted(cut)).to.equal(document);
      }),
      lawRuns(300),
    );
  });

  it('law 11: finds any object after any brackets where an object is asked for', () => {
    const brackets = fc.string({ unit: fc.constantFrom('[', ']', ' ', '1', ',', '"', 'x', '\n'), maxLength: 20 });
    fc.assert(
      fc.property(brackets, object, (before, document) => {
        expect(extracted([before + document], { root: 'object' })).to.equal(document);
      }),
      lawRuns(1000),
    );
  });

  it('law 4: is live: once it has begun, all that is there of the document has been let through', () => {
    fc.assert(
      fc.property(prose, object, (before, document) => {
        const extractor = new JsonExtractor();
        extractor.push(`${before} `);
        let out = '';
        for (let at = 0; at < document.length; at += 1) {
          out += extractor.push(document.charAt(at));
          if (out !== '') expect(out).to.equal(document.slice(0, at + 1));
        }
      }),
      lawRuns(1000),
    );
  });
});
