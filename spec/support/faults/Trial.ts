import { FaultServer, type Arrival, type Behaviour } from './FaultServer.js';
import type { Law } from './Law.js';
import { outcomeOf, type Outcome } from './Outcome.js';
import type { Asking, Source } from './Source.js';

/** Asks the source of a trial at this address. */
export type Ask = (url: string, fetch?: typeof globalThis.fetch) => Promise<Outcome>;

/** One thing that a server does to one source, and what must come of it. */
export interface Trial extends Asking {
  readonly source: Source;
  readonly kind: string;
  readonly name: string;
  readonly serve: Behaviour;
  readonly law: Law;
  /** How many requests there must have been. Default: 1, and any number for a source that resumes. */
  readonly requests?: number;
  /** The client must have ended the request. */
  readonly isAborted?: boolean;
  /** It is served by a server of its own: it would disturb the connections of others. */
  readonly isAlone?: boolean;
  /** Where the fault is served, if not by such a server. */
  readonly run?: (ask: Ask) => Promise<TrialRun>;
}

/** What came of a trial, as it is judged. */
export interface TrialRun {
  readonly outcome: Outcome;
  readonly arrivals: readonly Pick<Arrival, 'closed'>[];
}

/** Milliseconds within which the server hears of a client that has left. */
const HEARING = 3000;

/** The end of a trial. */
export interface Verdict {
  /** Why it does not end as it must, if it does not. */
  readonly problem: string | undefined;
  /** How many requests the server has got. */
  readonly requests: number;
  /** Something was waited for that did not come in time. */
  readonly isOverdue: boolean;
}

/** Tries one thing. */
export async function tryOut(trial: Trial, server: FaultServer): Promise<Verdict> {
  const ask: Ask = (url, fetch) => outcomeOf(trial.source.ask(url, { ...trial, ...(fetch && { fetch }) }));
  const own = trial.isAlone === true ? await FaultServer.start() : undefined;
  const run = trial.run ?? ((asked) => runAt(own ?? server, trial.serve, asked));
  const { outcome, arrivals } = await run(ask);
  await own?.stop();
  const problem = findProblem(trial, outcome, arrivals);
  const requests = arrivals.length;
  if (problem !== undefined || trial.isAborted !== true)
    return { problem, requests, isOverdue: outcome.isPending === true };
  const closed = await hearOf(arrivals.at(-1));
  return closed === 'aborted'
    ? { problem: undefined, requests, isOverdue: false }
    : { problem: `expected the request to be aborted, it is ${closed}`, requests, isOverdue: closed === 'open' };
}

async function runAt(server: FaultServer, serve: Behaviour, ask: Ask): Promise<TrialRun> {
  const place = server.open(serve);
  const outcome = await ask(place.url);
  place.close();
  return { outcome, arrivals: place.arrivals };
}

function findProblem(
  { source, law, requests }: Trial,
  outcome: Outcome,
  arrivals: TrialRun['arrivals'],
): string | undefined {
  if (!law.holds(outcome))
    return `expected ${law.words}, got ${outcome.line.slice(0, 300)} after ${arrivals.length} requests`;
  const wanted = requests ?? (source.resumes ? undefined : 1);
  if (wanted !== undefined && arrivals.length !== wanted)
    return `expected ${wanted} requests, got ${arrivals.length} (${outcome.line.slice(0, 300)})`;
  return undefined;
}

/** The end of a request, as its server hears of it. */
async function hearOf(arrival: Pick<Arrival, 'closed'> | undefined): Promise<string> {
  const late = new Promise<string>((resolve) => setTimeout(resolve, HEARING, 'open').unref());
  return arrival === undefined ? 'never made' : Promise.race([arrival.closed, late]);
}
