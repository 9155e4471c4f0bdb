import type { ToolEvent } from '../answers/tools/ToolEvent.js';
import type { ToolCallEvent } from './AnswerEvent.js';

/**
 * The part of a call that is sent: its error as the message that the model was told, everything else as JSON has it.
 */
export function toToolCallEvent(event: ToolEvent): ToolCallEvent {
  const { _tag: _, ...rest } = event;
  if (rest.state !== 'failed') return { type: 'tool', ...rest };
  const { error, ...failed } = rest;
  return { type: 'tool', ...failed, message: error instanceof Error ? error.message : String(error) };
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
