// Bundles the inspector's page: { html, script, style }. For the build, and for the inspector run from its sources.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const folder = join(import.meta.dirname, '../lib/inspector');

/** A script for browsers, with the library in it. */
export async function bundleScript(entry) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    mainFields: ['module', 'main'],
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'error',
  });
  return outputFiles[0].text;
}

export async function bundlePage() {
  const read = (file) => readFile(join(folder, file), 'utf8');
  const [html, script, ...styles] = await Promise.all([
    read('page/page.html'),
    bundleScript(join(folder, 'page/main.ts')),
    read('picture/picture.css'),
    read('page/page.css'),
  ]);
  return { html, script, style: styles.join('\n') };
}
