/**
 * Gives random inputs to every part that reads what comes from outside, for as long as there is time: `npm run fuzz`, for
 * a minute; `FUZZ_SECONDS=3600 npm run fuzz`; `npm run fuzz -- tokens` for the targets whose name begins so.
 *
 * Cases that were found before are tried first: they are in found.json, and a new one is added to it. `FUZZ_SEED` begins
 * with that seed.
 */
import * as fc from 'fast-check';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FuzzTarget } from './FuzzTarget.js';
import { extract } from './targets/extractJson.js';
import { ioTs } from './targets/ioTs.js';
import { patches } from './targets/patches.js';
import { schemas } from './targets/schemas.js';
import { resumed, sse } from './targets/sse.js';
import { tokens } from './targets/tokens.js';
import { tools } from './targets/tools.js';
import { chunks, wire } from './targets/wire.js';

/** An input that once failed, as fast-check finds it again. */
interface Found {
  readonly target: string;
  readonly seed: number;
  readonly path: string;
  /** The input, as it was printed. */
  readonly input: string;
}

const targets: readonly FuzzTarget[] = [
  ...[tokens, ioTs, schemas, patches, extract, sse, resumed, tools, wire, chunks],
];

/** Inputs of one round of a target; short rounds begin anew with small inputs and other seeds. */
const ROUND = 200;
/** Milliseconds that one input may take. */
const PATIENCE = 20_000;
/** Milliseconds that the search for a smaller input may take. */
const SHRINKING = 30_000;

const file = join(import.meta.dirname, 'found.json');
const found = JSON.parse(await readFile(file, 'utf8')) as readonly Found[];
const seconds = Number(process.env['FUZZ_SECONDS'] ?? 60);
const firstSeed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const [wanted = ''] = process.argv.slice(2);
const chosen = targets.filter(({ name }) => name.startsWith(wanted));

/** A promise that rejects unheard, or an error that is thrown past everybody, is a failure of the target at work. */
const strays: unknown[] = [];
process.on('unhandledRejection', (error) => strays.push(error));
process.on('uncaughtException', (error) => strays.push(error));

class Trial {
  readonly #target: FuzzTarget;
  inputs = 0;
  spent = 0;
  replayed = 0;
  failures: string[] = [];

  constructor(target: FuzzTarget) {
    this.#target = target;
  }

  get name(): string {
    return this.#target.name;
  }

  async replay({ seed, path, input }: Found): Promise<void> {
    this.replayed += 1;
    const details = await this.#check({ seed, path, endOnFailure: true });
    if (details.failed) this.failures.push(`fails again: ${input}\n${String(details.errorInstance)}`);
  }

  /** @returns What was found. */
  async run(seed: number, milliseconds: number): Promise<Found | undefined> {
    const begun = performance.now();
    const details = await this.#check({ seed, numRuns: ROUND }, milliseconds);
    this.spent += performance.now() - begun;
    this.inputs += details.numRuns;
    const stray = strays.shift();
    if (!details.failed && stray === undefined) return undefined;
    const path = details.counterexamplePath ?? '';
    this.failures.push(
      `seed ${seed}, path ${path}\n${fc.stringify(details.counterexample)}\n${String(details.errorInstance ?? stray)}`,
    );
    return { target: this.name, seed, path, input: fc.stringify(details.counterexample) };
  }

  async #check(parameters: fc.Parameters<unknown>, milliseconds = SHRINKING): Promise<fc.RunDetails<unknown>> {
    const within = (limit: number): fc.Parameters<unknown> => ({
      ...parameters,
      plugins: [fc.interruptAfterTimeLimit(Math.max(50, limit)), fc.timeout(PATIENCE)],
    });
    const details = await fc.check(this.#target.property, within(milliseconds));
    // Nothing failed, or time ran out before the first input was through.
    if (details.counterexample === null) return { ...details, failed: false } as fc.RunDetails<unknown>;
    // Once more where it failed, with time to make the input small.
    return milliseconds < SHRINKING ? fc.check(this.#target.property, within(SHRINKING)) : details;
  }
}

const trials = chosen.map((target) => new Trial(target));
console.log(`${seconds} seconds for ${chosen.length} targets, seed ${firstSeed}`);

for (const trial of trials)
  for (const each of found.filter(({ target }) => target === trial.name)) await trial.replay(each);

const news: Found[] = [];
const share = (seconds * 1000) / trials.length;
for (let round = 0; trials.some(({ spent, failures }) => spent < share && failures.length === 0); round++)
  for (const trial of trials) {
    if (trial.spent >= share || trial.failures.length > 0) continue;
    const left = share - trial.spent;
    const seed = (firstSeed + round * 7919) % 2 ** 31;
    const one = await trial.run(seed, left);
    if (one !== undefined) news.push(one);
  }

for (const { name, inputs, spent, replayed, failures } of trials) {
  const word = failures.length === 0 ? 'pass' : 'FAIL';
  console.log(`${word}  ${name}: ${inputs} inputs in ${(spent / 1000).toFixed(0)} s, ${replayed} kept cases`);
  for (const failure of failures) console.log(`      ${failure.replaceAll('\n', '\n      ')}`);
}
if (news.length > 0) await writeFile(file, `${JSON.stringify([...found, ...news], null, 2)}\n`);
const failed = trials.filter(({ failures }) => failures.length > 0).length;
const inputs = trials.reduce((sum, trial) => sum + trial.inputs, 0);
console.log(`${inputs} inputs`);
console.log(`${trials.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
