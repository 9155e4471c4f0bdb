import { expect } from 'chai';
import { toFinishReason } from '../../lib/completions/toFinishReason.js';

describe('toFinishReason', () => {
  const words = {
    stop: ['stop', 'end_turn', 'stop_sequence', 'eos', 'STOP', 'completed'],
    length: [
      'length',
      'max_tokens',
      'max_output_tokens',
      'MAX_TOKENS',
      'model_length',
      'model_context_window_exceeded',
    ],
    'content-filter': ['content_filter', 'SAFETY', 'sensitive', 'content_filter: RECITATION', 'CONTENT-FILTER'],
    'tool-calls': ['tool_calls', 'tool_use', 'function_call'],
    refusal: ['refusal'],
    interrupted: ['abort', 'cancelled', 'timeout'],
    paused: ['pause_turn'],
    other: ['OTHER', 'malformed_function_call', 'because', 'stop it', ''],
  };

  for (const [reason, some] of Object.entries(words))
    it(`knows ${some.map((word) => `"${word}"`).join(', ')} as ${reason}`, () => {
      expect(some.map(toFinishReason)).to.deep.equal(some.map(() => reason));
    });
});
