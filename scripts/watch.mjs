// Runs the specs that an edit concerns: a spec that was edited, and each that imports what was edited, directly or not.
// `npm run watch -- spec/tokens/toJsonTokens-spec.ts` runs these and no others, after every edit.
import { readdirSync, readFileSync, watch } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root, run } from './run.mjs';

/** Specs of the whole project, which take long: they are for `npm test`. */
const WHOLE = /^spec\/(?:architecture|docs|examples|golden|types)-spec\.ts$|^spec\/(?:package|browser|compat)\//;

const chosen = process.argv.slice(2);
const changed = new Set();
let isRunning = false;
let timer;

for (const folder of ['lib', 'spec', 'examples'])
  watch(join(root, folder), { recursive: true }, (_, name) => {
    if (!name?.endsWith('.ts') || name.includes('node_modules')) return;
    changed.add(join(folder, name));
    clearTimeout(timer);
    timer = setTimeout(runChanged, 100);
  });

console.log('watching lib/, spec/ and examples/');
if (chosen.length > 0) await runSpecs(chosen);

async function runChanged() {
  if (isRunning || changed.size === 0) return;
  const files = [...changed];
  changed.clear();
  const specs = chosen.length > 0 ? chosen : specsOf(files);
  console.log(`\n${files.join(', ')}: ${specs.length} spec files`);
  if (specs.length > 0) await runSpecs(specs);
  await runChanged();
}

async function runSpecs(specs) {
  isRunning = true;
  await run('mocha', ['--reporter', 'dot', ...specs], { env: { LAW_RUNS: '300' } });
  isRunning = false;
}

/** The specs that import a file, directly or not, and those among the files themselves. */
function specsOf(files) {
  const importers = readImporters();
  const reached = new Set();
  const visit = (file) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const importer of importers.get(file) ?? []) visit(importer);
  };
  files.forEach(visit);
  return [...reached].filter((file) => file.endsWith('-spec.ts') && !WHOLE.test(file)).sort();
}

/** Who imports each file. Read anew each time: it takes some 30 ms. */
function readImporters() {
  const importers = new Map();
  for (const folder of ['lib', 'spec', 'examples'])
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts') || name.includes('node_modules')) continue;
      const file = join(folder, name);
      const text = readFileSync(join(root, file), 'utf8');
      for (const [, specifier] of text.matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']*)\.js'/g)) {
        const imported = relative(root, join(root, dirname(file), `${specifier}.ts`));
        importers.set(imported, [...(importers.get(imported) ?? []), file]);
      }
    }
  return importers;
}
