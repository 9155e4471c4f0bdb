import { expect } from 'chai';
import * as fc from 'fast-check';
import { from } from 'rxjs';
import { extractJson } from '../../../lib/deltas/extractJson.js';
import { NoJsonError } from '../../../lib/deltas/NoJsonError.js';
import { arbitraryCuts, arbitraryJson, cutAt, everyUnit } from '../../support/arbitraryJson.js';
import type { FuzzTarget } from '../FuzzTarget.js';

/** The document that is let through, or the error's name. */
function extracted(deltas: readonly string[], afterThought: boolean): string {
  let out = '';
  from(deltas)
    .pipe(extractJson({ afterThought }))
    .subscribe({
      next: (delta) => (out += delta),
      error: (error: unknown) => {
        if (!(error instanceof NoJsonError)) throw error;
        out += `\n${error.message}`;
      },
    });
  return out;
}

const words = fc.constantFrom(
  ...[
    'Sure, here it is:',
    'Let me think.',
    '{name}',
    '[1]',
    '- [ ] todo',
    '"quoted"',
    'a < b',
    '`x`',
    '1. First',
    '\n',
  ],
  ...['**Note**', '{{template}}', '<b>bold</b>', 'see [docs](https://a.b/c)', '日本語', '\\', ':', '~~~'],
);
const thought = fc
  .tuple(
    fc.constantFrom(
      ['<think>', '</think>'],
      ['[THINK]', '[/THINK]'],
      ['◁think▷', '◁/think▷'],
      ['<reasoning>', '</reasoning>'],
    ),
    fc.array(fc.oneof(words, fc.constantFrom('{"name":"no"}', '```json\n[1]\n```')), { maxLength: 4 }),
  )
  .map(([[open, close], inner]) => `\n${open}\n${inner.join(' ')}\n${close}\n`);
const prose = fc.array(fc.oneof({ weight: 4, arbitrary: words }, { weight: 1, arbitrary: thought }), { maxLength: 6 });
const fence = fc.constantFrom(['', ''], ['```json\n', '\n```'], ['```\n', '\n```'], ['~~~json\n', '\n~~~']);

/** An object with a member: what else begins with a brace may be prose. */
const object = fc
  .tuple(arbitraryJson, arbitraryJson, fc.constantFrom(undefined, 2))
  .map(([a, b, indent]) => JSON.stringify({ a, b }, null, indent));

/** Text of which it is not known what is the document. */
const hostile = fc.array(
  fc.constantFrom(
    ...['{', '}', '[', ']', '"', ':', ',', '\\', ' ', '\n', '1', 'true', 'x', '`', '```', '~~~', '<', '>', '{"a":'],
    ...['<think>', '</think>', '[THINK]', '[/THINK]', '<|channel|>', 'final', '<|message|>', '<|end|>', '◁think▷'],
  ),
  { maxLength: 60 },
);

/** The document in prose is found whole; and whatever the text is, the cuts do not matter. */
export const extract: FuzzTarget = {
  name: 'extractJson',
  property: fc.property(
    fc.record({ before: prose, fence, object, after: prose, hostile, cuts: arbitraryCuts, afterThought: fc.boolean() }),
    (made) => {
      const [open = '', close = ''] = made.fence;
      const text = `${made.before.join(' ')}\n${open}${made.object}${close}\n${made.after.join(' ')}`;
      expect(extracted(cutAt(text, made.cuts), false)).to.equal(made.object);
      const odd = made.hostile.join('');
      const whole = extracted([odd], made.afterThought);
      expect(extracted(cutAt(odd, made.cuts), made.afterThought)).to.equal(whole);
      expect(extracted(everyUnit(odd), made.afterThought)).to.equal(whole);
    },
  ),
};
