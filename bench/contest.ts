/**
 * A comparison: every contestant has a process of its own, is right before it is fast, and is measured by the CPU that it
 * takes, since other work on the machine lengthens the time and not the CPU.
 */
import { execFileSync } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';
import { holdsWrongType } from './report.js';
import { median } from './measure.js';
import { bundle } from './processes.js';

/** Shows every partial, and gives the last value. */
export type Run = (show: (partial: unknown) => void) => unknown;

export interface Contestant {
  readonly name: string;
  /** The work on a document of this many characters. `setting` is what `prepare` of the contest has made. */
  readonly prepare: (size: number, setting: string) => Run | Promise<Run>;
  /** The document is complete, but need not be what was written: a library adds fields of its own. */
  readonly ignores?: readonly string[];
}

export interface Score {
  readonly name: string;
  /** Median CPU milliseconds of a run. */
  readonly cpu: number;
  /** Partials shown in a run. */
  readonly partials: number;
  /** How many of them hold a value of a wrong type. */
  readonly wrong: number;
}

/** Seconds that a contestant has to show what it takes. */
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 4);
const LEAST_RUNS = 5;

async function measure(
  { name, prepare, ignores = [] }: Contestant,
  size: number,
  setting: string,
  expected: unknown,
): Promise<Score> {
  const run = await prepare(size, setting);
  let partials = 0;
  let wrong = 0;
  const result = await run((partial) => {
    partials++;
    if (holdsWrongType(withoutKeys(partial, ignores))) wrong++;
  });
  if (!isDeepStrictEqual(plain(withoutKeys(result, ignores)), expected))
    throw new Error(`${name} gives ${JSON.stringify(result)?.slice(0, 200)}`);

  const ignore = (): void => undefined;
  const start = performance.now();
  const passed = (): number => (performance.now() - start) / 1000;
  do await run(ignore);
  while (passed() < SECONDS / 3);
  const times: number[] = [];
  do {
    const before = process.cpuUsage();
    await run(ignore);
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  } while (times.length < LEAST_RUNS || (passed() < SECONDS && times.length < 100));
  return { name, cpu: median(times), partials, wrong };
}

/** Without prototypes, as it would be over the wire. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null');

function withoutKeys(value: unknown, keys: readonly string[]): unknown {
  if (keys.length === 0 || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/**
 * Runs a contest: in the first process it starts one for each contestant and size, in those it measures.
 *
 * @param url Of the module that holds the contestants.
 * @returns The scores by size, or nothing in a process that measures.
 */
export async function contest(
  url: string,
  contestants: readonly Contestant[],
  sizes: readonly number[],
  documentOf: (size: number) => unknown,
  setting = '',
): Promise<readonly (readonly Score[])[] | undefined> {
  const [role, number, size, given = ''] = process.argv.slice(2);
  if (role === 'measure') {
    const contestant = contestants[Number(number)];
    if (contestant === undefined) throw new Error(`no contestant ${number}`);
    const score = await measure(contestant, Number(size), given, documentOf(Number(size)));
    console.log(`\n${JSON.stringify(score)}`);
    process.exit(0);
  }
  const file = await bundle(url);
  return sizes.map((each) =>
    contestants.map((_, index) => {
      const args = [file, 'measure', String(index), String(each), setting];
      const output = execFileSync(process.execPath, args, {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        maxBuffer: 2 ** 28,
      });
      return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as Score;
    }),
  );
}

/** A table in Markdown. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  console.log(line(head));
  console.log(
    `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`,
  );
  for (const row of rows) console.log(line(row));
  console.log();
}

/** The table of two sizes: CPU beside the first contestant, how it grows, and what was shown. */
export function printScores(scores: readonly (readonly Score[])[], sizes: readonly number[]): void {
  const [small = [], large = small] = scores;
  const [first] = small;
  const grow = scores.length > 1;
  const times = ((sizes[1] ?? 1) / (sizes[0] ?? 1)).toFixed(0);
  printTable(
    ['', 'CPU, ms', '×', ...(grow ? [`for ${times} × the text`] : []), 'partials', 'of a wrong type'],
    small.map(({ name, cpu, partials, wrong }, index) => [
      name,
      cpu.toFixed(1),
      (cpu / (first?.cpu ?? NaN)).toFixed(2),
      ...(grow ? [`${((large[index]?.cpu ?? NaN) / cpu).toFixed(1)} ×`] : []),
      String(partials),
      partials === 0 ? '' : String(wrong),
    ]),
  );
}

/** Where and when a table was made. */
export function printSetting(title: string): void {
  const date = new Date().toISOString().slice(0, 10);
  console.log(`\n### ${title}\n\n${date}, Node ${process.version}, ${process.arch}, ${cpuName()}\n`);
}

import { cpus } from 'node:os';
const cpuName = (): string => `${cpus().length} cores of ${cpus()[0]?.model.trim() || 'an unnamed processor'}`;
