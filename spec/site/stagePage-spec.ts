import { expect } from 'chai';
import { placeInSite, stagePage, type Repository } from '../../site/stagePage.js';

const url = 'https://github.com/rx-structured/rx-structured';
const files = new Set([
  'docs/errors.md',
  'docs/internals/wire.md',
  'docs/decisions/README.md',
  'README.md',
  'lib/a.ts',
]);
const repository: Repository = {
  url,
  kindOf: (path) => (files.has(path) ? 'file' : path === 'examples' ? 'folder' : undefined),
};
const stage = (text: string, path = 'docs/concepts.md'): string => stagePage(text, path, repository);

describe('stagePage', () => {
  it('leads to other pages of the site, from wherever', () => {
    expect(stage('[a](errors.md#left)')).to.equal('[a](./errors.md#left)');
    expect(stage('[a](../errors.md)', 'docs/internals/wire.md')).to.equal('[a](../errors.md)');
    expect(stage('[a](decisions/README.md)')).to.equal('[a](./decisions/index.md)');
    expect(stage('[a](docs/errors.md)', 'CONTRIBUTING.md')).to.equal('[a](./errors.md)');
    expect(stage(`[a](${url}/blob/main/docs/errors.md#left)`)).to.equal('[a](./errors.md#left)');
    expect(stage('[a](../README.md)')).to.equal('[a](./index.md)');
  });

  it('leads to the repository where there is no page', () => {
    expect(stage('[a](../lib/a.ts)')).to.equal(`[a](${url}/blob/main/lib/a.ts)`);
    expect(stage('[a](../examples/)')).to.equal(`[a](${url}/tree/main/examples)`);
    expect(stage(`[a](${url}/tree/main/examples)`)).to.equal(`[a](${url}/tree/main/examples)`);
  });

  it('takes pictures from the site', () => {
    const raw = 'https://raw.githubusercontent.com/rx-structured/rx-structured/main/docs/images/x.svg';
    expect(stage(`![a](${raw})`)).to.equal('![a](/images/x.svg)');
    expect(stage('![a](images/x.svg)')).to.equal('![a](/images/x.svg)');
  });

  it('leaves other links, links within the page, dead links and code as they are', () => {
    for (const text of ['[a](https://x.test/errors.md)', '[a](#here)', '[a](nowhere.md)', '`[a](errors.md)`'])
      expect(stage(text)).to.equal(text);
    const fence = '```md\n[a](errors.md)\n```';
    expect(stage(`${fence}\n[a](errors.md)`)).to.equal(`${fence}\n[a](./errors.md)`);
  });

  it('knows where a file stands in the site', () => {
    expect(['docs/errors.md', 'docs/decisions/README.md', 'CHANGELOG.md', 'lib/a.ts'].map(placeInSite)).to.deep.equal([
      'errors.md',
      'decisions/index.md',
      'changelog.md',
      undefined,
    ]);
  });
});
