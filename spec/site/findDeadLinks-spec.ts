import { expect } from 'chai';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findDeadLinks } from '../../site/findDeadLinks.js';

describe('findDeadLinks', () => {
  let folder: string;

  const write = async (place: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, place)), { recursive: true });
    await writeFile(join(folder, place), text);
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'site-'));
    await write('index.html', '<h1 id="top">x</h1>');
    await write('sub/page.html', '<h2 id="über-uns">x</h2>');
    await write('images/a.svg', '<svg/>');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const inPage = async (html: string, base = '/'): Promise<readonly string[]> => {
    await write('sub/tried.html', html);
    return findDeadLinks(folder, base);
  };

  it('finds pages, anchors and pictures that are not there', async () => {
    const dead = ['/no.html', './no.html', '../index.html#no', '#no', '/images/b.svg', 'page.html#no'];
    for (const link of dead)
      expect(await inPage(`<a href="${link}">`), link).to.deep.equal([`sub/tried.html: ${link}`]);
    expect(await inPage('<img src="/images/b.svg">')).to.have.lengthOf(1);
  });

  it('takes those that are', async () => {
    const links = [
      '/',
      '/index.html#top',
      '/sub/page',
      'page.html#%C3%BCber-uns',
      '../images/a.svg',
      'https://x.test/',
    ];
    for (const link of links) expect(await inPage(`<a href="${link}">`), link).to.deep.equal([]);
  });

  it('knows where the site will stand', async () => {
    expect(await inPage('<a href="/docs/sub/page.html">', '/docs/')).to.deep.equal([]);
    expect(await inPage('<a href="/sub/page.html">', '/docs/')).to.have.lengthOf(1);
  });
});
