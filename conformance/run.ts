/**
 * Reads recorded answers of real providers, over HTTP and through their own SDKs, and holds what comes out against what
 * a right reading gives: `npm run conformance -- DIR`, where DIR has INDEX.jsonl, the recordings and replay-server.mjs.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { from, mergeMap } from 'rxjs';
import { judge, type Verdict } from './judge.js';
import { read } from './reading.js';
import { reask, sequences } from './reask.js';
import type { Recording } from './Recording.js';
import { ReplayServer } from './ReplayServer.js';

/** How the bytes arrive: as the server's events, cut anywhere, or all at once. */
const CHUNKINGS = ['', 'chunk=7', 'chunks=1-60;seed=11', 'all=1'];

const APIS: readonly string[] = ['chat', 'responses', 'messages'];

/** Requests in flight at a time. */
const CONCURRENCY = 6;

interface Row {
  readonly name: string;
  readonly wrong: readonly string[];
  readonly held: readonly string[];
  readonly open: readonly { readonly field: string; readonly why: string }[];
}

async function readRow(server: ReplayServer, recording: Recording): Promise<Row> {
  const verdicts: (Verdict & { readonly chunking: string })[] = [];
  for (const chunking of CHUNKINGS) {
    const reading = await read(recording, server.baseUrl([recording.file], chunking));
    verdicts.push(...judge(recording, reading).map((verdict) => ({ ...verdict, chunking })));
  }
  const first = verdicts.filter(({ chunking }) => chunking === '');
  return {
    name: recording.file,
    wrong: verdicts.flatMap((each) =>
      each.is === 'wrong' ? [`${each.field} (${each.chunking || 'whole events'}): ${each.why}`] : [],
    ),
    held: first.flatMap(({ field, is }) => (is === 'held' ? [field] : [])),
    open: first.flatMap((each) => (each.is === 'open' ? [each] : [])),
  };
}

async function reaskRow(server: ReplayServer, steps: readonly Recording[]): Promise<Row> {
  const wrong: string[] = [];
  for (const chunking of CHUNKINGS) wrong.push(...(await reask(server, steps, chunking)));
  const name = steps.map(({ file }) => file).join(' -> ');
  return { name, wrong, held: ['Left', 'asked again', 'Complete'], open: [] };
}

function print({ name, wrong, held, open }: Row): void {
  console.log(`${wrong.length === 0 ? 'pass' : 'FAIL'}  ${name}  ${held.join(' ')}`);
  for (const each of wrong) console.log(`        ${each}`);
  for (const { field, why } of open) console.log(`      not held: ${field}: ${why}`);
}

const directory = resolve(process.argv[2] ?? '.');
const recordings = readFileSync(join(directory, 'INDEX.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Recording)
  .filter(({ file, api }) => {
    if (APIS.includes(api)) return true;
    console.log(`skip  ${file}  there is no adapter for the API "${api}"`);
    return false;
  });

const server = await ReplayServer.start(directory);
try {
  const rows: Row[] = [];
  const all = from(recordings).pipe(mergeMap((recording) => readRow(server, recording), CONCURRENCY));
  await all.forEach((row) => rows.push(row));
  rows.sort((a, b) => a.name.localeCompare(b.name));
  for (const steps of sequences(recordings)) rows.push(await reaskRow(server, steps));
  rows.forEach(print);
  const failed = rows.filter(({ wrong }) => wrong.length > 0).length;
  console.log(`${rows.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  await server.stop();
}
