import { expect } from 'chai';
import * as z from 'zod';
import { fromStandardSchema } from '../../../lib/codecs/standardSchema/fromStandardSchema.js';
import { decodeText } from '../../support/decodeText.js';

/** A tree whose nodes have this many children, told apart by a key that comes last. */
function treeOf(children: number): z.ZodType {
  const keys = Array.from({ length: children }, (_, n) => `child ${n}`);
  const Tree: z.ZodType = z.lazy(() => {
    const nodes = Object.fromEntries(keys.map((key) => [key, Tree]));
    return z.union([
      z.object({ ...nodes, op: z.literal('all') }),
      z.object({ ...nodes, op: z.literal('any') }),
      z.number(),
    ]);
  });
  return Tree;
}

const deltasOf = (text: string): readonly string[] => text.match(/[^]{1,4}/g) ?? [];

// Work that doubles with each level, or is multiplied by the children, would not come to its end.
describe('recursive schemas', () => {
  it('may have many required parts of their own kind', async () => {
    const children = Array.from({ length: 6 }, (_, n): [string, number] => [`child ${n}`, n]);
    const node = { ...Object.fromEntries(children), op: 'any' };
    const eithers = await decodeText(fromStandardSchema(treeOf(6)), deltasOf(JSON.stringify(node)));
    expect(eithers.at(-1)).to.deep.include({ _tag: 'Right' });
  });

  for (const failFast of [true, false])
    it(`are told what is wrong at a great depth, failFast ${failFast}`, async () => {
      const depth = 40;
      const text = `${'{"child 0":'.repeat(depth)}"x"${',"op":"any"}'.repeat(depth)}`;
      const last = (await decodeText(fromStandardSchema(treeOf(1)), deltasOf(text), { failFast })).at(-1);
      const message = last?._tag === 'Left' ? last.left.message : '';
      expect(message).to.include('child 0').and.to.have.length.below(4_000);
    });
});
