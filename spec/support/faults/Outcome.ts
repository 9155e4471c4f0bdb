import { lastValueFrom, materialize, toArray, type Observable } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import { IncompleteCompletionError } from '../../../lib/deltas/IncompleteCompletionError.js';

/** The way in which an answer ends. */
export interface Outcome {
  /** In a line: `Complete {"age":30}`, `Left …`, or the error. */
  readonly line: string;
  readonly error?: unknown;
  /** It has not ended within {@link PATIENCE}. */
  readonly isPending?: true;
}

/** Milliseconds after which an answer counts as one that never ends. */
const PATIENCE = 6000;

/** The outcome of one question. */
export async function outcomeOf(
  answers: Observable<Either<{ readonly message: string }, { readonly _tag: string; readonly value?: unknown }>>,
): Promise<Outcome> {
  const ended = lastValueFrom(answers.pipe(materialize(), toArray()), { defaultValue: [] });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const never = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, PATIENCE, undefined);
  });
  const all = await Promise.race([ended, never]);
  clearTimeout(timer);
  if (all === undefined) return { line: `nothing for ${PATIENCE} ms`, isPending: true };
  const last = all.at(-1);
  if (last?.kind === 'E') return { line: writeError(last.error), error: last.error };
  const value = all.flatMap((each) => (each.kind === 'N' ? [each.value] : [])).at(-1);
  if (value === undefined) return { line: 'nothing' };
  if (value._tag === 'Left') return { line: `Left ${value.left.message}` };
  return { line: `${value.right._tag} ${JSON.stringify(value.right.value)}` };
}

function writeError(error: unknown): string {
  if (!(error instanceof Error)) return `error ${String(error)}`;
  const cause = error.cause instanceof Error ? ` <- ${error.cause.name}` : '';
  return error instanceof IncompleteCompletionError
    ? `${error.name} ${error.reason} ${JSON.stringify(error.text)}${cause}`
    : `${error.name}: ${error.message}`;
}
