import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Blocks of code that say which file they are from. */
const blocks = ['docs/resuming.md'].flatMap((doc) =>
  Array.from(
    readFileSync(join(root, doc), 'utf8').matchAll(/^```typescript\n\/\/ (\S+)\n([^]*?)^```$/gm),
    ([, file = '', code = '']) => ({ doc, file, code }),
  ),
);

/** How deep it is indented, and where its lines are broken, is another matter. */
const condensed = (text: string): string => text.replace(/\s+/g, '');

describe('the documentation of the apps', () => {
  it('shows code', () => {
    expect(blocks.map(({ doc }) => doc)).to.include('docs/resuming.md');
  });

  for (const { doc, file, code } of blocks)
    it(`shows what ${file} says, in ${doc}: ${code.trim().split('\n')[0] ?? ''}`, () => {
      expect(condensed(readFileSync(join(root, file), 'utf8'))).to.include(condensed(code));
    });
});
