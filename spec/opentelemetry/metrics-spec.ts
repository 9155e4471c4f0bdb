import {
  createNoopMeter,
  trace,
  type Attributes,
  type Histogram,
  type Meter,
  type MetricOptions,
} from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import * as t from 'io-ts';
import { concat, NEVER, of, Subject, switchMap, take } from 'rxjs';
import type { CompletionEvent, FinishReason } from '../../lib/completions/CompletionEvent.js';
import { traceCompletion, type TraceCompletionConfig } from '../../lib/opentelemetry/index.js';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { tool } from '../../lib/answers/tools/tool.js';
import { completionOf, scriptedModel, type ScriptedAnswer } from '../../lib/testing/index.js';

const codec = t.type({ a: t.number });
const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const tracer = provider.getTracer('spec');

interface Recorded {
  readonly name: string;
  readonly value: number;
  readonly attributes: Attributes;
}

/** A meter that remembers what was recorded, and what with. */
function meterOf() {
  const recorded: Recorded[] = [];
  const options = new Map<string, MetricOptions | undefined>();
  const createHistogram = (name: string, about?: MetricOptions): Histogram => {
    options.set(name, about);
    return {
      record: (value, attributes = {}) => {
        recorded.push({ name, value, attributes });
      },
    };
  };
  return { recorded, options, meter: Object.assign(Object.create(createNoopMeter()) as Meter, { createHistogram }) };
}

function told(text: string, reason: FinishReason = 'stop'): CompletionEvent[] {
  return [
    { type: 'start', id: 'one', model: 'm-2024' },
    { type: 'text-delta', text },
    { type: 'usage', inputTokens: 10, outputTokens: 5, cachedInputTokens: 4, raw: {} },
    { type: 'finish', reason, raw: reason },
  ];
}

function run(answers: readonly ScriptedAnswer[], more: Partial<TraceCompletionConfig> = {}) {
  const { recorded, options, meter } = meterOf();
  const model = scriptedModel(answers);
  const completion = traceCompletion(
    (watch) => structuredCompletion(model, { codec, messages: ['secret'], retries: 1, watch }),
    { provider: 'openai', model: 'm', tracer, meter, ...more },
  );
  return { completion, recorded, options };
}

const spanAttributes = (): Attributes => exporter.getFinishedSpans().at(-1)?.attributes ?? {};
const names = (recorded: readonly Recorded[]): readonly string[] =>
  recorded.map(({ name }) => name.replace('gen_ai.client.inference.', ''));

