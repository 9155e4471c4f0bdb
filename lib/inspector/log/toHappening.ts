import type { FeedEvent, ShownEvent } from '../../completions/CompletionFeed.js';
import type { JsonPath } from '../../partials/PartialJson.js';
import type { Happening, LeftEntry } from './LogEntry.js';
import { showError } from './showError.js';
import { toJson } from './toJson.js';

/** A rejection, an unavailable model or an element of either, as far as it is shown. */
interface ShownLeft {
  readonly _tag: string;
  readonly message: string;
  readonly path?: JsonPath;
  readonly attempt: number;
  readonly retriesLeft: number;
  readonly index?: number;
}

type ShownRight = { readonly _tag: string } & Readonly<Partial<Record<string, unknown>>>;

/**
 * The interesting part of an event, as plain JSON: no headers, no raw objects of providers. `undefined` for an event
 * without one.
 */
export function toHappening(event: FeedEvent): Happening | undefined {
  switch (event.type) {
    case 'attempt': {
      const { startedAt: _, ...attempt } = event;
      return attempt;
    }
    case 'start': {
      const { id, model } = event;
      return { type: 'start', ...(id !== undefined && { id }), ...(model !== undefined && { model }) };
    }
    case 'text-delta':
      return { type: 'delta', kind: 'text', text: event.text };
    case 'reasoning-delta':
      return { type: 'delta', kind: 'reasoning', text: event.text };
    case 'refusal-delta':
      return { type: 'delta', kind: 'refusal', text: event.text };
    case 'tool-delta': {
      const { type: _, ...call } = event;
      return { type: 'delta', kind: 'tool', ...call };
    }
    case 'answer-delta':
      return { type: 'delta', kind: 'answer', text: event.text, isAnswer: true };
    case 'usage': {
      const { raw: _, ...usage } = event;
      return usage;
    }
    case 'finish':
      return { type: 'finish', reason: event.reason };
    case 'attempt-over': {
      const { attempt, step, duration, characters, firstEventAfter, finishReason, usage, error } = event;
      return {
        type: 'over',
        ...{ attempt, duration, characters },
        ...(step !== undefined && { step }),
        ...(firstEventAfter !== undefined && { firstEventAfter }),
        ...(finishReason !== undefined && { finishReason }),
        ...(usage !== undefined && { usage }),
        ...(error !== undefined && { error: showError(error) }),
      };
    }
    case 'shown':
      return toShown(event);
    case 'ended': {
      const { how, error } = event;
      return { type: 'ended', how, ...(error !== undefined && { error: showError(error) }) };
    }
    case 'turn-part':
      return undefined;
  }
}

function toShown({ either, offset }: ShownEvent): Happening | undefined {
  if (either._tag === 'Left') return toLeft(either.left as ShownLeft, offset);
  const right = either.right as ShownRight;
  switch (right._tag) {
    case 'Partial':
      return { type: 'partial', path: right['path'] as JsonPath };
    case 'Complete':
      return { type: 'complete', value: toJson(right['value']) };
    case 'Element':
      return { type: 'element', index: Number(right['index']), value: toJson(right['value']) };
    case 'Tool':
      return toTool(right);
    default:
      return undefined;
  }
}

function toLeft(left: ShownLeft, offset: ShownEvent['offset']): LeftEntry {
  const { _tag, message, path = [], attempt, retriesLeft, index } = left;
  const at = index === undefined ? offset?.() : undefined;
  return {
    type: 'left',
    tag: _tag,
    message: _tag === 'Unavailable' ? showError(message) : message,
    ...{ path, attempt, retriesLeft },
    ...(at !== undefined && { offset: at }),
    ...(index !== undefined && { index }),
  };
}

function toTool(call: ShownRight): Happening {
  const { id, name, step, state, input, progress, output, error } = call;
  return {
    type: 'tool',
    id: String(id),
    name: String(name),
    step: Number(step),
    state: state as 'writing' | 'running' | 'done' | 'failed',
    ...(input !== undefined && { input: toJson(input) }),
    ...(progress !== undefined && { progress: toJson(progress) }),
    ...(output !== undefined && { output: toJson(output) }),
    ...(error !== undefined && { error: showError(error) }),
  };
}
