import { expect } from 'chai';
import { lastValueFrom, of, toArray } from 'rxjs';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import { IdleTimeoutError } from '../../lib/completions/IdleTimeoutError.js';
import { ModelServer, silence } from '../support/modelServer.js';
import { providers, question } from '../support/providers.js';

/** Content, and a tool call after it. */
const both: readonly CompletionEvent[] = [
  { type: 'text-delta', text: 'content' },
  { type: 'tool-delta', index: 0, id: 'x', name: 'search', text: 'arguments' },
  { type: 'finish', reason: 'stop', raw: 'stop' },
];
const other: readonly CompletionEvent[] = [both[1]!, both[0]!, both[2]!];

for (const { name, modes, model } of providers)
  describe(name, () => {
    for (const mode of modes)
      it(`finds the answer of ${mode} mode in ${mode === 'tool' ? 'the arguments' : 'the content'}, whichever came first`, async () => {
        for (const events of [both, other]) {
          const text = of(...events).pipe(
            model('http://127.0.0.1', mode).toText({ name: 'search', schema: {} }),
            toArray(),
          );
          expect(await lastValueFrom(text, { defaultValue: [] })).to.deep.equal([
            mode === 'tool' ? 'arguments' : 'content',
          ]);
        }
      });

    it('gives up after the idleTimeout of the question', async () => {
      const server = await ModelServer.start(silence);
      try {
        const asked = model(server.url).ask({ ...question(), idleTimeout: 40 });
        const error: unknown = await lastValueFrom(asked, { defaultValue: undefined }).catch(
          (reason: unknown) => reason,
        );
        expect(error).to.be.instanceOf(IdleTimeoutError).and.to.include({ idleTimeout: 40 });
      } finally {
        await server.stop();
      }
    });
  });
