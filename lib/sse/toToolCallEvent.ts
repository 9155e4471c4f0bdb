import { describeError } from '../answers/tools/describeError.js';
import type { ToolEvent } from '../answers/tools/ToolEvent.js';
import type { ToolCallEvent } from './AnswerEvent.js';

/**
 * The part of a call that is sent: its error as the message that the model was told, everything else as JSON has it.
 * Inputs and progress may be anything that a codec or a tool makes: a bigint is sent as its digits, and what JSON cannot
 * hold at all, such as a circle, is not sent.
 */
export function toToolCallEvent(event: ToolEvent): ToolCallEvent {
  const { _tag: _, ...rest } = event;
  const input = makeSendable(rest.input);
  switch (rest.state) {
    case 'writing':
      return { type: 'tool', ...rest, input };
    case 'running':
      return { type: 'tool', ...rest, input, ...('progress' in rest && { progress: makeSendable(rest.progress) }) };
    case 'done':
      return { type: 'tool', ...rest, input, output: makeSendable(rest.output) };
    case 'failed': {
      const { error, ...failed } = rest;
      return { type: 'tool', ...failed, input, message: describeError(error) };
    }
  }
}

/** The value itself, where JSON takes it; `undefined`, where JSON takes nothing of it. */
function makeSendable(value: unknown): unknown {
  try {
    JSON.stringify(value);
    return value;
  } catch {
    return copyWithoutBigints(value);
  }
}

function copyWithoutBigints(value: unknown): unknown {
  try {
    const text = JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? String(part) : part));
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The call as the server tells it. */
export function fromToolCallEvent<K extends string>(event: ToolCallEvent, name: K): ToolEvent<K> {
  const { id, step, state, input, output, message = '' } = event;
  const call = { _tag: 'Tool', name, id, step, input } as const;
  switch (state) {
    case 'writing':
      return { ...call, state };
    case 'running':
      return { ...call, state, ...('progress' in event && { progress: event.progress }) };
    case 'done':
      return { ...call, state, output };
    case 'failed':
      return { ...call, state, error: new Error(message) };
  }
}
