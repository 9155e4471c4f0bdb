import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { lastValueFrom, materialize, toArray } from 'rxjs';
import type { CompletionModel } from '../../../lib/completions/CompletionModel.js';
import { structuredCompletion } from '../../../lib/answers/structuredCompletion.js';
import { IncompleteCompletionError } from '../../../lib/deltas/IncompleteCompletionError.js';
import { ModelServer, type Answer, type Exchange } from '../modelServer.js';
import type { UserMessage } from '../providers.js';

/** One thing that a server does, and what must come of it. */
export interface Fault {
  readonly kind: string;
  readonly api: string;
  readonly model: (url: string) => CompletionModel<UserMessage>;
  /** The server's behaviour for each request; the last one is repeated. */
  readonly answers: readonly Answer[];
  readonly idleTimeout?: number;
  /** The expected outcome, as {@link outcomeOf} tells it. */
  readonly comes: string | RegExp;
  /** How many requests there must have been; with one retry allowed. */
  readonly requests?: number;
  /** The expectation about the requests. */
  readonly sent?: (exchanges: readonly Exchange[]) => string | undefined;
}

const Person = t.type({ name: t.string, age: t.number }, 'answer');

/** The outcome of one question, in a line. */
export async function outcomeOf(
  model: CompletionModel<UserMessage>,
  retries: number,
  idleTimeout?: number,
): Promise<string> {
  const answers = structuredCompletion(model, {
    codec: Person,
    messages: [{ role: 'user', content: 'Who?' }],
    retries,
    ...(idleTimeout !== undefined && { idleTimeout }),
  });
  const all = await lastValueFrom(answers.pipe(materialize(), toArray()), { defaultValue: [] });
  const last = all.at(-1);
  if (last?.kind === 'E') return errorLine(last.error);
  const values = all.flatMap((each) => (each.kind === 'N' ? [each.value] : []));
  const value = values.at(-1);
  if (value === undefined) return 'nothing';
  if (E.isLeft(value)) return `Left ${value.left.message}`;
  return `${value.right._tag} ${JSON.stringify(value.right.value)}`;
}

function errorLine(error: unknown): string {
  if (!(error instanceof Error)) return `error ${String(error)}`;
  const cause = error.cause instanceof Error ? ` <- ${error.cause.name}` : '';
  return error instanceof IncompleteCompletionError
    ? `${error.name} ${error.reason} ${JSON.stringify(error.text)}${cause}`
    : `${error.name}: ${error.message}`;
}

/** Why a fault does not end as it must, if it does not. */
export async function problemOf(fault: Fault): Promise<string | undefined> {
  const { model, answers, idleTimeout, comes, requests = 1, sent } = fault;
  const server = await ModelServer.start(...answers);
  try {
    const line = await Promise.race([
      outcomeOf(model(server.url), 1, idleTimeout),
      new Promise<string>((resolve) => setTimeout(resolve, 4000, 'nothing for four seconds').unref()),
    ]);
    if (!(typeof comes === 'string' ? line === comes : comes.test(line)))
      return `expected ${String(comes)}, got ${line}`;
    if (server.exchanges.length !== requests) return `${server.exchanges.length} requests instead of ${requests}`;
    return sent?.(server.exchanges);
  } finally {
    await server.stop();
  }
}
