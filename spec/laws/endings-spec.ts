import { expect } from 'chai';
import * as fc from 'fast-check';
import { concat, from, throwError } from 'rxjs';
import type { CompletionEvent, FinishReason } from '../../lib/completions/CompletionEvent.js';
import { IncompleteCompletionError } from '../../lib/deltas/IncompleteCompletionError.js';
import { RefusalError } from '../../lib/deltas/RefusalError.js';
import { textDeltas } from '../../lib/deltas/textDeltas.js';
import { createChatReader } from '../../lib/providers/openai/createChatReader.js';
import { createResponseReader } from '../../lib/providers/openai/createResponseReader.js';
import { createMessageReader } from '../../lib/providers/anthropic/createMessageReader.js';
import { ProviderError } from '../../lib/completions/ProviderError.js';
import { arbitraryChunk } from '../support/arbitraryChunk.js';
import { lawRuns } from '../support/lawRuns.js';

const CUTS: readonly FinishReason[] = ['length', 'content-filter', 'refusal', 'interrupted', 'paused'];
const reason = fc.constantFrom<FinishReason>('stop', 'tool-calls', 'other', ...CUTS);

const event: fc.Arbitrary<CompletionEvent> = fc.oneof(
  fc.string({ minLength: 1, maxLength: 4 }).map((text) => ({ type: 'text-delta' as const, text })),
  fc.string({ minLength: 1, maxLength: 4 }).map((text) => ({
    type: 'text-delta' as const,
    text,
    phase: 'commentary' as const,
  })),
  fc.constant({ type: 'reasoning-delta' as const, text: 'hm' }),
  fc.constant({ type: 'usage' as const, inputTokens: 1, outputTokens: 1, raw: null }),
  reason.map((each) => ({ type: 'finish' as const, reason: each, raw: each })),
);

/** The text of the answer, and what must be said of its end. */
function expected(events: readonly CompletionEvent[]): { text: string; ending: string } {
  const text = events.map((each) => (each.type === 'text-delta' && !each.phase ? each.text : '')).join('');
  const reasons = events.flatMap((each) => (each.type === 'finish' ? [each.reason] : []));
  const last = reasons.findLast((each) => CUTS.includes(each)) ?? reasons.at(-1);
  if (last === undefined) return { text, ending: 'interrupted' };
  return { text, ending: last === 'stop' || last === 'tool-calls' ? 'complete' : last };
}

/** An answer whose connection ends in good order, or breaks. */
function read(events: readonly CompletionEvent[], breaks: boolean): { text: string; ending: string; told: string } {
  let text = '';
  let ending = 'open';
  let told = '';
  const end = breaks ? throwError(() => new TypeError('terminated')) : from([]);
  concat(from(events), end)
    .pipe(textDeltas({ tool: false }))
    .subscribe({
      next: (delta) => (text += delta),
      error: (error: unknown) => {
        if (error instanceof RefusalError) ending = 'refusal';
        else if (error instanceof IncompleteCompletionError) {
          ending = error.reason;
          if (error.reason === 'interrupted' && error.raw === undefined) expect(error.cause).to.be.instanceOf(Error);
        } else ending = String(error);
        told = error instanceof RefusalError || error instanceof IncompleteCompletionError ? error.text : '';
      },
      complete: () => (ending = 'complete'),
    });
  return { text, ending, told };
}

describe('the laws of endings', () => {
  it('law 14: an answer is whole after stop and tool-calls only, and a reason that cuts stays', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), fc.boolean(), (events, breaks) => {
        // Before anything has come, what the connection fails with is told as it is.
        fc.pre(events.length > 0 || !breaks);
        const { text, ending } = expected(events);
        const seen = read(events, breaks);
        expect([seen.text, seen.ending]).to.deep.equal([text, ending]);
        if (ending !== 'complete') expect(seen.told).to.equal(text);
      }),
      lawRuns(300),
    );
  });

  it('law 11: no chunk makes a reader stumble, whatever stands in its fields', () => {
    fc.assert(
      fc.property(fc.array(arbitraryChunk, { maxLength: 6 }), (chunks) => {
        const objects = chunks.filter((each) => typeof each === 'object' && each !== null);
        for (const toEvents of [createChatReader(1), createResponseReader(), createMessageReader()])
          for (const each of objects)
            try {
              for (const made of toEvents(each as never)) expect(made).to.have.property('type');
            } catch (error) {
              if (!(error instanceof ProviderError)) throw error;
            }
      }),
      lawRuns(1000),
    );
  });
});
