// Bundles the inspector's page: { html, script, style }. For the build, and for the inspector run from its sources.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const folder = join(import.meta.dirname, '../lib/inspector');
const pageScript = join(folder, 'page/main.ts');

async function bundle(entry) {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    mainFields: ['module', 'main'],
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'error',
  });
  return { script: outputFiles[0].text, inputs: Object.keys(metafile.inputs) };
}

/** A script for browsers, with the library in it. */
export async function bundleScript(entry) {
  return (await bundle(entry)).script;
}

/** The licence of each package that is in the inspector's page, which has no comments. */
export async function readLicences() {
  const { inputs } = await bundle(pageScript);
  const folders = new Set(inputs.flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []));
  const notices = Array.from(folders, async (path) => {
    const { name, version } = JSON.parse(await readFile(join(path, 'package.json'), 'utf8'));
    const file = (await readdir(path)).find((each) => /^licen[cs]e/i.test(each));
    return `${name} ${version}\n\n${(await readFile(join(path, file), 'utf8')).trim()}\n`;
  });
  return (await Promise.all(notices)).sort().join(`\n${'-'.repeat(80)}\n\n`);
}

export async function bundlePage() {
  const read = (file) => readFile(join(folder, file), 'utf8');
  const [html, script, ...styles] = await Promise.all([
    read('page/page.html'),
    bundleScript(pageScript),
    read('picture/picture.css'),
    read('page/page.css'),
  ]);
  return { html, script, style: styles.join('\n') };
}
