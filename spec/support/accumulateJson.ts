import { from } from 'rxjs';
import { accumulatePartial, type AccumulatePartialConfig } from '../../lib/partials/accumulatePartial.js';
import type { PartialJson } from '../../lib/partials/PartialJson.js';
import { toJsonTokens } from '../../lib/tokens/toJsonTokens.js';

/** Every partial that a text gives when it comes in these deltas. */
export function accumulateJson(deltas: readonly string[], config?: AccumulatePartialConfig): PartialJson[] {
  const partials: PartialJson[] = [];
  from(deltas)
    .pipe(toJsonTokens(), accumulatePartial(config))
    .subscribe((partial) => partials.push(partial));
  return partials;
}
