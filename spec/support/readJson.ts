import { from } from 'rxjs';
import { JsonSyntaxError } from '../../lib/tokens/JsonSyntaxError.js';
import type { JsonToken, JsonTokens } from '../../lib/tokens/JsonToken.js';
import { toJsonTokens, type ToJsonTokensConfig } from '../../lib/tokens/toJsonTokens.js';

/** The outcome of a text that was read delta by delta. */
export interface JsonReading {
  readonly batches: readonly JsonTokens[];
  readonly error: JsonSyntaxError | undefined;
}

export function readJson(deltas: readonly string[], config?: ToJsonTokensConfig): JsonReading {
  const batches: JsonTokens[] = [];
  let error: JsonSyntaxError | undefined;
  from(deltas)
    .pipe(toJsonTokens(config))
    .subscribe({
      next: (batch) => batches.push(batch),
      error: (raised: unknown) => {
        if (!(raised instanceof JsonSyntaxError)) throw raised;
        error = raised;
      },
    });
  return { batches, error };
}

/** The tokens as they would be had the text come in one piece. */
export function uncut(batches: readonly JsonTokens[]): JsonToken[] {
  const whole: JsonToken[] = [];
  for (const token of batches.flat()) {
    const last = whole.at(-1);
    if ((token.type === 'string' || token.type === 'number') && !token.start && last?.type === token.type)
      whole[whole.length - 1] = { ...last, text: last.text + token.text, end: token.end };
    else whole.push(token);
  }
  return whole;
}
