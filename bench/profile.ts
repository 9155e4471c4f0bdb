/**
 * Where the CPU goes on the three hottest paths: an Either per delta of 200 KB, a whole chat completion over HTTP, and a
 * delta of each of 10,000 open streams. By folder of the library, and the functions that take the most themselves.
 * `npm run profile`.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Session, type Profiler } from 'node:inspector/promises';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import OpenAI from 'openai';
import { from, lastValueFrom, Subject } from 'rxjs';
import { accumulatePartial, decodeWith, structuredCompletion, toJsonTokens } from '../lib/index.js';
import { openaiChat } from '../lib/providers/openai/index.js';
import { bundle } from './processes.js';
import { deltasOf, Records, records } from './records.js';
import { ReportCodec, reportOf } from './report.js';

function eithers(): () => void {
  const deltas = deltasOf(records(200_000));
  const decode = decodeWith(Records);
  return () => {
    from(deltas).pipe(toJsonTokens(), accumulatePartial(), decode).subscribe();
  };
}

async function request(): Promise<() => Promise<unknown>> {
  const chunk = (delta: object, finish_reason: string | null = null): string =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
  const deltas = deltasOf(JSON.stringify(reportOf(20_000)));
  const events = [...deltas.map((content) => chunk({ content })), chunk({}, 'stop'), 'data: [DONE]\n\n'];
  const server = createServer((incoming, response) => {
    incoming.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (let at = 0; at < events.length; at += 8) response.write(events.slice(at, at + 8).join(''));
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  // The types of another copy of the SDK.
  const client = new OpenAI({ apiKey: 'none', baseURL }) as unknown as Parameters<typeof openaiChat>[0];
  const model = openaiChat(client, { model: 'm' });
  return () =>
    lastValueFrom(
      structuredCompletion(model, { codec: ReportCodec, messages: [{ role: 'user', content: 'Report.' }] }),
    );
}

function streams(): () => void {
  const deltas = deltasOf(records(200));
  const decode = decodeWith(Records);
  return () => {
    const all = Array.from({ length: 10_000 }, () => {
      const source = new Subject<string>();
      source.pipe(toJsonTokens(), accumulatePartial(), decode).subscribe();
      return source;
    });
    for (const delta of deltas) for (const source of all) source.next(delta);
    for (const source of all) source.complete();
  };
}

const paths = {
  'an Either per delta of 200 KB': { prepare: eithers, runs: 40 },
  'a chat completion of 20 KB over HTTP, its server in the same process': { prepare: request, runs: 60 },
  'a delta of each of 10,000 streams': { prepare: streams, runs: 3 },
};

async function profile({ prepare, runs }: (typeof paths)[keyof typeof paths]): Promise<Profiler.Profile> {
  const run = await prepare();
  for (let warm = 0; warm < runs / 2; warm += 1) await run();
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  for (let round = 0; round < runs; round += 1) await run();
  return (await session.post('Profiler.stop')).profile;
}

/** The file of each line of a bundle: esbuild writes it above what comes from it. */
function filesOf(bundled: string): readonly string[] {
  let file = '';
  return readFileSync(bundled, 'utf8')
    .split('\n')
    .map((line) => (file = /^\/\/ (\S+\.ts)$/.exec(line)?.[1] ?? file));
}

/** The folder of the library, or what else it is. */
function placeOf(url: string, file: string): string {
  if (!url.endsWith('profile.ts.mjs')) return /node_modules\/([^/]+)/.exec(url)?.[1] ?? (url === '' ? 'V8' : 'Node');
  return /^\.\.\/(lib\/.*)\/[^/]*$/.exec(file)?.[1] ?? (file.includes('jsonparse') ? 'jsonparse' : 'the benchmark');
}

function print(title: string, { nodes, samples = [], timeDeltas = [] }: Profiler.Profile, bundled: string): void {
  const files = filesOf(bundled);
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const places = new Map<string, number>();
  const functions = new Map<string, number>();
  let total = 0;
  for (const [at, id] of samples.entries()) {
    const frame = frames.get(id);
    const time = timeDeltas[at] ?? 0;
    if (frame === undefined || frame.functionName === '(idle)') continue;
    const place = placeOf(frame.url, files[frame.lineNumber] ?? '');
    const name = `${frame.functionName || 'anonymous'} in ${place}`;
    places.set(place, (places.get(place) ?? 0) + time);
    functions.set(name, (functions.get(name) ?? 0) + time);
    total += time;
  }
  const list = (times: ReadonlyMap<string, number>): string =>
    [...times]
      .sort(([, a], [, b]) => b - a)
      .slice(0, 10)
      .map(([name, time]) => `${((100 * time) / total).toFixed(0)}% ${name}`)
      .join(', ');
  console.log(`${title}\n  ${list(places)}\n  ${list(functions)}\n`);
}

const [role] = process.argv.slice(2);
if (role === undefined) {
  const file = await bundle(import.meta.url);
  for (const title of Object.keys(paths)) execFileSync(process.execPath, [file, title], { stdio: 'inherit' });
} else {
  print(role, await profile(paths[role as keyof typeof paths]), fileURLToPath(import.meta.url));
  process.exit(0);
}
