/**
 * CPU time of a run in milliseconds: the least of several, since other work on the machine only ever adds to it. For
 * comparing with that of another run, never for itself.
 */
export function cpuOf(run: () => void, several = 5): number {
  run();
  const times = Array.from({ length: several }, () => {
    const before = process.cpuUsage();
    let runs = 0;
    let spent = 0;
    // Clocks of CPU time are coarse.
    while (spent < 5_000) {
      run();
      runs++;
      const { user, system } = process.cpuUsage(before);
      spent = user + system;
    }
    return spent / runs / 1_000;
  });
  return Math.min(...times);
}

/** A growth that needs no second look. */
const ENOUGH = 1.5;

/**
 * By what the cost of a unit of work grows where there is more of it: 1 is linear, the ratio of the sizes is quadratic.
 *
 * A busy machine may slow the one run and not the other, so a growth is measured up to three times, and the least of them
 * counts: work that really grows does so each time.
 *
 * @param prepare Makes the work of a size, and tells how many units that is.
 * @param several How often it is done.
 */
export function growthOf(
  sizes: readonly [small: number, large: number],
  prepare: (size: number) => { readonly units: number; readonly run: () => void },
  several?: number,
): number {
  const [small, large] = sizes.map(prepare);
  if (small === undefined || large === undefined) return 1;
  // The first runs are slow, whatever their size: V8 compiles what has become hot.
  for (let warm = 0; warm < 2; warm++) cpuOf(small.run, several);
  let least = Infinity;
  for (let times = 0; times < 3 && least > ENOUGH; times++)
    least = Math.min(least, cpuOf(large.run, several) / large.units / (cpuOf(small.run, several) / small.units));
  return least;
}
