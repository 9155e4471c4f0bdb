import {
  catchError,
  concat,
  defer,
  EMPTY,
  from,
  merge,
  mergeMap,
  of,
  throwError,
  type Observable,
  type ObservableInput,
} from 'rxjs';
import type { ToolResult } from '../../completions/CompletionModel.js';
import { describeError } from './describeError.js';
import { ToolAbortError } from './ToolAbortError.js';
import type { ToolEvent } from './ToolEvent.js';
import type { AnyTool } from './tool.js';

/** A call that the model has written. */
export interface WrittenCall {
  readonly id: string;
  readonly name: string;
  readonly step: number;
  /** The JSON text of its arguments, as the model wrote it. */
  readonly arguments: string;
  readonly outcome: CallOutcome;
}

/** The decoded arguments, or the reason why the call cannot be run. */
export type CallOutcome =
  /** The answer itself, written by calling its tool beside others: it came before their results. */
  | 'answer'
  | { readonly tool: AnyTool; readonly input: unknown }
  | { readonly error: Error; /** As much of the input as was shown. */ readonly input: unknown };

/** APIs want a result for every call. */
const ANSWERED_EARLY =
  'The answer was not taken, because tools were called beside it. Answer again when you have read their results.';

/**
 * Runs the calls of one response, all at once.
 *
 * @param told Is given each call's result as the model is told it.
 * @returns The events of all calls, as they come; an error only for a ToolAbortError.
 */
export function runCalls(
  calls: readonly WrittenCall[],
  told: (call: WrittenCall, result: Pick<ToolResult, 'text' | 'isError'>) => void,
): Observable<ToolEvent> {
  return merge(
    ...calls.map((call) =>
      run(call, (result) => {
        told(call, result);
      }),
    ),
  );
}

function run(call: WrittenCall, told: (result: Pick<ToolResult, 'text' | 'isError'>) => void): Observable<ToolEvent> {
  const { id, name, step, outcome } = call;
  if (outcome === 'answer')
    return defer(() => {
      told({ text: ANSWERED_EARLY, isError: true });
      return EMPTY;
    });
  const { input } = outcome;
  const event = { _tag: 'Tool', name, id, step } as const;

  const fail = (error: unknown): Observable<ToolEvent> => {
    if (error instanceof ToolAbortError) return throwError(() => error);
    told({ text: describeError(error), isError: true });
    return of({ ...event, state: 'failed', input, error });
  };
  if ('error' in outcome) return defer(() => fail(outcome.error));

  const { tool } = outcome;
  return concat(
    of<ToolEvent>({ ...event, state: 'running', input }),
    defer(() => {
      /** The values so far that may still turn out to be the last: none or one. */
      let last: readonly unknown[] = [];
      return concat(
        // The decoder has vouched for the input; only the compiler does not know that it is this tool's.
        streamValues(tool.run(input as never, { id, step })).pipe(
          mergeMap((value) => {
            const progress = last.map((each): ToolEvent => ({ ...event, state: 'running', input, progress: each }));
            last = [value];
            return progress;
          }),
        ),
        defer(() => {
          const [output] = last;
          told({ text: writeResult(output), isError: false });
          return of<ToolEvent>({ ...event, state: 'done', input, output });
        }),
      );
    }).pipe(catchError(fail)),
  );
}

/** A string is one value, although it is iterable: its characters are no progress. */
function streamValues(returned: ObservableInput<unknown>): Observable<unknown> {
  return typeof returned === 'string' ? of(returned) : from(returned);
}

/** Some providers do not take an empty result. */
function writeResult(output: unknown): string {
  const text = typeof output === 'string' ? output : output instanceof Error ? String(output) : writeJson(output);
  return text === undefined || text === '' ? 'no result' : text;
}

/** @throws TypeError that says what is wrong with the result, which JSON cannot hold. */
function writeJson(output: unknown): string | undefined {
  try {
    return JSON.stringify(output);
  } catch (error) {
    // V8 draws the whole way of a circle; the first line is enough.
    const [reason = ''] = describeError(error).split('\n', 1);
    throw new TypeError(`The result of the tool cannot be written as JSON: ${reason}`, { cause: error });
  }
}
