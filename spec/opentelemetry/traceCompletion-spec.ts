import Anthropic from '@anthropic-ai/sdk';
import { context, diag, SpanKind, SpanStatusCode, trace, type Context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import * as t from 'io-ts';
import { concat, EMPTY, NEVER, mergeMap, Observable, of, Subject, take, tap, throwError, timer } from 'rxjs';
import type { WatchedEvent } from '../../lib/completions/AnswerDeltaEvent.js';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import { IncompleteCompletionError } from '../../lib/deltas/IncompleteCompletionError.js';
import { RefusalError } from '../../lib/deltas/RefusalError.js';
import { traceCompletion, type TraceCompletionConfig } from '../../lib/opentelemetry/index.js';
import { anthropicMessages } from '../../lib/providers/anthropic/index.js';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { structuredElements } from '../../lib/answers/structuredElements.js';
import { completionOf, scriptedModel, type ScriptedAnswer, type ScriptedModelConfig } from '../../lib/testing/index.js';
import { marbles } from '../support/marbles.js';

const codec = t.type({ name: t.string, age: t.number });
const config: TraceCompletionConfig = { provider: 'openai', model: 'gpt-4o-mini' };

/** An answer with all that providers tell of it. */
function told(id: string, text: string): readonly CompletionEvent[] {
  return [
    { type: 'start', id, model: 'gpt-4o-mini-2024' },
    { type: 'text-delta', text },
    { type: 'usage', inputTokens: 10, outputTokens: 5, cachedInputTokens: 4, raw: {} },
    { type: 'finish', reason: 'stop', raw: 'stop' },
  ];
}

const right = told('one', '{"name":"John","age":30}');
const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });

/** The completion's own span, which is the only one that ended last. */
function lastSpan(): ReadableSpan {
  const span = exporter.getFinishedSpans().at(-1);
  if (span === undefined) throw new Error('no span has ended');
  return span;
}

function traced(answers: readonly ScriptedAnswer[], model: ScriptedModelConfig = {}) {
  return traceCompletion(
    (watch) =>
      structuredCompletion(scriptedModel(answers, model), { codec, messages: ['secret question'], retries: 1, watch }),
    config,
  );
}

