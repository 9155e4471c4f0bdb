import { chunkingsOf } from './chunkings.js';
import { cutsOf } from './cuts.js';
import { duplicatesOf } from './duplicates.js';
import { FaultServer } from './FaultServer.js';
import { framingsOf } from './framings.js';
import { garbageOf } from './garbage.js';
import { http2Of } from './http2.js';
import { comes } from './Law.js';
import { resumingOf } from './resuming.js';
import { serve } from './serving.js';
import { COMPLETE, DELTAS, type Source } from './Source.js';
import { sources } from './sources.js';
import { stallsOf } from './stalls.js';
import { statusesOf } from './statuses.js';
import { tryOut, type Trial, type Verdict } from './Trial.js';

/** How many trials run at a time: most of them wait. */
const AT_A_TIME = 64;

/** How often a trial that came too late is tried again, alone. */
const AGAIN = 2;

/**
 * On a busy machine time passes before a request is even sent. A page gives up a silent connection by itself.
 */
const isLate = ({ idleTimeout, source }: Trial, { problem, requests, isOverdue }: Verdict): boolean =>
  problem !== undefined && (isOverdue || idleTimeout !== undefined || source.reader === 'page' || requests === 0);

/** A server without a fault. */
function asItShouldBe(source: Source): Trial {
  return { source, kind: 'none', name: 'no fault', serve: serve(source, source.say(DELTAS)), law: comes(COMPLETE) };
}

/** Everything that servers do to a source; its answer is cut after every `step` bytes. */
function trialsOf(source: Source, step: number): readonly Trial[] {
  return [
    asItShouldBe(source),
    ...cutsOf(source, step),
    ...stallsOf(source),
    ...statusesOf(source),
    ...garbageOf(source),
    ...duplicatesOf(source),
    ...chunkingsOf(source),
    ...framingsOf(source),
    ...resumingOf(source),
    ...http2Of(source),
  ];
}

/** Every source with every kind of fault. */
export function* allTrials(step: number, isWanted: (source: Source) => boolean = () => true): Generator<Trial> {
  for (const source of sources) if (isWanted(source)) yield* trialsOf(source, step);
}

/**
 * Tries all of them, many at a time.
 *
 * @param tell Is told of each, and why it does not end as it must, if it does not.
 */
export async function tryAll(
  trials: Iterable<Trial>,
  tell: (trial: Trial, problem: string | undefined) => void,
): Promise<void> {
  // The package for Ollama writes to the console what it cannot read.
  const { warn } = console;
  console.warn = () => undefined;
  const server = await FaultServer.start();
  // The first question to a package takes a while: its modules are compiled.
  for (const source of sources) await tryOut(asItShouldBe(source), server);

  const late: Trial[] = [];
  const left = trials[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (let next = left.next(); next.done !== true; next = left.next()) {
      const trial = next.value;
      const verdict = await tryOut(trial, server);
      if (isLate(trial, verdict)) late.push(trial);
      else tell(trial, verdict.problem);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));

  for (const trial of late) {
    let { problem } = await tryOut(trial, server);
    for (let again = 1; problem !== undefined && again < AGAIN; again += 1) ({ problem } = await tryOut(trial, server));
    tell(trial, problem);
  }
  await server.stop();
  console.warn = warn;
}
