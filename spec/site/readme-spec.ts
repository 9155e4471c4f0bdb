import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { rawUrl } from '../../site/stagePage.js';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Manifest {
  readonly repository: { readonly url: string };
  readonly homepage: string;
  readonly bugs: { readonly url: string };
}

const manifest = JSON.parse(read('package.json')) as Manifest;
/** The one place from which the address of the repository comes. */
const repository = manifest.repository.url.replace(/^git\+|\.git$/g, '');

const readme = read('README.md');

/** Links of Markdown and of HTML, outside of code. */
function linksOf(text: string): readonly string[] {
  const words = text.replace(/^```[^]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
  return [
    ...Array.from(words.matchAll(/\]\(([^)\s]+)\)/g), ([, link = '']) => link),
    ...Array.from(words.matchAll(/\b(?:src|srcset|href)="([^"]+)"/g), ([, link = '']) => link),
  ];
}

/** The path in the repository of a link to it, as a browser is shown it. */
function pathOf(link: string): string | undefined {
  for (const start of [`${repository}/blob/main/`, `${repository}/tree/main/`, `${rawUrl(repository)}/`])
    if (link.startsWith(start)) return link.slice(start.length).split('#')[0];
  return undefined;
}

describe('the README', () => {
  it('stands at the repository that package.json names', () => {
    expect(repository).to.match(/^https:\/\/github\.com\/[^/]+\/[^/]+$/);
    expect(manifest.homepage).to.equal(`${repository}#readme`);
    expect(manifest.bugs.url).to.equal(`${repository}/issues`);
  });

  it('has absolute links alone: it is read on npm as well', () => {
    const links = linksOf(readme);
    expect(links.length).to.be.greaterThan(20);
    expect(links.filter((link) => !link.startsWith('https://'))).to.deep.equal([]);
  });

  it('leads to files and folders that are there', () => {
    const paths = linksOf(readme).flatMap((link) => pathOf(link) ?? []);
    expect(paths).to.include.members(['docs/errors.md', 'docs/images/terminal.svg', 'examples']);
    expect(paths.filter((path) => !existsSync(join(root, path)))).to.deep.equal([]);
  });

  it('calls a folder a tree, and a file a blob', () => {
    const wrong = linksOf(readme).filter((link) => {
      const path = pathOf(link);
      if (path === undefined || link.startsWith(rawUrl(repository))) return false;
      return statSync(join(root, path)).isDirectory() !== link.includes('/tree/');
    });
    expect(wrong).to.deep.equal([]);
  });

  it('leads to headings that are there', () => {
    const dead = linksOf(readme).filter((link) => {
      const [, hash] = link.split('#');
      const path = pathOf(link);
      if (hash === undefined || path === undefined) return false;
      const headings = Array.from(read(path).matchAll(/^#+ (.*)$/gm), ([, heading = '']) => slugOf(heading));
      return !headings.includes(hash);
    });
    expect(dead).to.deep.equal([]);
  });

  it('shows its result before anything else, and zod before io-ts', () => {
    const places = ['terminal.svg', 'picture-light.png', "from 'zod'", "from 'io-ts'", 'languageModel(', '## '];
    const found = places.map((place) => readme.indexOf(place));
    expect(found).to.not.include(-1);
    expect(found).to.deep.equal([...found].sort((a, b) => a - b));
  });

  it('compares as docs/comparison.md does, on the same day', () => {
    const section = /^## Beside [^]*?(?=^## )/m.exec(readme)?.[0] ?? '';
    const comparison = read('docs/comparison.md');
    const rows = section.split('\n').filter((line) => line.startsWith('|') && !/^\|[ :-]+\|[ :|-]+$/.test(line));
    const plain = (text: string): string => text.replace(/ +/g, ' ');
    expect(rows.length).to.be.greaterThan(2);
    expect(rows.filter((row) => !plain(comparison).includes(plain(row)))).to.deep.equal([]);
    const dateOf = (text: string) => /ompared on (\d{4}-\d\d-\d\d)/.exec(text)?.[1];
    expect(dateOf(section)).to.be.a('string').and.to.equal(dateOf(comparison));
  });
});

describe('the pages of docs/', () => {
  it('lead within the package by relative links, and elsewhere by absolute ones', () => {
    const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => join('docs', file));
    const packed = /^(?:docs\/(?!images)|lib\/|README\.md$|CHANGELOG\.md$)/;
    const out = pages.flatMap((page) =>
      linksOf(read(page))
        .filter((link) => !/^(?:https?:|#)/.test(link))
        .filter((link) => !packed.test(normalize(join(dirname(page), link.split('#')[0] ?? ''))))
        .map((link) => `${page}: ${link}`),
    );
    expect(out).to.deep.equal([]);
  });

  it('lead to files of the repository that are there', () => {
    const dead = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) => linksOf(read(join('docs', file))).flatMap((link) => pathOf(link) ?? []))
      .filter((path) => !existsSync(join(root, path)));
    expect(dead).to.deep.equal([]);
  });
});

/** As GitHub makes the anchor of a heading. */
function slugOf(heading: string): string {
  const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
  return words.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
}
