import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { angularProject } from './support/angularProject.js';
import { freePort } from './support/freePort.js';
import { startProgram } from './support/startProgram.js';
import { tryRecipes } from './support/tryRecipes.js';
import { frameworks } from './support/viteProject.js';
import { writePage } from './support/writePage.js';

const root = join(import.meta.dirname, '../..');
const packagesOf = (example: string): string => join(root, 'examples', example, 'node_modules');

/** Runs a program in a folder, and gives what it wrote. */
function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  expect(status, stdout + stderr).to.equal(0);
  return stdout;
}

describe('docs/nest.md, followed', () => {
  let folder = '';

  before(() => {
    folder = writePage('docs/nest.md', 'examples/nest');
    run(process.execPath, [join(packagesOf('nest'), 'typescript/bin/tsc')], folder);
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('sends an answer in each of its ways, and its client reads it', async () => {
    const port = String(await freePort());
    const server = await startProgram(process.execPath, ['dist/main.js'], {
      cwd: folder,
      env: { PORT: port },
      ready: /(successfully started)/,
    });
    try {
      for (const way of ['recipes', 'recipes/written']) {
        const lines = run(process.execPath, ['dist/client.js', `http://127.0.0.1:${port}/${way}`], folder);
        expect(lines, way)
          .to.match(/^waiting/)
          .and.to.match(/writing[^]*done[^]*'salt'/);
      }
      const events = await (await fetch(`http://127.0.0.1:${port}/recipes/events?dish=soup`)).text();
      expect(events).to.match(/event: complete[^]*event: done/);
    } finally {
      await server.stop();
    }
  });

  it('has a test that passes', () => {
    expect(run(process.execPath, ['--test', '--test-reporter=tap', 'dist/recipes.test.js'], folder)).to.include(
      '# pass 1',
    );
  });
}).timeout(120_000);

describe('docs/angular.md, followed', () => {
  // Angular wants a newer Node than some machines have, and the example brings one.
  const own = join(packagesOf('angular'), '.bin/node');
  const node = existsSync(own) ? own : process.execPath;
  const ng = join(packagesOf('angular'), '@angular/cli/bin/ng.js');
  let folder = '';

  before(() => {
    folder = writePage('docs/angular.md', 'examples/angular', angularProject);
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('shows the recipe while it is written, and stops when asked to', async () => {
    run(node, [ng, 'build'], folder);
    await tryRecipes(join(folder, 'dist/recipes/browser'));
  });

  it('has tests that pass', () => {
    expect(run(node, [ng, 'test', '--watch=false'], folder)).to.match(/Tests +3 passed/);
  });
}).timeout(180_000);

for (const { page, files, check } of frameworks)
  describe(`${page}, followed`, () => {
    const packages = packagesOf('frameworks');
    /** A program of the packages. */
    const program = (path: string): string => join(packages, path);
    let folder = '';

    before(() => {
      folder = writePage(page, 'examples/frameworks', files);
    });

    after(() => {
      rmSync(folder, { recursive: true });
    });

    it('has the types that it says', () => {
      const [path, ...args] = check;
      run(process.execPath, [program(path), ...args], folder);
    });

    it('shows the recipe while it is written, and stops when asked to', async () => {
      run(process.execPath, [program('vite/bin/vite.js'), 'build'], folder);
      await tryRecipes(join(folder, 'dist'));
    });

    it('has tests that pass', () => {
      expect(run(process.execPath, [program('vitest/vitest.mjs'), 'run'], folder)).to.match(/Tests +2 passed/);
    });
  }).timeout(180_000);
