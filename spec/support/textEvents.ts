import type { TextDeltaEvent } from '../../lib/completions/CompletionEvent.js';
import type { AnswerEvent } from '../../lib/sse/AnswerEvent.js';

/** More of a completion's content. */
export const textDelta = (text: string): TextDeltaEvent => ({ type: 'text-delta', text });

/** More of an answer, on its way to a browser. */
export const answerText = (text: string): AnswerEvent => ({ type: 'text', text });
