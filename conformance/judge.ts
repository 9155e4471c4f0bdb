import { inspect, isDeepStrictEqual } from 'node:util';
import type { CompletionEvent, FinishEvent, UsageEvent } from '../lib/completions/CompletionEvent.js';
import { IncompleteCompletionError } from '../lib/deltas/IncompleteCompletionError.js';
import { RefusalError } from '../lib/deltas/RefusalError.js';
import type { Expectation, ExpectedCall, Recording } from './Recording.js';
import type { ReadCall, Reading } from './reading.js';

/** A field of an expectation: held, not held because of what came out, or one that cannot be held, and why. */
export type Verdict =
  | { readonly field: string; readonly is: 'held' }
  | { readonly field: string; readonly is: 'wrong'; readonly why: string }
  | { readonly field: string; readonly is: 'open'; readonly why: string };

type Holds = (expected: Expectation, reading: Reading, recording: Recording) => string | true | { open: string };

const shown = (value: unknown): string => inspect(value, { depth: 4, breakLength: Infinity }).slice(0, 200);

const equal = (actual: unknown, expected: unknown): string | true =>
  isDeepStrictEqual(actual, expected) || `expected ${shown(expected)}, got ${shown(actual)}`;

/** An answer that begins anew forgets what came before. */
function sinceStart(events: readonly CompletionEvent[]): readonly CompletionEvent[] {
  return events.slice(
    Math.max(
      0,
      events.findLastIndex(({ type }) => type === 'start'),
    ),
  );
}

function textOf({ events }: Reading, type: CompletionEvent['type']): string {
  return sinceStart(events)
    .map((event) => (event.type === type && 'text' in event ? event.text : ''))
    .join('');
}

function countOf({ events }: Reading, type: CompletionEvent['type']): number {
  return events.filter((event) => event.type === type && 'text' in event && event.text !== '').length;
}

const isUsage = (event: CompletionEvent): event is UsageEvent => event.type === 'usage';
const isFinish = (event: CompletionEvent): event is FinishEvent => event.type === 'finish';

/** All calls, but for those that were cut off because the answer began anew. */
function callsOf({ events, calls }: Reading): readonly ReadCall[] {
  const starts = events.filter(({ type }) => type === 'start').length;
  return starts < 2 ? calls : calls.filter(({ cut }) => cut === undefined);
}

/** Tools that the provider itself runs are none of the answer's; their calls are left out. */
const isHosted = ({ id }: { readonly id?: string }): boolean => /^(srv|mcp)toolu_/.test(id ?? '');

function holdsCall(expected: ExpectedCall, actual: ReadCall | undefined): string | true {
  if (actual === undefined) return `no call ${shown(expected)}`;
  const { id, name } = actual;
  // Anthropic streams no argument for an empty input: what there is in the block itself is what we give.
  const args = expected.arguments === '' && actual.arguments === '{}' ? '' : actual.arguments;
  const same = equal({ id, name, args }, { id: expected.id, name: expected.name, args: expected.arguments });
  if (same !== true) return same;
  if ('invalidJson' in expected) return actual.error !== undefined || 'expected a JsonSyntaxError for the arguments';
  if (!('json' in expected)) return true;
  return actual.document?.complete === true ? equal(actual.document.value, expected.json) : 'arguments not complete';
}

function kindOf(item: string): string {
  if (/thinking|reasoning/.test(item)) return 'reasoning-delta';
  return /^(text|message)$/.test(item) ? 'text-delta' : 'tool-delta';
}

/** Responses have a status and, if it is `incomplete`, a reason; the reason says more, and is what we give. */
const STATUSES: Readonly<Record<string, string>> = { max_output_tokens: 'incomplete', content_filter: 'incomplete' };

const THROWN = 'it stands in the chunk on which the SDK throws the error, and does not hand out';

