import { expectModel } from '../completions/expectModel.js';
import { defer, tap } from 'rxjs';
import type { CompletionEvent } from '../completions/CompletionEvent.js';
import type { CompletionModel, Question } from '../completions/CompletionModel.js';
import { withoutHeaders } from '../completions/withoutHeaders.js';
import { expectFile, loadFiles } from './loadFiles.js';
import { findReading, tapeError, type TapedAnswer } from './TapedAnswer.js';

/**
 * Appends what a model answers to a file, for {@link replayed}.
 *
 * Like `tap`, with a file.
 *
 * 1. A line of JSON per answer, written when its request is over. An answer that was aborted has what had been read,
 *    one that failed has its error besides.
 * 2. Events are kept as they were, `raw` included. No keys, no headers, no messages.
 * 3. The facts that reading needs, such as the mode, are in the file.
 *
 * @example
 * import OpenAI from 'openai';
 * import { pipeModel } from 'rx-structured';
 * import { openaiChat } from 'rx-structured/openai';
 * import { recorded } from 'rx-structured/testing';
 *
 * const model = pipeModel(openaiChat(new OpenAI(), { model: 'gpt-4o-mini' }), recorded('answers.jsonl'));
 *
 * @see {@link replayed} for a model that answers from the file
 * @param file Where to append: a path or a `file:` URL.
 * @returns An operator on a model.
 * @since 0.1.0
 */
export function recorded(file: string | URL): <M>(model: CompletionModel<M>) => CompletionModel<M> {
  expectFile('recorded', file);
  return <M>(model: CompletionModel<M>) => {
    expectModel('recorded', model);
    return {
      ...model,
      ask: (question: Question<M>) =>
        defer(() => {
          const events: CompletionEvent[] = [];
          const write = (ended: TapedAnswer['ended'], error?: unknown): void => {
            const answer: TapedAnswer = {
              reading: findReading(model),
              events: events.map(withoutHeaders),
              ended,
              ...(ended === 'failed' && { error: tapeError(error) }),
            };
            loadFiles().appendFileSync(file, `${JSON.stringify(answer)}\n`);
          };
          return model.ask(question).pipe(
            tap({
              next: (event) => events.push(event),
              error: (error: unknown) => {
                write('failed', error);
              },
              complete: () => {
                write('complete');
              },
              unsubscribe: () => {
                write('aborted');
              },
            }),
          );
        }),
    };
  };
}
