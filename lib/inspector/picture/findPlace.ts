import { concat, NEVER, of } from 'rxjs';
import type { JsonPath } from '../../partials/PartialJson.js';
import type { JsonToken } from '../../tokens/JsonToken.js';
import { toJsonTokens } from '../../tokens/toJsonTokens.js';

/** Where the value at a path begins in a text, as far as it was written; `undefined` where it was not. */
export function findPlace(text: string, path: JsonPath): number | undefined {
  const tokens: JsonToken[] = [];
  // The text may have been cut: it has no end here.
  concat(of(text), NEVER)
    .pipe(toJsonTokens())
    .subscribe({
      next: (batch) => tokens.push(...batch),
      error: () => undefined,
    })
    .unsubscribe();
  return walk(tokens, path) ?? walk(tokens, ['value', ...path]) ?? walk(tokens, ['items', ...path]);
}

function walk(tokens: readonly JsonToken[], path: JsonPath): number | undefined {
  /** The step to the value that is open, of each container that is open. */
  const open: (string | number)[] = [];
  const isThere = (): boolean => open.length === path.length && open.every((step, depth) => step === path[depth]);
  const next = (): void => {
    const last = open.at(-1);
    if (typeof last === 'number') open[open.length - 1] = last + 1;
  };
  for (const token of tokens) {
    const begins = token.type === 'literal' || token.type.endsWith('-start') || ('start' in token && token.start);
    if (begins && isThere()) return token.offset;
    if (token.type === 'key') open[open.length - 1] = token.key;
    else if (token.type === 'object-start') open.push('');
    else if (token.type === 'array-start') open.push(0);
    else if (token.type === 'object-end' || token.type === 'array-end') {
      open.pop();
      next();
    } else if (token.type === 'literal' || ('end' in token && token.end)) next();
  }
  return undefined;
}
