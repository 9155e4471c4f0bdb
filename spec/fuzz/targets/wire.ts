import Anthropic from '@anthropic-ai/sdk';
import { expect } from 'chai';
import * as fc from 'fast-check';
import OpenAI from 'openai';
import { mergeMap, type Observable } from 'rxjs';
import type { CompletionEvent } from '../../../lib/completions/CompletionEvent.js';
import { IncompleteCompletionError } from '../../../lib/deltas/IncompleteCompletionError.js';
import { textDeltas } from '../../../lib/deltas/textDeltas.js';
import { toolCalls } from '../../../lib/deltas/toolCalls.js';
import { ProviderError } from '../../../lib/completions/ProviderError.js';
import { fromMessage } from '../../../lib/providers/anthropic/fromMessage.js';
import { createMessageReader } from '../../../lib/providers/anthropic/createMessageReader.js';
import { createChatReader } from '../../../lib/providers/openai/createChatReader.js';
import { fromChatCompletion } from '../../../lib/providers/openai/fromChatCompletion.js';
import { fromResponse } from '../../../lib/providers/openai/fromResponse.js';
import { createResponseReader } from '../../../lib/providers/openai/createResponseReader.js';
import { arbitraryChunk } from '../../support/arbitraryChunk.js';
import { arbitraryCuts, arbitraryJson, arbitraryJsonText, cutAt } from '../../support/arbitraryJson.js';
import { chatWire, messagesWire, responsesWire, type Wire } from '../../support/wire.js';
import { arbitraryEnd, arbitraryPieces, arriving, bodyOf } from '../bytes.js';
import type { FuzzTarget } from '../FuzzTarget.js';

interface Api {
  readonly toString: () => string;
  readonly wire: Wire;
  readonly ask: (fetch: typeof globalThis.fetch) => Observable<CompletionEvent>;
}

const user = { role: 'user' as const, content: 'Hello.' };
const openai = (fetch: typeof globalThis.fetch): OpenAI => new OpenAI({ apiKey: 'none', maxRetries: 0, fetch });

const apis: readonly Api[] = [
  {
    toString: () => 'chat',
    wire: chatWire,
    ask: (fetch) => fromChatCompletion(openai(fetch), { model: 'm', messages: [user] }),
  },
  {
    toString: () => 'responses',
    wire: responsesWire,
    ask: (fetch) => fromResponse(openai(fetch), { model: 'm', input: [user] }),
  },
  {
    toString: () => 'messages',
    wire: messagesWire,
    ask: (fetch) =>
      fromMessage(new Anthropic({ apiKey: 'none', maxRetries: 0, fetch }), {
        model: 'm',
        max_tokens: 9,
        messages: [user],
      }),
  },
];

/** Deltas of an answer that end in the middle of surrogate pairs, too, as no provider sends them but as JSON may. */
const deltas = fc
  .tuple(fc.oneof(arbitraryJsonText, fc.string({ unit: 'grapheme' })), arbitraryCuts)
  .map(([text, cuts]) => cutAt(text, cuts).filter((delta) => delta !== ''))
  // Anthropic's call without arguments is one of an empty object.
  .filter((all) => all.length > 0);

const script = fc
  .record({
    api: fc.constantFrom(...apis),
    deltas,
    asCall: fc.boolean(),
    finish: fc.constantFrom(undefined, 'stop' as const, 'stop' as const, 'length' as const),
    line: fc.constantFrom('\n', '\r\n'),
    /** Where something stands between the events that says nothing. */
    noise: fc.array(
      fc.tuple(
        fc.nat(30),
        fc.constantFrom(': ping\n\n', '\n', 'event: ping\ndata: {"type":"ping"}\n\n', 'data: null\n\n', 'retry: 9\n\n'),
      ),
      { maxLength: 3 },
    ),
    pieces: arbitraryPieces,
    end: arbitraryEnd,
  })
  .map((made) => ({ ...made, toString: () => JSON.stringify({ ...made, api: String(made.api) }) }));
type Script = typeof script extends fc.Arbitrary<infer S> ? S : never;

/** The text or the arguments that come of it, and how it ends. */
function read({ api, asCall }: Script, fetch: typeof globalThis.fetch): Promise<{ text: string; end: string }> {
  return new Promise((resolve, reject) => {
    let text = '';
    const events = api.ask(fetch);
    const words = asCall
      ? events.pipe(
          toolCalls(),
          mergeMap((call) => call.arguments),
        )
      : events.pipe(textDeltas({ tool: false }));
    words.subscribe({
      next: (delta) => (text += delta),
      error: (error: unknown) => {
        if (error instanceof IncompleteCompletionError) resolve({ text, end: error.reason });
        else if (error instanceof TypeError && error.message === 'terminated') resolve({ text, end: 'terminated' });
        else reject(error instanceof Error ? error : new Error('not an error', { cause: error }));
      },
      complete: () => {
        resolve({ text, end: 'complete' });
      },
    });
  });
}

async function reads(made: Script): Promise<void> {
  const events = made.api.wire({
    ...(made.asCall ? { args: made.deltas } : { text: made.deltas }),
    ...(made.finish !== undefined && { finish: made.finish }),
  });
  for (const [at, noise] of made.noise) events.splice(at % (events.length + 1), 0, noise);
  const body = new TextEncoder().encode(events.join('').replaceAll('\n', made.line));
  const { text, end } = await read(made, () =>
    Promise.resolve(
      new Response(bodyOf(body, made.pieces, made.end), { headers: { 'content-type': 'text/event-stream' } }),
    ),
  );

  const arrived = new TextDecoder().decode(arriving(body, made.end));
  const whole = made.deltas.join('');
  const isWhole = arrived.length === new TextDecoder().decode(body).length && made.finish !== undefined;
  if (isWhole)
    expect({ text, end }).to.deep.equal({ text: whole, end: made.finish === 'stop' ? 'complete' : 'length' });
  else {
    expect(whole.startsWith(text), 'is the beginning of the answer').to.equal(true);
    // An event that has come to its last character counts, and one that has not does not.
    const least = arrived.split(made.line + made.line).length - 1;
    const said = events.slice(0, least).join('');
    const isFinished = /finish_reason":"|"stop_reason":"|response\.(completed|incomplete)/.test(said);
    if (isFinished)
      expect({ text, end }).to.deep.equal({ text: whole, end: made.finish === 'stop' ? 'complete' : 'length' });
    else if (end === 'complete' || end === 'length') expect(text).to.equal(whole);
    else expect(end).to.be.oneOf(arrived === '' ? ['interrupted', 'terminated'] : ['interrupted']);
  }
}

/** Answers of each API over bytes that are cut anywhere and end anyhow: nothing is lost, and nothing is made up. */
export const wire: FuzzTarget = { name: 'wire events', property: fc.asyncProperty(script, reads) };

const anyChunks = fc.array(fc.oneof(arbitraryChunk, arbitraryJson), { maxLength: 8 });

/** Chunks with anything in any field: a reader makes events of them, or a ProviderError. */
export const chunks: FuzzTarget = {
  name: 'odd chunks',
  property: fc.property(anyChunks, (all) => {
    const objects = all.filter((each) => typeof each === 'object' && each !== null);
    for (const toEvents of [createChatReader(1), createChatReader(2), createResponseReader(), createMessageReader()])
      for (const each of objects)
        try {
          for (const made of toEvents(each as never)) expect(made.type).to.be.a('string');
        } catch (error) {
          if (!(error instanceof ProviderError)) throw error;
        }
  }),
};
