import { expect } from 'chai';
import * as t from 'io-ts';
import { concat, from, NEVER } from 'rxjs';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { structuredElements } from '../../lib/answers/structuredElements.js';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import { IdleTimeoutError } from '../../lib/completions/IdleTimeoutError.js';
import { scriptedModel, type ScriptedAnswer } from '../../lib/testing/scriptedModel.js';

const codec = t.type({ name: t.string });
const begun = from<CompletionEvent[]>([{ type: 'text-delta', text: '{"name":"J' }]);
const whole = from<CompletionEvent[]>([
  { type: 'text-delta', text: '{"name":"John"}' },
  { type: 'finish', reason: 'stop', raw: 'stop' },
]);

/** How a completion of this answer ends: its error, or its last value. */
function endOf(answer: ScriptedAnswer): Promise<unknown> {
  const model = scriptedModel([answer]);
  return new Promise((resolve) => {
    let last: unknown;
    structuredCompletion(model, { codec, messages: [], idleTimeout: 20 }).subscribe({
      next: (either) => {
        last = either;
      },
      error: (error: unknown) => {
        expect(model.requests[0]?.state).to.equal('aborted');
        resolve(error);
      },
      complete: () => {
        resolve(last);
      },
    });
  });
}

describe('idleTimeout of any model', () => {
  it('gives a request up that never answers', async () => {
    expect(await endOf(NEVER)).to.be.instanceOf(IdleTimeoutError);
  });

  it('gives an answer up that stops in the middle', async () => {
    expect(await endOf(concat(begun, NEVER))).to.be.instanceOf(IdleTimeoutError);
  });

  it('lets an answer be whole that has finished on a connection which stays open', async () => {
    expect(await endOf(concat(whole, NEVER))).to.have.nested.property('right._tag', 'Complete');
  });

  it('holds for lists', async () => {
    const error = await new Promise((resolve) => {
      structuredElements(scriptedModel([NEVER]), { codec, messages: [], idleTimeout: 20 }).subscribe({
        error: resolve,
      });
    });
    expect(error).to.be.instanceOf(IdleTimeoutError);
  });
});
