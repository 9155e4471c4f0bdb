/**
 * What an open stream holds, and what a delta costs where many streams are open at once. Each case has a process of its
 * own: `npm run memory`.
 */
import { setImmediate as turn } from 'node:timers/promises';
import * as t from 'io-ts';
import { map, Subject } from 'rxjs';
import { z } from 'zod';
import {
  accumulatePartial,
  decodeWith,
  structuredCompletion,
  structuredElements,
  textDeltas,
  toJsonTokens,
} from '../lib/index.js';
import type { CodecLike, CompletionEvent, CompletionModel } from '../lib/index.js';
import { toSseResponse, type AnswerEvent } from '../lib/sse/index.js';
import { median } from './measure.js';
import { processesOf } from './processes.js';
import { deltasOf } from './records.js';

const Report = t.type({ name: t.string, notes: t.array(t.string) }, 'Report');
const ReportSchema = z.object({ name: z.string(), notes: z.array(z.string()) });

const text = (length: number): string =>
  JSON.stringify({
    name: 'Ann',
    notes: Array.from({ length: length / 90 }, () => 'Called twice about the invoice; wants it by letter. '.repeat(2)),
  }).slice(0, length);
const item = JSON.stringify({ name: 'Ann', notes: ['Called twice about the invoice; wants it by letter.'] });
const list = (length: number): string => `{"items":[${`${item},`.repeat(length / item.length + 1)}`.slice(0, length);

/** One stream: takes deltas, and ends. */
interface Stream {
  readonly next: (delta: string) => void;
  readonly end: () => void;
}

function ofDeltas(): Stream {
  const deltas = new Subject<string>();
  deltas.pipe(toJsonTokens(), accumulatePartial(), decodeWith(Report)).subscribe();
  return {
    next: (delta) => {
      deltas.next(delta);
    },
    end: () => {
      deltas.complete();
    },
  };
}

/** A model that answers with a Subject, so that the stream alone is measured. */
function asking(subscribe: (model: CompletionModel<unknown>) => void): Stream {
  const events = new Subject<CompletionEvent>();
  subscribe({ dialect: 'open', ask: () => events, toText: () => textDeltas() });
  return {
    next: (delta) => {
      events.next({ type: 'text-delta', text: delta });
    },
    end: () => {
      events.next({ type: 'finish', reason: 'stop', raw: 'stop' });
      events.complete();
    },
  };
}

const completionOf =
  <A>(codec: CodecLike<A>) =>
  (): Stream =>
    asking((model) => structuredCompletion(model, { codec, messages: [] }).subscribe({ error: () => undefined }));

const streams: Readonly<Record<string, () => Stream>> = {
  'the three operators': ofDeltas,
  'structuredCompletion, io-ts': completionOf(Report),
  'structuredCompletion, zod': completionOf(ReportSchema),
  structuredElements: () =>
    asking((model) => structuredElements(model, { codec: Report, messages: [] }).subscribe({ error: () => undefined })),
};

/** The least that a stream of rxjs can be. */
function mapped(): Stream {
  const deltas = new Subject<string>();
  deltas.pipe(map((delta) => delta)).subscribe();
  return {
    next: (delta) => {
      deltas.next(delta);
    },
    end: () => {
      deltas.complete();
    },
  };
}

/** Events that a client of `toSseResponse` has begun to read and then does not. */
function slowReader(): Stream {
  const events = new Subject<AnswerEvent>();
  const reader = toSseResponse(events, { heartbeat: Infinity }).body?.getReader();
  void reader?.read();
  return {
    next: (delta) => {
      events.next({ type: 'text', text: delta });
    },
    end: () => {
      events.complete();
    },
  };
}

async function heapUsed(): Promise<number> {
  for (let times = 0; times < 3; times += 1) {
    await turn();
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

/** Bytes of each of `count` streams that have read a text. */
async function bytesOf(open: () => Stream, deltas: readonly string[], count: number): Promise<number> {
  const before = await heapUsed();
  const all = Array.from({ length: count }, open);
  // A client reads what is there before it becomes slow.
  await turn();
  for (const stream of all) for (const delta of deltas) stream.next(delta);
  const after = await heapUsed();
  for (const stream of all) stream.end();
  return (after - before) / count;
}

/** CPU microseconds per delta of `count` streams: each delta goes to all of them, or all deltas to one after another. */
function cpuOf(open: () => Stream, count: number, isAtOnce: boolean): number {
  const deltas = deltasOf(JSON.stringify({ name: 'Ann', notes: [text(160)] }));
  const before = process.cpuUsage();
  if (isAtOnce) {
    const all = Array.from({ length: count }, open);
    for (const delta of deltas) for (const stream of all) stream.next(delta);
    for (const stream of all) stream.end();
  } else
    for (let at = 0; at < count; at += 1) {
      const stream = open();
      for (const delta of deltas) stream.next(delta);
      stream.end();
    }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count / deltas.length;
}

const [what = 'all', name = '', size = '0', count = '1000'] = process.argv.slice(2);

const open = { 'a slow reader': slowReader, 'a Subject and map': mapped }[name] ?? streams[name] ?? ofDeltas;
if (what === 'bytes') {
  const answer = name === 'structuredElements' ? list(Number(size)) : text(Number(size));
  const deltas = deltasOf(answer);
  await bytesOf(open, deltas, 20);
  console.log(await bytesOf(open, deltas, Number(count)));
} else if (what === 'at-once' || what === 'in-turn') {
  for (let warm = 0; warm < 3; warm += 1) cpuOf(open, 300, what === 'at-once');
  console.log(
    median(Array.from({ length: Number(size) > 5000 ? 3 : 7 }, () => cpuOf(open, Number(size), what === 'at-once'))),
  );
} else {
  const inProcess = await processesOf(import.meta.url);
  const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`;
  console.log('Held by an open stream, in deltas of 4 characters');
  for (const each of Object.keys(streams)) {
    const bytes = (length: number, streams: number): number =>
      inProcess('bytes', each, String(length), String(streams));
    const long = bytes(20_000, 50);
    console.log(
      `  ${each.padEnd(30)} opened ${kilobytes(bytes(0, 1000))}   200 characters ${kilobytes(bytes(200, 1000))}, of 10,000 streams ${kilobytes(bytes(200, 10_000))}   20,000 characters ${kilobytes(long)} (${(long / 20_000).toFixed(2)} × the text)`,
    );
  }
  const opened = inProcess('bytes', 'a slow reader', '0');
  const unread = inProcess('bytes', 'a slow reader', '20000', '50');
  console.log(
    `  a slow reader of toSseResponse ${kilobytes(opened)}, and ${((unread - opened) / 20_000).toFixed(2)} × what it has not read`,
  );

  console.log(
    '\nCPU of a delta in streams of 200 characters: the processor has what one stream touches at hand, not that of 10,000',
  );
  for (const each of ['a Subject and map', 'the three operators', 'structuredCompletion, io-ts'])
    for (const count of ['1000', '10000']) {
      const inTurn = inProcess('in-turn', each, count);
      const atOnce = inProcess('at-once', each, count);
      console.log(
        `  ${each.padEnd(27)} ${count.padStart(6)}: one after another ${inTurn.toFixed(2)} µs, at once ${atOnce.toFixed(2)} µs, ${(atOnce / inTurn).toFixed(2)} ×`,
      );
    }
}
