import { setTimeout as wait } from 'node:timers/promises';

/** Waits for something to become true that no event tells of, and for no longer than `limit` milliseconds. */
export async function until(what: string, isTrue: () => boolean | Promise<boolean>, limit = 10_000): Promise<void> {
  const deadline = performance.now() + limit;
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error(`Not within ${limit} ms: ${what}`);
    await wait(20);
  }
}
