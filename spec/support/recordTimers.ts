/** Runs a test, which is told of the timers that are under way: of timeouts, or of intervals. */
export async function recordTimers(
  kind: 'Timeout' | 'Interval',
  test: (running: ReadonlySet<unknown>) => Promise<void>,
): Promise<void> {
  const running = new Set<unknown>();
  const before = { setTimeout, clearTimeout, setInterval, clearInterval };
  const [set, clear] = [`set${kind}`, `clear${kind}`] as const;
  Object.assign(globalThis, {
    [set]: (...args: Parameters<typeof setTimeout>) => {
      const timer = before[set](...args);
      running.add(timer);
      return timer;
    },
    [clear]: (timer: Parameters<typeof clearTimeout>[0]) => {
      running.delete(timer);
      before[clear](timer);
    },
  });
  try {
    await test(running);
  } finally {
    Object.assign(globalThis, before);
  }
}
