import type * as t from 'io-ts';
import { Decoder } from '../../lib/codecs/decoder/Decoder.js';
import type { DecoderConfig } from '../../lib/codecs/decoder/Decoder.js';
import { reportErrors } from '../../lib/codecs/report/reportErrors.js';
import type { PartialJson } from '../../lib/partials/PartialJson.js';
import { snapshotsOf } from './snapshotsOf.js';

/**
 * The partials of a codec for a text that comes in these deltas: each partial that is another than the one before, and
 * at last `{ complete }` with the value or `{ rejected }` with what is wrong.
 */
export function readWith<A>(
  codec: t.Type<A, unknown>,
  deltas: readonly string[],
  config?: Partial<DecoderConfig>,
): unknown[] {
  return readSnapshots(
    codec,
    snapshotsOf(deltas, true).seen.map(({ snapshot }) => snapshot),
    config,
  );
}

export function readSnapshots<A>(
  codec: t.Type<A, unknown>,
  snapshots: readonly PartialJson[],
  config?: Partial<DecoderConfig>,
): unknown[] {
  const decoder = new Decoder<A>(codec, { failFast: true, excess: 'allow', ...config });
  const seen: unknown[] = [];
  for (const snapshot of snapshots) {
    const before = decoder.partial;
    decoder.write(snapshot);
    if (decoder.rejection !== undefined) return [...seen, { rejected: [...reportErrors(decoder.rejection)] }];
    if (decoder.partial?.value !== before?.value) seen.push(decoder.partial?.value);
  }
  return decoder.result === undefined ? seen : [...seen, { complete: decoder.result.value }];
}
