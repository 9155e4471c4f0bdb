import { ollamaChat } from '../../../../lib/providers/ollama/ollamaChat.js';
import type { Fault } from '../Fault.js';
import { data, DELTAS, JSON_ANSWER, RIGHT, text } from './events.js';

const line = (fields: object): string => `${JSON.stringify({ model: 'm', done: false, ...fields })}\n`;
const say = (content: string, more: object = {}): string => line({ message: { role: 'assistant', content }, ...more });
const finish = (fields: object = {}): string => say('', { done: true, done_reason: 'stop', ...fields });
const said = DELTAS.map((delta) => say(delta));

const ollamaFault = (
  kind: string,
  lines: readonly string[],
  comes: string | RegExp,
  type = 'application/x-ndjson',
): Fault => ({
  kind,
  api: 'Ollama',
  model: (url) => ollamaChat({ host: url, model: 'm' }),
  answers: [text(lines.join(''), type)],
  comes,
});

/** The same for Ollama, and for servers that copy its API. */
export const ollamaFaults: readonly Fault[] = [
  ollamaFault('an error in the middle', [...said.slice(0, 1), '{"error":"stopped"}\n'], 'ProviderError: stopped'),
  ...[null, '', false].map((error) =>
    ollamaFault(
      `${JSON.stringify(error)} for an error on every line`,
      [...DELTAS.map((delta) => say(delta, { error })), finish({ error })],
      RIGHT,
    ),
  ),
  ...[5, {}, null, ''].map((done_reason) =>
    ollamaFault(`${JSON.stringify(done_reason)} for a reason`, [...said, finish({ done_reason })], RIGHT),
  ),
  ollamaFault('no last line', said, RIGHT),
  ollamaFault('no last line, and half of the answer', said.slice(0, 1), /^IncompleteCompletionError interrupted "/),
  ollamaFault('an error after the last line', [...said, finish(), '{"error":"late"}\n'], RIGHT),
  ollamaFault('the whole answer in a line', [say(JSON_ANSWER, { done: true })], RIGHT, 'application/json'),
  ollamaFault('a model that was only loaded', [finish({ done_reason: 'load' })], /^IncompleteCompletionError other ""/),
  ollamaFault(
    'events of chat completions',
    DELTAS.map((content) => data({ choices: [{ delta: { content } }] })),
    /^ProviderError: No event came: the response is of another form, \d+ characters.* Is host right/,
    'text/event-stream',
  ),
];
