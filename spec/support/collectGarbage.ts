import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

/** Collects all that nothing holds. What a WeakRef was asked for is held until the turn is over, so it begins anew. */
export async function collectGarbage(): Promise<void> {
  await turn();
  gc();
}
