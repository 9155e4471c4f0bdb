import * as t from 'io-ts';
import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { inspect } from 'node:util';
import { finalize, interval, map, takeWhile, type Observable } from 'rxjs';
import { answerEvents, fromSse, toSseResponse, writeResponse } from '../../lib/sse/index.js';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';
import { HeapLog } from './HeapLog.js';
import type { Outcome } from './Outcome.js';

const codec = t.type({ lines: t.array(t.string) });
const lines = Array.from({ length: 200 }, (_, at) => `line ${at} ${'x'.repeat(60)}`);
const text = JSON.stringify({ lines });
const deltas = text.match(/.{1,160}/g) ?? [];

/** Seconds that the process waits for its turn, after which sockets are given up before they are connected. */
const STARVED = 2;

const isUnconnected = (error: string): boolean => /ConnectTimeoutError|connect ETIMEDOUT|read ECONNRESET/.test(error);

interface Counts {
  readonly fast: { begun: number; right: number };
  readonly slow: { begun: number; right: number };
  readonly leaving: { begun: number; left: number };
  /** Errors that a client met. */
  readonly errors: string[];
  /** Answers that the model is writing. */
  running: number;
  mostRunning: number;
}

/** An answer that takes a while; the model counts how many it writes. */
function answer(counts: Counts, pause: number): Observable<CompletionEvent> {
  counts.running++;
  counts.mostRunning = Math.max(counts.mostRunning, counts.running);
  return interval(pause).pipe(
    map((at): CompletionEvent =>
      at < deltas.length
        ? { type: 'text-delta', text: deltas[at] ?? '' }
        : { type: 'finish', reason: 'stop', raw: 'stop' },
    ),
    takeWhile(({ type }) => type !== 'finish', true),
    finalize(() => {
      counts.running--;
    }),
  );
}

/** Reads as fast as it comes, decodes, and compares. */
function readFast(url: string, { fast, errors }: Counts): Promise<void> {
  fast.begun++;
  return new Promise((resolve) => {
    fromSse(url, { codec, resumes: 0 })
      .subscribe({
        next: (either) => {
          if (
            either._tag === 'Right' &&
            either.right._tag === 'Complete' &&
            JSON.stringify(either.right.value) === text
          )
            fast.right++;
        },
        error: (error: unknown) => errors.push(inspect(error)),
      })
      .add(resolve);
  });
}

/** Reads a little at a time, with pauses, and puts the text together again. */
async function readSlowly(url: string, agent: Agent, { slow }: Counts): Promise<void> {
  slow.begun++;
  const [response] = (await once(get(url, { agent }), 'response')) as [IncomingMessage];
  let body = '';
  response.setEncoding('utf8');
  for await (const chunk of response) {
    body += String(chunk);
    await new Promise((next) => setTimeout(next, 40));
  }
  const written = [...body.matchAll(/^data:(".*")$/gm)].map(([, json]) => JSON.parse(json ?? '') as string).join('');
  if (written === text && body.includes('event:complete')) slow.right++;
}

/** Goes away in the middle, in one of three ways: unsubscribed, or with the socket gone. */
async function leave(url: string, agent: Agent, nth: number, { leaving, errors }: Counts): Promise<void> {
  leaving.begun++;
  const after = new Promise((next) => setTimeout(next, 500 + ((nth * 37) % 4000)));
  if (nth % 2 === 0) {
    const subscription = fromSse(url, { codec, resumes: 0 }).subscribe({
      error: (error: unknown) => errors.push(inspect(error)),
    });
    await after;
    subscription.unsubscribe();
  } else {
    const request = get(url, { agent });
    request.on('error', () => undefined);
    request.on('response', (response) => response.on('error', () => undefined).resume());
    await after;
    request.destroy();
  }
  leaving.left++;
}

/** So many clients at a time over loopback, a third of them slow and a third leaving, for so long. */
export async function clients(count: number, seconds: number): Promise<Outcome> {
  const heap = new HeapLog();
  const counts: Counts = {
    fast: { begun: 0, right: 0 },
    slow: { begun: 0, right: 0 },
    leaving: { begun: 0, left: 0 },
    errors: [],
    running: 0,
    mostRunning: 0,
  };
  const pause = 100;
  const server = createServer((_, response) => {
    const model = scriptedModel([answer(counts, pause)]);
    const events = answerEvents((watch) => structuredCompletion(model, { codec, messages: ['Which?'], watch }));
    writeResponse(toSseResponse(events), response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const agent = new Agent({ keepAlive: false });

  const delay = monitorEventLoopDelay();
  delay.enable();
  const end = performance.now() + seconds * 1000;
  const kinds = [
    () => readFast(url, counts),
    () => readSlowly(url, agent, counts),
    (nth: number) => leave(url, agent, nth, counts),
  ];
  /** Clients begin one after the other, so that at every moment some answers are young and some nearly over. */
  const client = async (nth: number): Promise<void> => {
    await new Promise((next) => setTimeout(next, (nth / count) * seconds * 200));
    do await kinds[nth % 3]?.(nth).catch((error: unknown) => counts.errors.push(inspect(error)));
    while (performance.now() < end);
  };
  const all = Promise.all(Array.from({ length: count }, (_, nth) => client(nth)));
  while (performance.now() < end) {
    await heap.sample();
    await new Promise((resolve) => setTimeout(resolve, Math.min(2000, seconds * 50)));
  }
  await all;
  // The server hears of a socket that is gone a moment later.
  for (let waited = 0; counts.running > 0 && waited < 50; waited++) await new Promise((next) => setTimeout(next, 100));
  const { running } = counts;
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  agent.destroy();

  const longest = delay.max / 1e9;
  delay.disable();
  // Where this process waited for its turn for so long, connections were given up before they began: by the machine.
  const isStarved = longest > STARVED;
  const lost = isStarved ? counts.errors.filter((error) => !isUnconnected(error)) : counts.errors;
  const excused = counts.errors.length - lost.length;
  const { fast, slow, leaving, mostRunning } = counts;
  return {
    title: `${count} SSE clients for ${seconds.toFixed(0)} s`,
    told:
      `fast ${fast.right} of ${fast.begun} whole, slow ${slow.right} of ${slow.begun}, ${leaving.left} left; ` +
      `at most ${mostRunning} answers at a time; ${excused} clients not connected, the process waited for up to ${longest.toFixed(1)} s; ${heap.toString()}`,
    problems: [
      ...(fast.right + slow.right + excused >= fast.begun + slow.begun
        ? []
        : [`${fast.begun + slow.begun - fast.right - slow.right} clients did not get what was sent`]),
      ...(lost.length === 0 ? [] : [`${lost.length} clients met errors: ${[...new Set(lost)].join(', ')}`]),
      ...(running === 0 ? [] : [`${running} answers are still written for nobody`]),
      ...(heap.problem === undefined ? [] : [heap.problem]),
    ],
  };
}
