import { cut, sse, stall, type Answer } from '../../modelServer.js';
import { providers } from '../../providers.js';
import type { Fault } from '../Fault.js';
import { DELTAS, RIGHT, text } from './events.js';

/** The faults that every API has to bear. */
export const commonFaults: readonly Fault[] = providers.flatMap(({ name, wire, model }): readonly Fault[] => {
  const whole = wire({ text: DELTAS, finish: 'stop' });
  const fault = (kind: string, answer: Answer, comes: string | RegExp, more: Partial<Fault> = {}): Fault => ({
    kind,
    api: name,
    model: (url) => model(url),
    answers: [answer],
    comes,
    ...more,
  });
  const last = whole.at(-1) ?? '';
  return [
    fault(
      'a page',
      text('<!DOCTYPE html><title>Welcome</title>', 'text/html'),
      /^ProviderError: [^]*DOCTYPE[^]*baseURL/,
    ),
    fault('a page in an event stream', text('<html>', 'text/event-stream'), /^ProviderError: [^]*html[^]*baseURL/),
    fault(
      'an error with a good status',
      text('{"error":{"message":"No such model"}}', 'application/json'),
      /^ProviderError: No such model[^]*baseURL/,
    ),
    fault('an empty body', text('', 'application/json'), /^ProviderError: [^]*empty[^]*baseURL/),
    fault('a socket that stays open after the end', stall(...whole), RIGHT),
    fault('a reset after the end', cut(...whole), RIGHT),
    ...(name === 'openaiResponses'
      ? []
      : [
          fault('a socket that stays open after the finish reason', stall(...whole.slice(0, -1)), RIGHT),
          fault('an idle socket after the finish reason', stall(...whole.slice(0, -1)), RIGHT, { idleTimeout: 100 }),
        ]),
    fault('an end inside the last event', sse(...whole.slice(0, -1), last.slice(0, 9)), RIGHT),
    fault(
      'a reset in the middle',
      cut(...wire({ text: DELTAS.slice(0, 2) })),
      // The second by Node's own streams, of which `openai` 4 is made.
      /^IncompleteCompletionError interrupted ".+" <- (TypeError|Error)$/,
    ),
    fault(
      'an end in the middle',
      sse(...wire({ text: DELTAS.slice(0, 2) })),
      /^IncompleteCompletionError interrupted ".+" <- Error$/,
    ),
    fault(
      'an end inside an event',
      sse(...wire({ text: DELTAS.slice(0, 2) }), 'data: {"half'),
      /^IncompleteCompletionError interrupted ".+" <- SyntaxError$/,
    ),
    fault('an idle socket in the middle', stall(...wire({ text: DELTAS.slice(0, 2) })), /^IdleTimeoutError/, {
      idleTimeout: 100,
    }),
  ];
});
