import { expect } from 'chai';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import * as t from 'io-ts';
import { NEVER, of, Subject } from 'rxjs';
import { structuredCompletion, tool, type WatchedEvent } from '../../lib/index.js';
import { startInspector, type Inspector } from '../../lib/inspector/index.js';
import type { CompletionSummary, LogEntry } from '../../lib/inspector/log/LogEntry.js';
import { scriptedModel, type ScriptedAnswer } from '../../lib/testing/index.js';
import { calls } from '../support/toolScript.js';
import { until } from '../support/until.js';

const codec = t.type({ age: t.number });
const messages = ['How old is John?'];

interface Page {
  readonly summaries: readonly CompletionSummary[];
  readonly entries: readonly LogEntry[];
}

/** The events that a page has been sent within some milliseconds. */
async function pageOf(url: string, completion?: string, isEnough: (page: Page) => boolean = () => true): Promise<Page> {
  const abort = new AbortController();
  const response = await fetch(`${url}events${completion === undefined ? '' : `?completion=${completion}`}`, abort);
  let page: Page = { summaries: [], entries: [] };
  let rest = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const messages = (rest + chunk).split('\n\n');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      const read = (type: string) => new RegExp(`event:${type}\ndata:(.*)`).exec(message)?.[1];
      const [list, entries] = [read('list'), read('entries')];
      if (list !== undefined) page = { ...page, summaries: JSON.parse(list) as CompletionSummary[] };
      if (entries !== undefined) page = { ...page, entries: [...page.entries, ...(JSON.parse(entries) as LogEntry[])] };
    }
    if (messages.length > 0 && isEnough(page) && (completion === undefined || page.entries.length > 0)) break;
  }
  abort.abort();
  return page;
}

