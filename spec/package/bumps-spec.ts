import { expect } from 'chai';

interface Bumps {
  readonly compareDeclarations: (
    before: ReadonlyMap<string, string>,
    now: ReadonlyMap<string, string>,
  ) => { readonly removed: readonly string[]; readonly added: readonly string[] };
  readonly bumpBetween: (before: string, now: string) => string;
  readonly neededBump: (version: string, removed: readonly string[], added: readonly string[]) => string;
  readonly writtenBump: (name: string, changesets: readonly string[]) => string;
}

const script = new URL('../../scripts/bumps.mjs', import.meta.url).href;
const { bumpBetween, compareDeclarations, neededBump, writtenBump } = (await import(script)) as Bumps;

describe('the next version', () => {
  const before = new Map([
    ['main.d.ts', '// A comment\nexport declare const a: string;\nexport declare const b: number;\n'],
  ]);

  function bumpTo(version: string, text: string): string {
    const { removed, added } = compareDeclarations(before, new Map([['main.d.ts', text]]));
    return neededBump(version, removed, added);
  }

  const same = 'export declare const b: number;\n  export declare const a: string;\n';
  const more = `${same}export declare const c: null;\n`;
  const less = 'export declare const a: string;\n';
  const changed = 'export declare const a: string;\nexport declare const b: bigint;\n';

  it('breaks no program where the declarations are the same, or some have come', () => {
    expect(bumpTo('1.2.0', same)).to.equal('none');
    expect(bumpTo('1.2.0', more)).to.equal('minor');
    expect(bumpTo('0.2.0', more)).to.equal('patch');
  });

  it('breaks programs where a declaration has gone or changed', () => {
    for (const text of [less, changed]) {
      expect(bumpTo('1.2.0', text)).to.equal('major');
      expect(bumpTo('0.2.0', text)).to.equal('minor');
    }
  });

  it('misses one of two equal lines', () => {
    const twice = new Map([['main.d.ts', 'a\na\n']]);
    expect(compareDeclarations(twice, new Map([['main.d.ts', 'a\n']])).removed).to.deep.equal(['main.d.ts: a']);
  });

  it('is as far as the changesets say', () => {
    const changeset = (bump: string): string => `---\n'rx-structured': ${bump}\n---\n\nSomething.\n`;
    expect(writtenBump('rx-structured', [])).to.equal('none');
    expect(writtenBump('rx-structured', [changeset('patch'), changeset('minor'), changeset('patch')])).to.equal(
      'minor',
    );
    expect(writtenBump('rx-structured', ["---\n'another': major\n---\n"])).to.equal('none');
  });

  it('is as far as the version has gone, where the changesets have become one', () => {
    expect(bumpBetween('0.1.0', '0.1.0')).to.equal('none');
    expect(bumpBetween('0.1.9', '0.1.10')).to.equal('patch');
    expect(bumpBetween('0.1.9', '0.2.0')).to.equal('minor');
    expect(bumpBetween('0.9.9', '1.0.0')).to.equal('major');
  });
});
