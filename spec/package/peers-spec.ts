import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const { peerDependencies } = JSON.parse(read('package.json')) as Manifest;
const pinned = (JSON.parse(read('spec/compat/package.json')) as Manifest).dependencies;

describe('the peers', () => {
  it('are tried by npm run compat in the oldest version that is allowed', () => {
    // Of openai, every major is tried.
    const { openai, ...others } = peerDependencies;
    expect(openai).to.equal('>=4 <8');
    for (const [name, range] of Object.entries(others)) {
      const oldest = /\d[\d.]*/.exec(range)?.[0] ?? range;
      expect(`${pinned[name] ?? ''}.`, `${name} ${range}`).to.match(new RegExp(`^${oldest.replaceAll('.', '\\.')}\\.`));
    }
  });

  it('are named by the README', () => {
    const versions = read('README.md').split('## Versions')[1] ?? '';
    expect(Object.keys(peerDependencies).filter((name) => !versions.includes(name))).to.deep.equal([]);
  });
});
