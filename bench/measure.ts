export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/**
 * The median milliseconds of each contestant. They take turns, so that a machine whose speed drifts is as unfair to one
 * as to the other. The heap is left alone in between: when a collection finds no instance of a class, V8 drops the
 * code it has optimized for it, and what would be measured is how long it takes to get that back.
 */
export async function compare(
  rounds: number,
  contestants: Readonly<Record<string, () => unknown>>,
): Promise<Map<string, number>> {
  const times = new Map<string, number[]>();
  const warmUps = 5;
  for (let round = 0; round < rounds + warmUps; round++)
    for (const [name, run] of Object.entries(contestants)) {
      const start = performance.now();
      await run();
      const time = performance.now() - start;
      if (round >= warmUps) times.set(name, [...(times.get(name) ?? []), time]);
    }
  return new Map([...times].map(([name, list]) => [name, median(list)]));
}

/** Prints each time, and its ratio to the first. */
export function report(title: string, times: ReadonlyMap<string, number>): void {
  console.log(`\n${title}`);
  const [reference = NaN] = times.values();
  for (const [name, time] of times)
    console.log(
      `  ${name.padEnd(54)} ${time.toFixed(1).padStart(8)} ms ${(time / reference).toFixed(2).padStart(7)} ×`,
    );
}