const FIELDS: Readonly<Record<keyof Expectation, Holds>> = {
  text: ({ text }, reading) => equal(textOf(reading, 'text-delta'), text),

  json: ({ json }, { document }) =>
    document?.complete === true ? equal(document.value, json) : 'the document is not complete',

  toolCalls: ({ toolCalls, customToolCalls = [] }, reading) => {
    const calls = callsOf(reading);
    // Where the answer began anew, what textDeltas had read of the first is an interrupted answer.
    if (calls[0] && calls.length === reading.calls.length && calls[0].arguments !== reading.toolText)
      return `textDeltas({ tool: true }) gave ${shown(reading.toolText)}`;
    const expected = toolCalls.filter((call) => !isHosted(call));
    if (calls.length !== expected.length + customToolCalls.length) return `${calls.length} calls: ${shown(calls)}`;
    const own = calls.filter(({ id }) => !customToolCalls.some((custom) => custom.id === id));
    return expected.map((call, index) => holdsCall(call, own[index])).find((each) => each !== true) ?? true;
  },

  customToolCalls: ({ customToolCalls = [] }, { calls }) =>
    customToolCalls
      .map(({ id, name, input }) => {
        const call = calls.find((each) => each.id === id);
        return equal([call?.name, call?.arguments], [name, input]);
      })
      .find((each) => each !== true) ?? true,

  finish: ({ finish, error }, { events, failure }, { api }) => {
    const raw = events.findLast(isFinish)?.raw ?? null;
    if (finish === 'failed' && error !== undefined) return failure !== undefined || 'expected an error';
    if (raw === null && finish !== null && error !== undefined) return { open: THROWN };
    return equal(api === 'responses' && typeof raw === 'string' ? (STATUSES[raw] ?? raw) : raw, finish);
  },

  usage: ({ usage, error }, { events }, { api }) => {
    const event = events.findLast(isUsage);
    if (usage === null) return equal(event, undefined);
    if (event === undefined && error !== undefined) return { open: THROWN };
    const count = (key: string): number => Number(usage[key] ?? 0);
    const cached = count('cache_creation_input_tokens') + count('cache_read_input_tokens');
    const input = api === 'chat' ? count('prompt_tokens') : count('input_tokens') + (api === 'messages' ? cached : 0);
    const output = api === 'chat' ? count('completion_tokens') : count('output_tokens');
    return equal([event?.raw, event?.inputTokens, event?.outputTokens], [usage, input, output]);
  },

  reasoning: ({ reasoning = '' }, reading) => equal(textOf(reading, 'reasoning-delta'), reasoning),

  refusal: ({ refusal, stopDetails }, reading) =>
    equal(textOf(reading, 'refusal-delta'), refusal ?? stopDetails?.explanation ?? ''),

  stopDetails: ({ stopDetails }, { ending }) =>
    ending instanceof RefusalError ? equal(ending.refusal, stopDetails?.explanation ?? '') : 'expected a RefusalError',

  error: ({ error }, { failure }) => {
    if (error === undefined) return failure === undefined || `failed: ${shown(failure)}`;
    if (!(failure instanceof Error)) return 'expected an error';
    if (!failure.message.includes(error.message)) return `error ${failure.message}, expected ${error.message}`;
    return 'code' in failure && failure.code != null ? equal(failure.code, error.code) : true;
  },

  // Whether there was a terminal event is the SDK's to know; ours is whether the ending is the right one.
  done: ({ error, refusal, finish, done }, { ending, failure }) => {
    if (error !== undefined) return ending === failure || 'expected the error itself';
    if (refusal !== undefined || finish === 'refusal') return ending instanceof RefusalError || 'no RefusalError';
    const reason = ending instanceof IncompleteCompletionError ? ending.reason : undefined;
    if (finish === null) return equal(reason, 'interrupted');
    if (/^(length|max_tokens|model_length|model_context_window_exceeded)$/.test(finish)) return equal(reason, 'length');
    if (finish === 'content_filter') return equal(reason, 'content-filter');
    if (finish === 'incomplete') return reason !== undefined || 'expected an IncompleteCompletionError';
    return ending === undefined || `ended with ${shown(ending)}, ${done ? 'done' : 'not done'}`;
  },

  model: ({ model }, { events }) =>
    equal(events.find((event) => event.type === 'start')?.model ?? null, model === '' ? null : model),

  textDeltas: ({ textDeltas }, reading) => equal(countOf(reading, 'text-delta'), textDeltas),

  toolDeltas: ({ toolDeltas, itemTypes = [] }, reading) =>
    itemTypes.some((item) => /^(server|mcp)_tool_use$/.test(item))
      ? { open: "deltas of the provider's own tools are left out" }
      : equal(countOf(reading, 'tool-delta'), toolDeltas),

  textBlocks: ({ textBlocks = [] }, reading) => equal(textOf(reading, 'text-delta'), textBlocks.join('')),

  itemTypes: ({ itemTypes = [] }, reading) => {
    const { events } = reading;
    const kinds = new Set(itemTypes.map(kindOf));
    const surplus = events.find(({ type }) => /^(text|tool|reasoning)-/.test(type) && !kinds.has(type));
    if (surplus !== undefined) return `a ${surplus.type} in ${shown(itemTypes)}`;
    const tools = itemTypes.filter((item) => /^(tool_use|function_call|custom_tool_call)$/.test(item));
    return equal(callsOf(reading).length, tools.length);
  },

  messageStarts: ({ messageStarts }, { events }) =>
    equal(events.filter(({ type }) => type === 'start').length, messageStarts),

  choices: ({ choices = [] }, reading) => {
    const first = equal(textOf(reading, 'text-delta'), choices.find(({ index }) => index === 0)?.text);
    return first === true && choices.length > 1 ? { open: 'only choice 0 is read; it is right' } : first;
  },
};

/** Absent, they still say something: that there is none. */
const ALWAYS: readonly string[] = ['reasoning', 'refusal', 'error'];

/** Holds every field of the expectation against what came out. */
export function judge(recording: Recording, reading: Reading): Verdict[] {
  const { expect, sdk } = recording;
  const fields = new Set([...Object.keys(expect), ...ALWAYS]);
  // Where the SDK itself cannot read a recording to its end, what it did hand out must still be right.
  const broken = sdk.raw.startsWith('throws') && expect.error === undefined && reading.failure !== undefined;
  const isPrefix = expect.text.startsWith(textOf(reading, 'text-delta'));

  return [...fields].map((field) => {
    if (!(field in FIELDS)) return { field, is: 'open', why: 'this script does not know the field' };
    const result = FIELDS[field as keyof Expectation](expect, reading, recording);
    if (result === true) return { field, is: 'held' };
    if (typeof result !== 'string') return { field, is: 'open', why: result.open };
    return broken && isPrefix ? { field, is: 'open', why: sdk.raw } : { field, is: 'wrong', why: result };
  });
}
