import { expect } from 'chai';
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * For the part of a bundle that is ours, in bytes of gzip: 2% above what it is. A third of it is what is known of the
 * schemas of other libraries, a quarter the incremental decoder; the rest is the way from bytes to partials.
 * `npm run size` in bench/ says what each part weighs. It was 25.5 KB when less was known of schemas.
 */
const LIMIT = 38.3 * 1024;

const root = join(import.meta.dirname, '../..');
const angular = join(root, 'examples/angular');

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;

/** The code in a browser's bundle, minified, without rxjs and io-ts. */
async function bundle(name: string, code: string): Promise<string> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    logLevel: 'error',
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external: ['rxjs', 'io-ts'],
    // The published files, not the sources that the paths of our tsconfig lead to.
    tsconfigRaw: {},
  });
  const { text } = outputFiles[0]!;
  console.log(`      ${name}: ${kilobytes(gzipSync(text).length)} gzip, ${kilobytes(text.length)} minified`);
  const parts = new Map<string, number>();
  for (const [file, { bytesInOutput }] of Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs),
  )) {
    const part = /(?:dist|node_modules)\/(?:codecs\/)?[\w-]+/.exec(file)?.[0] ?? file;
    parts.set(part, (parts.get(part) ?? 0) + bytesInOutput);
  }
  for (const [part, bytes] of [...parts].sort(([, a], [, b]) => b - a).slice(0, 8))
    console.log(`        ${kilobytes(bytes).padStart(8)}  ${part}`);
  return text;
}

describe('what a page pays for the library', () => {
  it('is within its limit, for the core and what comes over SSE', async () => {
    const text = await bundle(
      'the core and fromSse',
      `export { accumulatePartial, decodeWith, retryOnValidationError, toJsonTokens } from 'rx-structured';
       export { fromSse } from 'rx-structured/sse';`,
    );
    expect(gzipSync(text).length).to.be.at.most(LIMIT);
  });

  it('comes without a warning of Angular’s, and without Node’s globals', () => {
    const { status, stdout, stderr } = spawnSync('npm', ['run', 'build'], { cwd: angular, encoding: 'utf8' });
    expect(status, stderr).to.equal(0);
    expect(stdout + stderr).not.to.match(/warning|CommonJS/i);
    const folder = join(angular, 'dist/intake/browser');
    const code = readdirSync(folder)
      .filter((file) => file.endsWith('.js'))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    console.log(`      the whole page, Angular, rxjs and io-ts included: ${kilobytes(gzipSync(code).length)} gzip`);
    expect(code).not.to.match(/Buffer\.from|["'`]node:|process\.env|process\.versions/);
  }).timeout(120_000);
});
