import * as t from 'io-ts';
import { take } from 'rxjs';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';
import { HeapLog } from './HeapLog.js';
import type { Outcome } from './Outcome.js';

const codec = t.type({ name: t.string, age: t.number });
const answer = '{"name":"John","age":30}';

/** Subscribes so often; a third completes, a third is unsubscribed from inside `next`, a third before the first event. */
export async function cycles(count: number): Promise<Outcome> {
  const heap = new HeapLog();
  const ended = { complete: 0, aborted: 0, failed: 0, running: 0 };
  let complete = 0;
  for (let nth = 0; nth < count; nth++) {
    const kind = nth % 3;
    const model = scriptedModel([answer], kind === 2 ? { chunkSize: 5, delay: 60_000 } : { chunkSize: 5 });
    const answers = structuredCompletion(model, { codec, messages: ['Who?'] });
    (kind === 1 ? answers.pipe(take(2)) : answers)
      .subscribe((either) => {
        if (either._tag === 'Right' && either.right._tag === 'Complete') complete++;
      })
      .unsubscribe();
    for (const { state } of model.requests) ended[state]++;
    if (nth % Math.ceil(count / 60) === 0) await heap.sample();
  }
  await heap.sample();

  const expected = Math.ceil(count / 3);
  return {
    title: `${count} subscriptions`,
    told: `${complete} complete, ${ended.aborted} aborted; ${heap.toString()}`,
    problems: [
      ...(complete === expected ? [] : [`${complete} of ${expected} answers are complete`]),
      ...(ended.aborted === count - expected ? [] : [`${ended.aborted} of ${count - expected} requests were aborted`]),
      ...(ended.running + ended.failed === 0 ? [] : [`${ended.running} run on, ${ended.failed} failed`]),
      ...(heap.problem === undefined ? [] : [heap.problem]),
    ],
  };
}
