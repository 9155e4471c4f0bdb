import { PartialDocument } from '../../lib/partials/PartialDocument.js';
import type { PartialJson } from '../../lib/partials/PartialJson.js';
import { JsonTokenizer } from '../../lib/tokens/JsonTokenizer.js';

export interface Snapshots {
  /** Each with how many characters had been read. */
  readonly seen: readonly { readonly snapshot: PartialJson; readonly read: number }[];
  /** Nothing was wrong with it. */
  readonly isJson: boolean;
}

/** The snapshots of a text that comes in these deltas; more of it may be to come. */
export function snapshotsOf(deltas: readonly string[], more = false): Snapshots {
  const tokenizer = new JsonTokenizer({ maxDepth: 512, maxLength: Infinity, maxWhitespace: 1024 });
  const document = new PartialDocument('growing', 'growing');
  const seen: { snapshot: PartialJson; read: number }[] = [];
  let read = 0;
  const look = (): void => {
    const tokens = tokenizer.take();
    if (tokens !== undefined) document.add(tokens);
    const snapshot = document.takeSnapshot();
    if (snapshot !== undefined) seen.push({ snapshot, read });
  };
  for (const delta of deltas) {
    read += delta.length;
    tokenizer.write(delta);
    look();
  }
  if (!more) {
    tokenizer.end();
    look();
  }
  return { seen, isJson: tokenizer.failure === undefined };
}
