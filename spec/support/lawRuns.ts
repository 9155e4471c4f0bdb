/** The parameters of a law's runs for fast-check. */
export interface LawRuns {
  readonly numRuns: number;
  readonly seed?: number;
}

/** How many runs a law gets that is given as many as most: `LAW_RUNS=200000`, say. */
const USUAL = 2000;

/**
 * How often a law is tried. `LAW_RUNS` asks for more or fewer: it is how many runs a law of 2,000 gets, the others in
 * proportion. A law that fails prints its seed, and `LAW_SEED` tries that seed again.
 */
export function lawRuns(usual: number): LawRuns {
  const { LAW_RUNS: runs, LAW_SEED: seed } = process.env;
  return {
    numRuns: Math.max(1, Math.round((usual * Number(runs ?? USUAL)) / USUAL)),
    ...(seed !== undefined && { seed: Number(seed) }),
  };
}
