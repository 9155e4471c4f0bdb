import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { catchError, concat, from, lastValueFrom, materialize, mergeMap, of, throwError, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import type { CompletionEvent } from '../lib/completions/CompletionEvent.js';
import { extractJson } from '../lib/deltas/extractJson.js';
import { textDeltas } from '../lib/deltas/textDeltas.js';
import { toolCalls } from '../lib/deltas/toolCalls.js';
import { accumulatePartial } from '../lib/partials/accumulatePartial.js';
import type { PartialJson } from '../lib/partials/PartialJson.js';
import { fromMessage } from '../lib/providers/anthropic/fromMessage.js';
import { fromChatCompletion } from '../lib/providers/openai/fromChatCompletion.js';
import { fromResponse } from '../lib/providers/openai/fromResponse.js';
import { toJsonTokens } from '../lib/tokens/toJsonTokens.js';
import type { Recording } from './Recording.js';

export interface ReadCall {
  readonly id: string | undefined;
  readonly name: string;
  readonly arguments: string;
  readonly document: PartialJson | undefined;
  /** Why the arguments are no whole JSON document, if they are not. */
  readonly error: unknown;
  /** What cut the arguments off, if anything did. */
  readonly cut: unknown;
}

/** What came out of a recording. */
export interface Reading {
  readonly events: readonly CompletionEvent[];
  /** What the completion failed with, if it did. */
  readonly failure: unknown;
  /** What {@link textDeltas} made of the ending. */
  readonly ending: unknown;
  /** The answer in the content, read as JSON: all of it, or else what there is of JSON in it. */
  readonly document: PartialJson | undefined;
  readonly calls: readonly ReadCall[];
  /** The first call's arguments, as the answer. */
  readonly toolText: string;
}

export function openai(baseURL: string): OpenAI {
  return new OpenAI({ apiKey: 'none', baseURL: `${baseURL}/v1`, maxRetries: 0 });
}

export function anthropic(baseURL: string): Anthropic {
  return new Anthropic({ apiKey: 'none', baseURL, maxRetries: 0 });
}

function completion({ api }: Recording, baseURL: string): Observable<CompletionEvent> {
  const model = 'replay';
  const messages = [{ role: 'user' as const, content: 'Replay.' }];
  if (api === 'chat') return fromChatCompletion(openai(baseURL), { model, messages });
  if (api === 'responses') return fromResponse(openai(baseURL), { model, input: 'Replay.' });
  return fromMessage(anthropic(baseURL), { model, max_tokens: 1024, messages });
}

/** All values, and the error they end with, if any. */
async function collect<T>(source: Observable<T>): Promise<{ values: T[]; error: unknown }> {
  const notifications = await lastValueFrom(source.pipe(materialize(), toArray()), { defaultValue: [] });
  return {
    values: notifications.flatMap((each) => (each.kind === 'N' ? [each.value] : [])),
    error: notifications.flatMap((each): unknown[] => (each.kind === 'E' ? [each.error as unknown] : []))[0],
  };
}

async function document(text: Observable<string>): Promise<{ last: PartialJson | undefined; error: unknown }> {
  const { values, error } = await collect(text.pipe(toJsonTokens(), accumulatePartial()));
  return { last: values.at(-1), error };
}

/** Reads a recording through the provider's own SDK, and what comes of it through the operators. */
export async function read(recording: Recording, baseURL: string): Promise<Reading> {
  const { values: events, error: failure } = await collect(completion(recording, baseURL));
  // eslint-disable-next-line rxjs-x/throw-error -- what the completion failed with is passed on, whatever it is
  const replay = concat(from(events), failure === undefined ? [] : throwError(() => failure));
  const text = replay.pipe(textDeltas({ tool: false }));
  const { last: strict } = await document(text);
  const { last: extracted } = await document(text.pipe(extractJson()));
  const { error: ending } = await collect(text);

  const calls = await lastValueFrom(
    replay.pipe(
      toolCalls(),
      catchError(() => []),
      mergeMap(async (call) => {
        const { values, error: cut } = await collect(call.arguments);
        const text = values.join('');
        const { last, error } = await document(of(text));
        return { id: call.id, name: call.name, arguments: text, document: last, error, cut };
      }, 1),
      toArray(),
    ),
    { defaultValue: [] },
  );
  const { values: toolText } = await collect(replay.pipe(textDeltas({ tool: true })));
  return {
    events,
    failure,
    ending,
    document: strict?.complete === true ? strict : extracted,
    calls,
    toolText: toolText.join(''),
  };
}
