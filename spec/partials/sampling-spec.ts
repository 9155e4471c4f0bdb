import { expect } from 'chai';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { asyncScheduler, concat, interval, map, NEVER, take, tap, throwError, type Observable } from 'rxjs';
import { decodeWith, type DecodeWithConfig } from '../../lib/decoded/decodeWith.js';
import { IncompleteCompletionError } from '../../lib/deltas/IncompleteCompletionError.js';
import { accumulatePartial } from '../../lib/partials/accumulatePartial.js';
import { PartialDocument } from '../../lib/partials/PartialDocument.js';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';
import { toJsonTokens } from '../../lib/tokens/toJsonTokens.js';
import { marbles } from '../support/marbles.js';

const Report = t.type({ title: t.string, year: t.number, notes: t.array(t.string) }, 'Report');
const notes = Array.from({ length: 200 }, (_, n) => `note ${n}`);
const right = JSON.stringify({ title: 'Findings', year: 2024, notes });
const wrong = JSON.stringify({ title: 'Findings', year: '2024', notes });

/** A character each millisecond, the first after one. */
function written(text: string): Observable<string> {
  return interval(1).pipe(
    take(text.length),
    map((index) => text.charAt(index)),
  );
}

/** When the n-th character of it has come, and been sampled every 16 ms. */
const sampledAt = (n: number): number => Math.ceil(n / 16) * 16;

describe('sampling with interval(16)', () => {
  describe('costs what the samples cost', () => {
    /** How often something was copied so that it can be shown, wherever it goes from there. */
    let snapshots = 0;
    const original = Object.getOwnPropertyDescriptor(PartialDocument.prototype, 'takeSnapshot')!;

    beforeEach(() => {
      snapshots = 0;
      Object.defineProperty(PartialDocument.prototype, 'takeSnapshot', {
        ...original,
        value(this: PartialDocument, ...args: []) {
          snapshots += 1;
          return Reflect.apply(original.value as PartialDocument['takeSnapshot'], this, args);
        },
      });
    });

    afterEach(() => {
      Object.defineProperty(PartialDocument.prototype, 'takeSnapshot', original);
    });

    it(
      'a snapshot for each, and the last one',
      marbles(({ flush }) => {
        let samples = 0;
        let partials = 0;
        const sample = interval(16).pipe(tap(() => samples++));
        written(right)
          .pipe(toJsonTokens(), accumulatePartial({ sample }))
          .subscribe(() => partials++);
        flush();
        expect(samples).to.equal(Math.floor(right.length / 16));
        expect(partials).to.equal(samples + 1);
        // Looked at once more when the source completes, where there is nothing new to see.
        expect(snapshots).to.equal(samples + 2);
      }),
    );

    it(
      'and not a snapshot for each delta',
      marbles(({ flush }) => {
        written(right).pipe(toJsonTokens(), accumulatePartial()).subscribe();
        flush();
        expect(snapshots).to.be.above(right.length * 0.8);
      }),
    );

    it(
      'no snapshot where nothing has come since the last one',
      marbles(({ cold, flush }) => {
        const seen: unknown[] = [];
        concat(cold('--(a|)', { a: '{"title":"F' }), NEVER)
          .pipe(toJsonTokens(), accumulatePartial({ sample: interval(16).pipe(take(9)) }))
          .subscribe(({ value }) => seen.push(value));
        flush();
        expect(seen).to.deep.equal([{ title: 'F' }]);
      }),
    );
  });

  describe('always delivers the last state', () => {
    const lastOf = (source: Observable<string>): readonly unknown[] => {
      const seen: unknown[] = [];
      source.pipe(toJsonTokens(), accumulatePartial({ sample: interval(16).pipe(take(1000)) })).subscribe({
        next: ({ value }) => seen.push([asyncScheduler.now(), value]),
        error: (error: unknown) => seen.push((error as Error).name),
      });
      return seen;
    };

    it(
      'with the delta that closes the document, whatever follows',
      marbles(({ flush }) => {
        const seen = lastOf(concat(written(right), NEVER));
        flush();
        expect(right.length % 16).not.to.equal(0);
        expect(seen.at(-1)).to.deep.equal([right.length, JSON.parse(right)]);
      }),
    );

    it(
      'when the answer is cut off between two samples',
      marbles(({ flush }) => {
        const error = new IncompleteCompletionError('length', '');
        const seen = lastOf(
          concat(
            written('{"title":"Findings of'),
            throwError(() => error),
          ),
        );
        flush();
        expect(seen.slice(-2)).to.deep.equal([[21, { title: 'Findings of' }], error.name]);
      }),
    );
  });

  describe('still fails fast, on what is sampled', () => {
    /** When the verdict came, what it was, and when the source was let go. */
    function verdict(config: DecodeWithConfig & { readonly sample?: Observable<unknown> }) {
      const seen = { tag: '', at: 0, released: 0 };
      written(wrong)
        .pipe(
          tap({ finalize: () => (seen.released = asyncScheduler.now()) }),
          toJsonTokens(),
          accumulatePartial(config),
          decodeWith(Report, config),
        )
        .subscribe((either) =>
          Object.assign(seen, { tag: E.isLeft(either) ? 'Left' : either.right._tag, at: asyncScheduler.now() }),
        );
      return seen;
    }

    it(
      'with the first sample after the first impossible character',
      marbles(({ flush }) => {
        const impossible = wrong.indexOf('"2024"') + 1;
        const everyDelta = verdict({});
        const sampled = verdict({ sample: interval(16) });
        const unsampled = verdict({ sample: NEVER });
        flush();
        expect(everyDelta).to.deep.equal({ tag: 'Left', at: impossible, released: impossible });
        expect(sampled).to.deep.equal({ tag: 'Left', at: sampledAt(impossible), released: sampledAt(impossible) });
        expect(unsampled).to.deep.equal({ tag: 'Left', at: wrong.length, released: wrong.length });
      }),
    );
  });

  it(
    'is done anew for each attempt of a structuredCompletion, and aborts the request that it finds wrong',
    marbles(({ flush }) => {
      let running = 0;
      let sampled = 0;
      const sample = interval(16).pipe(
        tap({ subscribe: () => running++, finalize: () => running--, next: () => sampled++ }),
      );
      const model = scriptedModel([wrong, right], { chunkSize: 1, delay: 1 });
      const answers: unknown[] = [];
      structuredCompletion(model, { codec: Report, messages: ['Report.'], retries: 1, sample }).subscribe((either) => {
        expect(running).to.equal(1);
        answers.push(E.isLeft(either) ? either.left.path : either.right.value);
      });
      flush();
      expect(model.requests.map(({ state }) => state)).to.deep.equal(['aborted', 'complete']);
      expect(answers).to.deep.include(['year']);
      expect(answers.at(-1)).to.deep.equal(JSON.parse(right));
      // Besides the samples, each attempt has its last word.
      expect(answers.length).to.be.at.most(sampled + 3);
      expect(running).to.equal(0);
    }),
  );
});
