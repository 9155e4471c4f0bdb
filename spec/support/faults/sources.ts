import * as t from 'io-ts';
import { createBegin, createDone, formatMessage, toMessage } from '../../../lib/sse/SseMessage.js';
import type { AnswerEvent } from '../../../lib/sse/AnswerEvent.js';
import { fromSse } from '../../../lib/sse/fromSse.js';
import type { CompletionModel } from '../../../lib/completions/CompletionModel.js';
import type { RequestOptions } from '../../../lib/completions/RequestOptions.js';
import { structuredCompletion } from '../../../lib/answers/structuredCompletion.js';
import { toolModels, type ToolModel } from '../toolModels.js';
import type { ToolWire } from '../toolWires.js';
import { iteratedModels } from './iteratedModels.js';
import type { Person, Protocol, Source } from './Source.js';

const codec: t.Type<Person> = t.type({ name: t.string, age: t.number }, 'answer');

/** Milliseconds of silence after which a page takes a connection for lost: there is a least. */
export const PAGE_SILENCE = 1000;

function pickProtocol({ name }: ToolModel): Protocol {
  if (/responses/i.test(name)) return 'responses';
  if (/anthropic/.test(name)) return 'messages';
  if (/google/.test(name)) return 'gemini';
  return /ollama/.test(name) ? 'ollama' : 'chat';
}

function pickReader({ name }: ToolModel): Source['reader'] {
  if (name.endsWith('iterated')) return 'iteration';
  return /^(openai|anthropic|ollama)[A-Z]/.test(name) ? 'own' : 'package';
}

/** The chat completions API tells the usage before the last event. */
function withUsage(wire: ToolWire): ToolWire {
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
  const event = { id: 'chatcmpl-1', created: 1, model: 'm', choices: [], usage };
  return (turn) => wire(turn).toSpliced(-1, 0, `data: ${JSON.stringify(event)}\n\n`);
}

function withOptions(model: CompletionModel<never>, options: RequestOptions = {}): CompletionModel<never> {
  return { ...model, ask: (question) => model.ask({ ...question, requestOptions: options }) };
}

function fromModel(model: ToolModel): Source {
  const { name, make, wire, answersByCall = false } = model;
  const protocol = pickProtocol(model);
  const say = protocol === 'chat' ? withUsage(wire) : wire;
  return {
    name,
    reader: pickReader(model),
    protocol,
    ask: (url, { fetch, idleTimeout, retries = 0, requestOptions } = {}) =>
      structuredCompletion(withOptions(make(url, undefined, fetch), requestOptions), {
        codec,
        messages: [{ role: 'user', content: 'Who?' } as never],
        retries,
        ...(idleTimeout !== undefined && { idleTimeout }),
      }),
    say: (deltas) =>
      say(answersByCall ? { calls: [{ id: 'call_1', name: 'answer', args: deltas }] } : { text: deltas }),
  };
}

function sayEvents(deltas: readonly string[], position: number, resumes: boolean): readonly string[] {
  const config = { resumable: resumes, retry: 100 };
  const events: readonly AnswerEvent[] = [
    ...deltas.map((text): AnswerEvent => ({ type: 'text', text })),
    { type: 'complete', completion: { finishReason: 'stop', attempts: [] } },
  ];
  return [
    createBegin(position, config),
    ...events.slice(position).map((event, at) => toMessage(event, position + at + 1)),
    createDone(events.length, position === events.length),
  ].map(formatMessage);
}

const pages: readonly Source[] = [false, true].map((resumes) => ({
  name: resumes ? 'fromSse, resuming' : 'fromSse',
  reader: 'page',
  protocol: 'sse',
  ...(resumes && { resumes }),
  ask: (url, { fetch } = {}) =>
    fromSse(url, { method: 'POST', body: '{}', codec, heartbeat: PAGE_SILENCE / 3, ...(fetch && { fetch }) }),
  say: (deltas, position = 0) => sayEvents(deltas, position, resumes),
}));

/** The page of a server of ours, which waits for longest, every client, and every package of the AI SDK. */
export const sources: readonly Source[] = [...pages, ...[...toolModels, ...iteratedModels].map(fromModel)];