function statusOf(url: string, headers: Record<string, string>, path = '', method = 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}${path}`, { headers, method }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('startInspector', () => {
  let inspector: Inspector;

  beforeEach(async () => {
    inspector = await startInspector({ port: 0 });
  });

  afterEach(() => inspector.close());

  const run = (answers: readonly ScriptedAnswer[], retries = 0, name = 'ages') =>
    structuredCompletion(scriptedModel(answers), { codec, messages, retries, watch: inspector.watch(name) }).subscribe({
      error: () => {},
    });

  it('serves its page on 127.0.0.1, within 60 KB of gzip, the library included', async () => {
    expect(inspector.url).to.match(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const texts = await Promise.all(
      ['', 'page.js', 'page.css'].map(async (path) => (await fetch(inspector.url + path)).text()),
    );
    expect(texts[0]).to.include('<title>rx-structured inspector</title>');
    const size = gzipSync(texts.join('')).length;
    expect(size).to.be.within(5_000, 60 * 1024);
  });

  it('answers 403 to other hosts and origins, whatever they ask for', async () => {
    const { host } = new URL(inspector.url);
    const foreign = [
      { host: 'evil.example' },
      { host: `evil.example:${new URL(inspector.url).port}` },
      { host: '127.0.0.1' },
      { host, origin: 'https://evil.example' },
      { host, origin: 'null' },
      { host, origin: 'http://127.0.0.1:1' },
      { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
      // Another port of this machine is the same site, and another origin.
      { host, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' },
      // Names that lead to this machine, as DNS rebinding makes them, and its addresses in other words.
      ...[
        '127.0.0.1.nip.io',
        'localhost.evil.example',
        'localhost.',
        '0.0.0.0',
        '127.1',
        '[::]',
        '[::ffff:127.0.0.1]',
      ].map((name) => ({ host: `${name}:${new URL(inspector.url).port}` })),
      { host: `[::1]:1${new URL(inspector.url).port}` },
      { host: `[::1]:${new URL(inspector.url).port}`, origin: 'http://[::1]:1' },
      { host, origin: 'https://evil.example', connection: 'Upgrade', upgrade: 'websocket' },
    ];
    for (const headers of foreign)
      for (const path of ['', 'events', 'page.js', 'nothing'])
        expect(await statusOf(inspector.url, headers, path), JSON.stringify([headers, path])).to.equal(403);
    expect(await statusOf(inspector.url, { host, origin: `http://${host}` })).to.equal(200);
    expect(await statusOf(inspector.url, { host: host.replace('127.0.0.1', 'localhost') })).to.equal(200);
    const loopback = host.replace('127.0.0.1', '[::1]');
    expect(await statusOf(inspector.url, { host: loopback, origin: `http://${loopback}` })).to.equal(200);
    expect(await statusOf(inspector.url, { host }, 'nothing')).to.equal(404);
    expect(await statusOf(inspector.url, { host }, '', 'POST')).to.equal(405);
    expect(await statusOf(inspector.url, { host }, 'events', 'HEAD')).to.equal(200);
  });

  it('has no WebSocket: who asks for one gets a page', async () => {
    const upgrade = { 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', 'sec-websocket-version': '13' };
    const { host } = new URL(inspector.url);
    const headers = { host, origin: `http://${host}`, connection: 'Upgrade', upgrade: 'websocket', ...upgrade };
    expect(await statusOf(inspector.url, headers)).to.equal(200);
    expect(await statusOf(inspector.url, headers, 'socket')).to.equal(404);
  });

  it('lists completions, newest first, as they ended', async () => {
    run(['{"age":3}'], 0, 'right');
    run(['{"age":"x"}'], 0, 'wrong');
    run(['{"age":"x"}', '{"age":4}'], 1, 'corrected');
    run([new Error('down')], 0, 'down');
    run([NEVER], 0, 'left alone').unsubscribe();
    const running = run([NEVER], 0, 'running');
    const { summaries } = await pageOf(inspector.url);
    expect(summaries.map(({ name, status, attempts }) => [name, status, attempts])).to.deep.equal([
      ['running', 'running', 1],
      ['left alone', 'cancelled', 1],
      ['down', 'failed', 1],
      ['corrected', 'accepted', 2],
      ['wrong', 'rejected', 1],
      ['right', 'accepted', 1],
    ]);
    running.unsubscribe();
  });

  it('tells a Left with its very character, and all that happened in order', async () => {
    run(['{"age":"thirty"}', '{"age":30}'], 1);
    const { entries } = await pageOf(inspector.url, '1');
    expect(entries.map(({ type }) => type)).to.deep.equal([
      ...['attempt', 'delta', 'left', 'over'],
      ...['attempt', 'delta', 'partial', 'finish', 'over', 'complete', 'ended'],
    ]);
    const left = entries.find(({ type }) => type === 'left');
    expect(left).to.include({ tag: 'InvalidValue', offset: 7, attempt: 1, retriesLeft: 1 });
    expect(entries[1]).to.include({ kind: 'text', isAnswer: true, text: '{"age":"thirty"}' });
  });

  it('shows the calls of tools, by step, with whatever they were given and made', async () => {
    const lookUp = tool({ input: t.type({ order: t.number }), run: ({ order }) => of(BigInt(order), 'sent') });
    const model = scriptedModel([calls(['a', 'lookUp', '{"order":1}'], ['b', 'lookDown', '{}']), '{"age":30}']);
    const watch = inspector.watch('orders');
    structuredCompletion(model, { codec, messages, tools: { lookUp }, watch }).subscribe();
    const { summaries } = await pageOf(inspector.url);
    const { entries } = await pageOf(inspector.url, summaries[0]?.id);
    const shown = entries.flatMap((entry) => (entry.type === 'tool' ? [entry] : []));
    expect(
      shown.map(({ id, step, state, input, progress, output }) => [id, step, state, input, progress ?? output]),
    ).to.deep.equal([
      ['a', 1, 'writing', { order: 1 }, undefined],
      ['b', 1, 'writing', undefined, undefined],
      ['a', 1, 'running', { order: 1 }, undefined],
      ['a', 1, 'running', { order: 1 }, '1'],
      ['a', 1, 'done', { order: 1 }, 'sent'],
      ['b', 1, 'failed', undefined, undefined],
    ]);
  });

  it('tells of a fallback', async () => {
    structuredCompletion([scriptedModel([new Error('down, sk-proj-abcdef123456')]), scriptedModel(['{"age":3}'])], {
      ...{ codec, messages, watch: inspector.watch('fallback') },
    }).subscribe();
    const { entries, summaries } = await pageOf(inspector.url, '1');
    expect(entries.find(({ type }) => type === 'left')).to.include({ tag: 'Unavailable', message: 'down, sk-…' });
    expect(summaries[0]).to.include({ status: 'accepted', attempts: 2 });
  });

  it('keeps no headers, no raw objects and no keys', async () => {
    const events = [
      { type: 'start', id: 'x', headers: { 'x-secret': 'SECRET' }, requestId: 'r' },
      { type: 'text-delta', text: '{"age":3}' },
      { type: 'usage', inputTokens: 1, outputTokens: 2, raw: 'SECRET' },
      { type: 'finish', reason: 'stop', raw: 'SECRET' },
    ] as const;
    run([events]);
    run([new Error('401 Incorrect API key provided: sk-proj-SECRET. Bearer SECRET')]);
    const pages = await Promise.all([pageOf(inspector.url, '1'), pageOf(inspector.url, '2')]);
    expect(pages[0].entries.length).to.be.greaterThan(5);
    expect(pages[1].entries.length).to.be.greaterThan(1);
    expect(JSON.stringify(pages)).to.not.include('SECRET');
  });

  it('watches beside others: in a function, and by a Subject', async () => {
    const watcher = inspector.watch('function');
    const types: string[] = [];
    const watch = (event: WatchedEvent): void => {
      types.push(event.type);
      watcher(event);
    };
    structuredCompletion(scriptedModel(['{"age":"x"}']), { codec, messages, watch }).subscribe();
    const subject = new Subject<WatchedEvent>();
    subject.subscribe(inspector.watch('Subject'));
    structuredCompletion(scriptedModel(['{"age":3}']), { codec, messages, watch: subject }).subscribe();
    const { summaries } = await pageOf(inspector.url);
    expect(summaries.map(({ name, status }) => [name, status])).to.deep.equal([
      ['Subject', 'accepted'],
      ['function', 'rejected'],
    ]);
    expect(types).to.deep.equal(['attempt', 'text-delta', 'answer-delta', 'attempt-over']);
  });

  it('tells completions apart that run at the same time under one watcher', async () => {
    const answers = [new Subject<never>(), new Subject<never>()];
    const watch = inspector.watch('both');
    const config = { codec, messages, watch };
    answers.map((answer) => structuredCompletion(scriptedModel([answer]), config).subscribe({ error: () => {} }));
    answers[0]!.error(new Error('the first'));
    const { summaries } = await pageOf(inspector.url);
    expect(summaries.map(({ status }) => status)).to.deep.equal(['running', 'failed']);
  });

  it('sends a page that watches what happens later, and is silent after close', async () => {
    const answer = new Subject<{ readonly type: 'text-delta'; readonly text: string }>();
    run([answer]);
    const page = pageOf(inspector.url, '1', ({ entries }) => entries.length >= 2);
    await until(() => answer.observed);
    setTimeout(() => {
      answer.next({ type: 'text-delta', text: '{"age"' });
    }, 60);
    expect((await page).entries.find(({ type }) => type === 'delta')).to.include({ text: '{"age"' });

    const response = await fetch(`${inspector.url}events`);
    const body = text(response.body as never);
    await inspector.close();
    await body.catch(() => {});
    inspector = await startInspector({ port: 0 });
  });

  it('keeps the last 100 completions', async () => {
    for (let at = 1; at <= 103; at++) run(['{"age":3}'], 0, `n${at}`);
    const { summaries } = await pageOf(inspector.url);
    expect([summaries.length, summaries[0]?.name, summaries.at(-1)?.name]).to.deep.equal([100, 'n103', 'n4']);
  });

  it('keeps at most about 128 MB, however few completions that is', async () => {
    const long = { type: 'reasoning-delta', text: 'x'.repeat(990_000) } as const;
    for (let at = 1; at <= 80; at++) run([[long]], 0, `n${at}`);
    const { summaries } = await pageOf(inspector.url);
    expect(summaries.length).to.be.within(60, 68);
    expect(summaries[0]?.name).to.equal('n80');
  });

  it('cuts a log that is too long, says so, and still has the verdict', async () => {
    const long = Array.from({ length: 12 }, () => ({ type: 'reasoning-delta', text: 'x'.repeat(100_000) }) as const);
    run([[...long, { type: 'text-delta', text: '{"age":3}' }, { type: 'finish', reason: 'stop', raw: '' }]]);
    const { entries } = await pageOf(inspector.url, '1', ({ entries: all }) => all.at(-1)?.type === 'ended');
    expect(entries.filter(({ type }) => type === 'delta').length).to.equal(10);
    expect(entries.map(({ type }) => type).slice(-5)).to.deep.equal(['full', 'finish', 'over', 'complete', 'ended']);
  });

  it('takes the port it is given, or says that it cannot', async () => {
    const port = Number(new URL(inspector.url).port);
    let failure: unknown;
    await startInspector({ port }).catch((error: unknown) => (failure = error));
    expect(failure).to.include({ code: 'EADDRINUSE' });
  });
});
