import type { AnswerMode } from '../../../../lib/completions/AnswerMode.js';
import type { Answer } from '../../modelServer.js';

/** A server-sent event with this data; named by its type. */
export const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
export const named = (value: { readonly type: string; readonly [field: string]: unknown }): string =>
  `event: ${value.type}\n${data(value)}`;
export const DONE = 'data: [DONE]\n\n';

export const JSON_ANSWER = '{"name":"Ann","age":30}';
export const RIGHT = `Complete ${JSON_ANSWER}`;
export const DELTAS = ['{"name":"A', 'nn","age"', ':30}'];

/** How a model is asked. */
export interface Asking {
  readonly mode?: AnswerMode;
  readonly tools?: boolean;
  readonly n?: number;
  readonly afterThought?: boolean;
  readonly streamOptions?: null;
}

export const schema = { type: 'object' as const, properties: {} };

/** A response with this body. */
export const text =
  (body: string, type: string): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': type });
    response.end(body);
  };
