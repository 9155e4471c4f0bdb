import * as t from 'io-ts';
import type { CompletionModel } from '../../../lib/completions/CompletionModel.js';
import { structuredCompletion } from '../../../lib/answers/structuredCompletion.js';
import { ModelServer, type Answer, type Exchange } from '../modelServer.js';
import type { UserMessage } from '../providers.js';
import { outcomeOf } from './Outcome.js';

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

/** How often a fault is tried in which time matters: on a busy machine it passes before a request is even sent. */
const TRIES = 3;

/** Why a fault does not end as it must, if it does not. */
export async function problemOf(fault: Fault): Promise<string | undefined> {
  let problem = await tryOnce(fault);
  if (fault.idleTimeout !== undefined)
    for (let tries = 1; problem !== undefined && tries < TRIES; tries += 1) problem = await tryOnce(fault);
  return problem;
}

async function tryOnce(fault: Fault): Promise<string | undefined> {
  const { model, answers, idleTimeout, comes, requests = 1, sent } = fault;
  const server = await ModelServer.start(...answers);
  try {
    const { line } = await outcomeOf(
      structuredCompletion(model(server.url), {
        codec: Person,
        messages: [{ role: 'user', content: 'Who?' }],
        retries: 1,
        ...(idleTimeout !== undefined && { idleTimeout }),
      }),
    );
    if (!(typeof comes === 'string' ? line === comes : comes.test(line)))
      return `expected ${String(comes)}, got ${line}`;
    if (server.exchanges.length !== requests) return `${server.exchanges.length} requests instead of ${requests}`;
    return sent?.(server.exchanges);
  } finally {
    await server.stop();
  }
}