describe('traceCompletion', () => {
  before(() => {
    trace.setGlobalTracerProvider(provider);
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  });

  after(() => {
    trace.disable();
    context.disable();
  });

  beforeEach(() => {
    exporter.reset();
  });

  it('makes one span of a completion', () => {
    traced([right]).subscribe();
    expect(exporter.getFinishedSpans()).to.have.length(1);
    const { name, kind, status, attributes, events } = lastSpan();
    expect({ name, kind, status, events }).to.deep.equal({
      name: 'chat gpt-4o-mini',
      kind: SpanKind.CLIENT,
      status: { code: SpanStatusCode.UNSET },
      events: [],
    });
    const { 'gen_ai.response.time_to_first_chunk': timeToFirstChunk, ...rest } = attributes;
    expect(timeToFirstChunk).to.be.a('number').that.is.within(0, 1);
    expect(rest).to.deep.equal({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o-mini',
      'gen_ai.request.stream': true,
      'gen_ai.output.type': 'json',
      'gen_ai.response.id': 'one',
      'gen_ai.response.model': 'gpt-4o-mini-2024',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': 10,
      'gen_ai.usage.output_tokens': 5,
      'gen_ai.usage.cache_read.input_tokens': 4,
      'rx_structured.attempts': 1,
    });
  });

  it('counts the attempts, and what all of them have used', () => {
    const wrong = [
      ...told('one', '{"name":"John"').slice(0, 3),
      { type: 'text-delta', text: ',"age":"thirty"}' },
    ] satisfies CompletionEvent[];
    traced([wrong, told('two', '{"name":"John","age":30}')]).subscribe();
    expect(lastSpan().attributes).to.include({
      'rx_structured.attempts': 2,
      'gen_ai.response.id': 'two',
      'gen_ai.usage.input_tokens': 20,
      'gen_ai.usage.output_tokens': 10,
    });
    expect(lastSpan().status.code).to.equal(SpanStatusCode.UNSET);
    expect(lastSpan().events.map(({ name, attributes }) => ({ name, attributes }))).to.deep.equal([
      { name: 'rx_structured.invalid', attributes: { 'rx_structured.attempt': 1, 'error.type': 'InvalidValue' } },
    ]);
  });

  it('is an error if the last attempt was rejected, too', () => {
    traced(['{"name":1}', 'no']).subscribe();
    expect(lastSpan().status).to.deep.equal({ code: SpanStatusCode.ERROR });
    expect(lastSpan().attributes).to.include({ 'error.type': 'InvalidJson', 'rx_structured.attempts': 2 });
    expect(lastSpan().attributes).to.have.deep.property('gen_ai.response.finish_reasons', ['error']);
  });

  const failures: readonly (readonly [what: string, error: Error, type: string])[] = [
    ['a refusal', new RefusalError('secret', 'secret'), 'RefusalError'],
    ['an answer that was cut off', new IncompleteCompletionError('length', 'secret'), 'length'],
    ['an HTTP status', Object.assign(new Error('secret'), { status: 429 }), '429'],
    ['an error of some class', new TypeError('secret'), 'TypeError'],
    [
      'an error of some class without a name',
      new (class ConnectionError extends Error {})('secret'),
      'ConnectionError',
    ],
  ];
  for (const [what, error, type] of failures)
    it(`ends with an error and its kind: ${what}`, () => {
      const seen: unknown[] = [];
      traced([
        concat(
          completionOf('{"na', { finish: null }),
          throwError(() => error),
        ),
      ]).subscribe({
        error: (thrown: unknown) => seen.push(thrown),
      });
      expect(seen).to.deep.equal([error]);
      expect(lastSpan().status).to.deep.equal({ code: SpanStatusCode.ERROR });
      expect(lastSpan().attributes).to.include({ 'error.type': type });
    });

  it('ends with an error that is not an Error', () => {
    const nothing = new Observable<never>((subscriber) => {
      subscriber.error('secret');
    });
    traceCompletion(() => nothing, config).subscribe({ error: () => undefined });
    expect(lastSpan().attributes).to.include({ 'error.type': '_OTHER' });
  });

  it('ends without an error when the subscriber leaves', () => {
    const subscription = traced([NEVER]).subscribe();
    expect(exporter.getFinishedSpans()).to.be.empty;
    subscription.unsubscribe();
    expect(lastSpan().status.code).to.equal(SpanStatusCode.UNSET);
    expect(lastSpan().attributes).not.to.have.property('gen_ai.response.finish_reasons');
    expect(lastSpan().attributes).not.to.have.property('error.type');
    expect(lastSpan().attributes).not.to.have.property('gen_ai.response.time_to_first_chunk');
  });

  it('ends once when it is left within next', () => {
    const seen: unknown[] = [];
    traced(['{"name":"John","age":30}'])
      .pipe(take(1))
      .subscribe((either) => seen.push(either));
    expect(seen).to.have.length(1);
    expect(exporter.getFinishedSpans()).to.have.length(1);
  });

  it('does nothing to a span that has ended, of which the API would complain', () => {
    const complaints: string[] = [];
    const complain = (message: string) => complaints.push(message);
    diag.setLogger({ error: complain, warn: complain, info: complain, debug: complain, verbose: complain });
    traced([right]).subscribe().unsubscribe();
    diag.disable();
    expect(complaints.filter((message) => /span/i.test(message))).to.deep.equal([]);
  });

  it('records nothing of what was asked, answered or said in errors', () => {
    traced(['{"name":"secret","age":"secret"}', new Error('secret')]).subscribe({ error: () => undefined });
    const { name, attributes, events, status } = lastSpan();
    expect(JSON.stringify({ name, attributes, events, status })).not.to.contain('secret');
  });

  it('makes a span for every subscription', () => {
    const model = scriptedModel([right, right]);
    const completion = traceCompletion((watch) => structuredCompletion(model, { codec, messages: [], watch }), config);
    completion.subscribe();
    completion.subscribe();
    expect(exporter.getFinishedSpans()).to.have.length(2);
  });

  it('counts the attempts of a list, whose wrong elements are no failure of its own', () => {
    const model = scriptedModel([told('one', '{"items":[1,"x",3]}'), told('two', '{"items":[2]}')]);
    const lefts: unknown[] = [];
    traceCompletion(
      (watch) => structuredElements(model, { codec: t.number, messages: [], retries: 1, watch }),
      config,
    ).subscribe((either) => either._tag === 'Left' && lefts.push(either.left.index));
    expect(lefts).to.deep.equal([1]);
    expect(lastSpan().status.code).to.equal(SpanStatusCode.UNSET);
    expect(lastSpan().attributes).to.include({ 'rx_structured.attempts': 2, 'gen_ai.usage.input_tokens': 20 });
  });

  it(
    'changes nothing of what is traced',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const values = {
        a: { _tag: 'Right', right: 1 },
        l: { _tag: 'Left', left: { attempt: 1 } },
      } as never;
      const source = cold<never>('-a-l-a-#', values, new Error('cut'));
      expectObservable(traceCompletion(() => source, config)).toBe('-a-l-a-#', values, new Error('cut'));
      expectObservable(
        traceCompletion(() => source, config),
        '----!',
      ).toBe('-a-l', values);
      expectObservable(traceCompletion(() => EMPTY, config)).toBe('|');
      expectObservable(traceCompletion(() => NEVER, config)).toBe('-');
      expectObservable(
        traceCompletion(() => {
          throw new Error('no key');
        }, config),
      ).toBe('#', undefined, new Error('no key'));
      expectSubscriptions(source.subscriptions).toBe(['^------!', '^---!']);
    }),
  );

  it('has others watch as well', () => {
    const seen: string[] = [];
    const watch = ({ type }: WatchedEvent) => seen.push(type);
    traceCompletion((inner) => structuredCompletion(scriptedModel([right]), { codec, messages: [], watch: inner }), {
      ...config,
      watch,
    }).subscribe();
    expect(seen).to.deep.equal([
      ...['attempt', 'start', 'text-delta', 'answer-delta', 'usage', 'finish', 'attempt-over'],
    ]);
  });

  it('uses the tracer it is given', () => {
    const own = new InMemorySpanExporter();
    const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(own)] }).getTracer('own');
    traceCompletion(() => EMPTY, { ...config, tracer }).subscribe();
    expect(own.getFinishedSpans()).to.have.length(1);
    expect(exporter.getFinishedSpans()).to.be.empty;
  });

  describe('in context', () => {
    const tracer = provider.getTracer('test');

    it('is the child of what was active where it was subscribed to, and the parent of its requests', async () => {
      const outer = tracer.startSpan('outer');
      const http = new Observable<CompletionEvent>((subscriber) => {
        tracer.startSpan('POST').end();
        return completionOf(right).subscribe(subscriber);
      });
      await context.with(trace.setSpan(context.active(), outer), async () => {
        await traceCompletion(
          (watch) =>
            structuredCompletion(scriptedModel([timer(1).pipe(mergeMap(() => http))]), { codec, messages: [], watch }),
          config,
        ).forEach(() => undefined);
      });
      const [post, completion] = exporter.getFinishedSpans();
      expect(post?.name).to.equal('POST');
      expect(post?.parentSpanContext?.spanId).to.equal(completion?.spanContext().spanId);
      expect(completion?.parentSpanContext?.spanId).to.equal(outer.spanContext().spanId);
      expect(completion?.attributes).to.have.property('gen_ai.usage.input_tokens', 10);
    });

    it('leaves its subscriber in its own', () => {
      const contexts = new Set<Context>();
      const outside = context.active().setValue(Symbol('subscriber'), 1);
      const events = new Subject<never>();
      context.with(outside, () => {
        traceCompletion(() => concat(of({ _tag: 'Right', right: 1 } as const), events), config)
          .pipe(tap({ next: () => contexts.add(context.active()), complete: () => contexts.add(context.active()) }))
          .subscribe();
      });
      events.complete();
      expect([...contexts]).to.deep.equal([outside]);
    });
  });

  describe('where the requests are traced already', () => {
    const tracer = provider.getTracer('instrumentation');

    it('leaves the GenAI attributes to those who trace them', () => {
      const instrumented = new Observable<CompletionEvent>((subscriber) => {
        const span = tracer.startSpan('chat gpt-4o-mini', { attributes: { 'gen_ai.operation.name': 'chat' } });
        const more = Symbol('more');
        context.with(trace.setSpan(context.active().setValue(more, 1).deleteValue(more), span), () => {
          completionOf(right).subscribe(subscriber);
        });
        span.end();
      });
      traced([instrumented]).subscribe();
      expect(lastSpan().name).to.equal('structured_completion gpt-4o-mini');
      expect(lastSpan().attributes).to.deep.equal({ 'rx_structured.attempts': 1 });
    });

    it('leaves them to an SDK that traces itself', async () => {
      const events = [
        {
          type: 'message_start',
          message: { id: 'msg_1', model: 'claude', usage: { input_tokens: 7, output_tokens: 1 } },
        },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: '{"name":"John","age":30}' } },
        { type: 'content_block_stop', index: 0 },
        { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } },
        { type: 'message_stop' },
      ];
      const body = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
      const client = new Anthropic({
        apiKey: 'none',
        fetch: () => Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } })),
      });
      const model = anthropicMessages(client, { model: 'claude', max_tokens: 100 });
      await traceCompletion(
        (watch) => structuredCompletion(model, { codec, messages: [{ role: 'user', content: '?' }], watch }),
        { provider: 'anthropic', model: 'claude' },
      ).forEach(() => undefined);

      const [first, second] = exporter.getFinishedSpans().toSorted((a, b) => a.name.localeCompare(b.name));
      expect(exporter.getFinishedSpans()).to.have.length(2);
      expect(first?.name).to.equal('anthropic.messages.create');
      expect(first?.attributes).to.include({ 'gen_ai.operation.name': 'chat', 'gen_ai.usage.output_tokens': 9 });
      expect(second?.name).to.equal('structured_completion claude');
      expect(second?.attributes).to.deep.equal({ 'rx_structured.attempts': 1 });
      expect(first?.parentSpanContext?.spanId).to.equal(second?.spanContext().spanId);
    });
  });
});
