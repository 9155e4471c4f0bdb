import * as t from 'io-ts';
import { Subject, type Subscription } from 'rxjs';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';
import { HeapLog } from './HeapLog.js';
import type { Outcome } from './Outcome.js';

const codec = t.type({ id: t.number, text: t.string, items: t.array(t.type({ name: t.string, count: t.number })) });

/** The answer with this number, in its deltas. */
function deltasOf(id: number): readonly string[] {
  const items = Array.from({ length: 5 }, (_, at) => ({ name: `item ${at}`, count: id + at }));
  return JSON.stringify({ id, text: 'word '.repeat(20), items }).match(/.{1,17}/g) ?? [];
}

/** One answer that is being written. */
class OpenAnswer {
  readonly #deltas: readonly string[];
  readonly #events = new Subject<CompletionEvent>();
  readonly #subscription: Subscription;
  #at = 0;

  constructor(id: number, completed: (isRight: boolean) => void) {
    this.#deltas = deltasOf(id);
    const model = scriptedModel([this.#events]);
    this.#subscription = structuredCompletion(model, { codec, messages: ['Which?'] }).subscribe({
      next: (either) => {
        if (either._tag === 'Left') completed(false);
        else if (either.right._tag === 'Complete')
          completed(JSON.stringify(either.right.value) === this.#deltas.join(''));
      },
      error: () => {
        completed(false);
      },
    });
  }

  /** Writes the next delta; says whether there are more. */
  write(): boolean {
    const text = this.#deltas[this.#at++];
    if (text !== undefined) {
      this.#events.next({ type: 'text-delta', text });
      return true;
    }
    this.#events.next({ type: 'finish', reason: 'stop', raw: 'stop' });
    this.#events.complete();
    return false;
  }

  get isClosed(): boolean {
    return this.#subscription.closed;
  }
}

/** Holds so many answers open at a time, each followed by another, for so long. */
export async function openStreams(open: number, seconds: number): Promise<Outcome> {
  const heap = new HeapLog();
  let begun = 0;
  let right = 0;
  let wrong = 0;
  let deltas = 0;
  const begin = (): OpenAnswer =>
    new OpenAnswer(begun++, (isRight) => {
      if (isRight) right++;
      else wrong++;
    });
  const answers = Array.from({ length: open }, begin);
  // At every moment some answers are young and some nearly over.
  answers.forEach((answer, at) => {
    for (let written = at % 20; written > 0; written--) answer.write();
  });

  const end = performance.now() + seconds * 1000;
  let leaks = 0;
  while (performance.now() < end) {
    const round = performance.now();
    for (const [at, answer] of answers.entries()) {
      deltas++;
      if (answer.write()) continue;
      if (!answer.isClosed) leaks++;
      answers[at] = begin();
    }
    await heap.sample();
    // A delta of each answer in a second, as models write; faster where there is little time.
    await new Promise((resolve) => setTimeout(resolve, Math.min(1000, seconds * 10) - (performance.now() - round)));
  }
  for (const answer of answers) while (answer.write());
  answers.length = 0;

  return {
    title: `${open} streams open for ${seconds.toFixed(0)} s`,
    told: `${begun} answers of ${deltas} deltas, ${right} complete and equal to what was sent; ${heap.toString()}`,
    problems: [
      ...(right === begun ? [] : [`${begun} answers were sent, ${right} came right and ${wrong} wrong`]),
      ...(leaks === 0 ? [] : [`${leaks} subscriptions were open after their answer`]),
      ...(heap.problem === undefined ? [] : [heap.problem]),
    ],
  };
}