describe('the metrics of traceCompletion', () => {
  beforeEach(() => {
    exporter.reset();
  });

  after(() => {
    trace.disable();
  });

  it('measure every request of an answer that calls tools, in one span', () => {
    const { recorded, meter } = meterOf();
    const lookUp = tool({ input: t.type({}), run: () => of('sent') });
    const model = scriptedModel([
      [
        { type: 'tool-delta', index: 0, id: 'a', name: 'lookUp', text: '{}' },
        { type: 'usage', inputTokens: 20, outputTokens: 2, raw: {} },
        { type: 'finish', reason: 'tool-calls', raw: 'tool_calls' },
      ],
      told('{"a":1}'),
    ]);
    traceCompletion((watch) => structuredCompletion(model, { codec, messages: ['secret'], tools: { lookUp }, watch }), {
      provider: 'openai',
      model: 'm',
      tracer,
      meter,
    }).subscribe();
    expect(names(recorded).filter((name) => name === 'duration')).to.have.length(2);
    expect(recorded.filter(({ name }) => name.endsWith('input_tokens')).map(({ value }) => value)).to.deep.equal([
      20, 10,
    ]);
    expect(spanAttributes()).to.include({
      'rx_structured.attempts': 2,
      'gen_ai.usage.input_tokens': 30,
      'gen_ai.usage.output_tokens': 7,
    });
    expect(spanAttributes()['gen_ai.response.finish_reasons']).to.deep.equal(['stop']);
  });

  it('tell the server and its port, where the address of the model is one', () => {
    const serverOf = (baseURL: string): unknown => {
      const { completion, recorded } = run([told('{"a":1}')], { baseURL });
      completion.subscribe();
      const { 'server.address': address, 'server.port': port } = recorded[0]!.attributes;
      return [address, port];
    };
    expect(serverOf('http://localhost/v1')).to.deep.equal(['localhost', 80]);
    expect(serverOf('https://localhost/v1')).to.deep.equal(['localhost', 443]);
    expect(serverOf('http://localhost:8080/v1')).to.deep.equal(['localhost', 8080]);
    expect(serverOf('localhost without a scheme')).to.deep.equal([undefined, undefined]);
  });

  it('are histograms of duration, time to the first chunk, input and output tokens', () => {
    const { completion, recorded, options } = run([told('{"a":1}')], { baseURL: 'https://api.openai.com/v1' });
    completion.subscribe();
    expect(names(recorded)).to.have.members([
      'duration',
      'time_to_first_chunk',
      'operation.input_tokens',
      'operation.output_tokens',
    ]);
    for (const { attributes } of recorded)
      expect(attributes).to.deep.equal({
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'm',
        'gen_ai.response.model': 'm-2024',
        'server.address': 'api.openai.com',
        'server.port': 443,
      });
    expect(recorded.filter(({ name }) => name.endsWith('tokens')).map(({ value }) => value)).to.deep.equal([10, 5]);
    expect(options.get('gen_ai.client.inference.duration')).to.include({ unit: 's' });
    expect(options.get('gen_ai.client.inference.operation.input_tokens')).to.include({ unit: '{token}' });
  });

  it('measure each request', () => {
    const { completion, recorded } = run([told('{"a":"one"}'), told('{"a":1}')]);
    completion.subscribe();
    expect(names(recorded).filter((name) => name === 'duration')).to.have.length(2);
    expect(recorded.some(({ attributes }) => 'error.type' in attributes)).to.equal(false);
    expect(spanAttributes()).to.include({ 'rx_structured.attempts': 2 });
  });

  it('name the error of a request that failed, in few words', () => {
    const failure = new TypeError('fetch failed', { cause: Object.assign(new Error(''), { code: 'ECONNREFUSED' }) });
    const { completion, recorded } = run([failure]);
    completion.subscribe({ error: () => undefined });
    expect(names(recorded)).to.deep.equal(['duration']);
    expect(recorded[0]?.attributes).to.include({ 'error.type': 'unavailable' });
    expect(spanAttributes()).to.include({ 'error.type': 'unavailable' });
  });

  it('record no error if the subscriber left', () => {
    const endless = () => concat(completionOf('{"a":1', { finish: null }), NEVER);
    const first = run([endless()]);
    first.completion.pipe(take(1)).subscribe();
    const second = run([endless(), told('{"a":1}')]);
    const questions = new Subject<void>();
    const subscription = questions.pipe(switchMap(() => second.completion)).subscribe();
    questions.next();
    questions.next();
    subscription.unsubscribe();
    for (const { attributes } of [...first.recorded, ...second.recorded])
      expect(attributes).not.to.have.property('error.type');
    expect(names(first.recorded)).to.deep.equal(['duration', 'time_to_first_chunk']);
    for (const { attributes, status } of exporter.getFinishedSpans()) {
      expect(JSON.stringify(attributes)).not.to.include('error');
      expect(status.code).to.equal(0);
    }
  });

  const reasons: readonly (readonly [ours: FinishReason, theirs: string])[] = [
    ['stop', 'stop'],
    ['length', 'length'],
    ['content-filter', 'content_filter'],
    ['refusal', 'content_filter'],
    ['tool-calls', 'tool_call'],
  ];
  for (const [ours, theirs] of reasons)
    it(`say how it ended in the words of the conventions: ${theirs} for ${ours}`, () => {
      run([told('{"a":1}', ours)]).completion.subscribe({ error: () => undefined });
      expect(spanAttributes()).to.have.deep.property('gen_ai.response.finish_reasons', [theirs]);
    });

  it('come with a span that says where and how was asked, and nothing in words', () => {
    const params = {
      model: 'm',
      temperature: 0.2,
      max_completion_tokens: 100,
      top_p: 1,
      seed: 7,
      n: 2,
      stop: ['secret'],
    };
    run([told('{"a":1}')], { baseURL: 'http://127.0.0.1:8080/v1?key=secret', params }).completion.subscribe();
    expect(spanAttributes()).to.include({
      'server.address': '127.0.0.1',
      'server.port': 8080,
      'gen_ai.request.temperature': 0.2,
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.top_p': 1,
      'gen_ai.request.seed': 7,
      'gen_ai.request.choice.count': 2,
      'gen_ai.usage.cache_read.input_tokens': 4,
    });
    expect(JSON.stringify(spanAttributes())).not.to.include('secret');
  });
});
