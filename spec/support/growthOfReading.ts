/** A body of one very long line, in pieces as a network brings them. */
function streamOf(text: string, piece = 1_000): ReadableStream<Uint8Array> {
  const bytes = Buffer.from(text);
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        if (at >= bytes.length) controller.close();
        else controller.enqueue(bytes.subarray(at, (at += piece)));
      },
    },
    { highWaterMark: 0 },
  );
}

/** CPU time in milliseconds. */
async function cpuOf(run: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * By what the cost of a character grows where a body is eight times as long: 1 is linear, 8 is quadratic. The least of
 * three, since other work on the machine only ever adds to it.
 *
 * @param write Makes a body of so many characters.
 */
export async function growthOfReading(
  write: (length: number) => string,
  read: (body: ReadableStream<Uint8Array>) => Promise<void>,
): Promise<number> {
  const [small, large] = [write(250_000), write(2_000_000)];
  await read(streamOf(small));
  let least = Infinity;
  for (let nth = 0; nth < 3; nth += 1) {
    const ofSmall = await cpuOf(() => read(streamOf(small)));
    const ofLarge = await cpuOf(() => read(streamOf(large)));
    least = Math.min(least, ofLarge / 8 / ofSmall);
  }
  return least;
}
