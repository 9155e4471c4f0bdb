import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './run.mjs';

/** Specs of the library itself: neither the browser, nor examples and snippets, nor anything that builds. */
const CORE =
  /^spec\/((foundation|completions|deltas|tokens|partials|codecs|decoded|retry|answers|providers|sse|models|testing|opentelemetry|inspector)\/.*|(architecture|secrets)|laws\/(tokens|decoder|partials|patches|endings|extractJson|toolCalls|tools))-spec\.ts$/;

/** These compare costs, which two runs beside each other distort. */
const COSTS =
  /\/(growth|structuredElementsCost|wideDocuments|reportErrors|JsonExtractor|elementsAt|applyPatches)-spec\.ts$/;

/** The files of specs: those of the core, which may run two at a time, and the others. */
export async function listSpecs() {
  const files = (await readdir(join(root, 'spec'), { recursive: true }))
    .map((file) => `spec/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('-spec.ts'))
    .sort();
  const isCore = (file) => CORE.test(file) && !COSTS.test(file);
  return { core: files.filter(isCore), others: files.filter((file) => !isCore(file)) };
}
