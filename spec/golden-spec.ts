import { expect } from 'chai';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publicDeclarations } from './support/publicDeclarations.js';

const root = join(import.meta.dirname, '..');
const golden = join(import.meta.dirname, 'golden');

/** The public entries, by the file that their declarations are kept in. */
const { paths } = (
  JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as {
    compilerOptions: { paths: Record<string, readonly [string]> };
  }
).compilerOptions;
const entries = Object.entries(paths).map(([entry, [source]]) => ({
  entry,
  source: join(root, source),
  file: `${entry.replace('/', '-')}.d.ts`,
}));

/** `npm run accept-api` writes what there is, instead of comparing. */
const accepts = process.env['ACCEPT_API'] !== undefined;

describe('the public declarations', function () {
  this.timeout(240_000);

  for (const { entry, source, file } of entries)
    it(`of ${entry} are those in spec/golden/${file}; if they changed on purpose: npm run accept-api`, () => {
      const declarations = publicDeclarations(source);
      const path = join(golden, file);
      if (accepts) {
        mkdirSync(golden, { recursive: true });
        writeFileSync(path, declarations);
      }
      const accepted = existsSync(path) ? readFileSync(path, 'utf8') : '';
      expect(declarations, 'changed; if that is on purpose: npm run accept-api').to.equal(accepted);
    });

  it('are those of the entries, and of nothing else', () => {
    expect(readdirSync(golden)).to.have.members(entries.map(({ file }) => file));
  });
});
