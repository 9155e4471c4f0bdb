import { concat, defer, EMPTY, from, throwError } from 'rxjs';
import type { CompletionModel } from '../completions/CompletionModel.js';
import { textDeltas } from '../deltas/textDeltas.js';
import { expectFile, loadFiles } from './loadFiles.js';
import { untapeError, type Reading, type TapedAnswer } from './TapedAnswer.js';

/**
 * Makes a model that answers from a file that {@link recorded} has written.
 *
 * Like {@link scriptedModel}, with answers that a real model gave.
 *
 * 1. Each request takes the next answer, in the order of the file. After the last answer, requests fail.
 * 2. An aborted answer ends where it was aborted, as `interrupted`. A failed answer fails with the same error.
 * 3. The file is read when the model is made.
 *
 * @example
 * import { rmSync } from 'node:fs';
 * import * as t from 'io-ts';
 * import { pipeModel, structuredCompletion } from 'rx-structured';
 * import { recorded, replayed, scriptedModel } from 'rx-structured/testing';
 *
 * const question = { codec: t.type({ age: t.number }), messages: [{ role: 'user', content: 'How old?' }] } as const;
 * structuredCompletion(pipeModel(scriptedModel(['{"age":30}']), recorded('answers.jsonl')), question).subscribe();
 *
 * structuredCompletion(replayed('answers.jsonl'), question).subscribe((answer) => {
 *   if (answer._tag === 'Right') console.log(answer.right._tag, answer.right.value);
 * });
 * rmSync('answers.jsonl');
 * // Logs:
 * // Partial { age: 30 }
 * // Complete { age: 30 }
 *
 * @see {@link recorded} for how the file is written
 * @param file A path or a `file:` URL.
 * @throws What Node throws for a file that cannot be read, or that holds something else.
 * @returns A model for {@link structuredCompletion} and {@link structuredElements}.
 * @since 0.1.0
 */
export function replayed(file: string | URL): CompletionModel<unknown> {
  expectFile('replayed', file);
  const answers = loadFiles()
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as TapedAnswer);
  const { mode, preface = false, ...reading }: Reading = answers[0]?.reading ?? { dialect: 'open' };
  let requests = 0;

  return {
    ...reading,
    ...(mode !== undefined && { mode }),
    toText: ({ name }) =>
      textDeltas(mode === undefined ? { answer: name } : { tool: mode === 'tool' && name, answer: name, preface }),
    ask: () =>
      defer(() => {
        const answer = answers[requests];
        requests += 1;
        if (answer === undefined)
          return throwError(() => new Error(`The tape has ${answers.length} answers; this is request ${requests}.`));
        const { events, error } = answer;
        return concat(from(events), error === undefined ? EMPTY : throwError(() => untapeError(error)));
      }),
  };
}
