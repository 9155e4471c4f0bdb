import { expect } from 'chai';
import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { nav } from '../../site/nav.js';

const docs = join(import.meta.dirname, '../../docs');

describe('the sidebar of the site', () => {
  const listed = nav.flatMap(({ pages }) => pages.map(({ file }) => file));

  it('has every page of docs/, and no other: a new one gets its line in site/nav.ts', () => {
    const files = readdirSync(docs, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => file.split(sep).join('/').replace(/\.md$/, ''));
    expect(files.filter((file) => !listed.includes(file))).to.deep.equal([]);
    expect(listed.filter((file) => !files.includes(file))).to.deep.equal([]);
  });

  it('has each once, under a name of its own', () => {
    const names = nav.flatMap(({ pages }) => pages.map(({ title }) => title));
    expect(listed).to.have.lengthOf(new Set(listed).size);
    expect(names).to.have.lengthOf(new Set(names).size);
  });
});
