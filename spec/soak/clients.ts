import * as t from 'io-ts';
import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { finalize, interval, map, takeWhile, type Observable } from 'rxjs';
import { answerEvents, fromSse, toSseResponse, writeResponse } from '../../lib/sse/index.js';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';
import { HeapLog } from './HeapLog.js';
import type { Outcome } from './Outcome.js';

const codec = t.type({ lines: t.array(t.string) });
const lines = Array.from({ length: 400 }, (_, at) => `line ${at} ${'x'.repeat(60)}`);
const text = JSON.stringify({ lines });
const deltas = text.match(/.{1,160}/g) ?? [];

interface Counts {
  readonly fast: { begun: number; right: number };
  readonly slow: { begun: number; right: number };
  readonly leaving: { begun: number; left: number };
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
function readFast(url: string, { fast }: Counts): Promise<void> {
  fast.begun++;
  return new Promise((resolve) => {
    fromSse(url, { codec, resumes: 0 })
      .subscribe((either) => {
        if (either._tag === 'Right' && either.right._tag === 'Complete' && JSON.stringify(either.right.value) === text)
          fast.right++;
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
async function leave(url: string, agent: Agent, nth: number, { leaving }: Counts): Promise<void> {
  leaving.begun++;
  const after = new Promise((next) => setTimeout(next, 50 + ((nth * 37) % 400)));
  if (nth % 2 === 0) {
    const subscription = fromSse(url, { codec, resumes: 0 }).subscribe();
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
    running: 0,
    mostRunning: 0,
  };
  const pause = 20;
  const server = createServer((_, response) => {
    const model = scriptedModel([answer(counts, pause)]);
    const events = answerEvents((watch) => structuredCompletion(model, { codec, messages: ['Which?'], watch }));
    writeResponse(toSseResponse(events), response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const agent = new Agent({ keepAlive: false });

  const end = performance.now() + seconds * 1000;
  const kinds = [
    () => readFast(url, counts),
    () => readSlowly(url, agent, counts),
    (nth: number) => leave(url, agent, nth, counts),
  ];
  const client = async (nth: number): Promise<void> => {
    do await kinds[nth % 3]?.(nth);
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

  const { fast, slow, leaving, mostRunning } = counts;
  return {
    title: `${count} SSE clients for ${seconds.toFixed(0)} s`,
    told:
      `fast ${fast.right} of ${fast.begun} whole, slow ${slow.right} of ${slow.begun}, ${leaving.left} left; ` +
      `at most ${mostRunning} answers at a time; ${heap.toString()}`,
    problems: [
      ...(fast.right === fast.begun ? [] : [`${fast.begun - fast.right} fast clients did not get what was sent`]),
      ...(slow.right === slow.begun ? [] : [`${slow.begun - slow.right} slow clients did not get what was sent`]),
      ...(running === 0 ? [] : [`${running} answers are still written for nobody`]),
      ...(heap.problem === undefined ? [] : [heap.problem]),
    ],
  };
}
