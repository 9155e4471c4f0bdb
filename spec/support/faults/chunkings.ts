import { serve } from './serving.js';
import { COMPLETE, DELTAS, type Source } from './Source.js';
import { comes } from './Law.js';
import type { Trial } from './Trial.js';

/** Bytes that are read at a time. */
const SIZES = [1, 2, 3, 7];

/** A `fetch` over the network, whose bodies are read in pieces of so many bytes. */
function inPieces(size: number): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await globalThis.fetch(input, init);
    if (response.body === null) return response;
    const split = new TransformStream<Uint8Array, Uint8Array>({
      transform: (bytes, controller) => {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      },
    });
    const { status, headers } = response;
    return new Response(response.body.pipeThrough(split), { status, headers });
  };
}

/** The answer in pieces that fall inside characters, with each kind of line ending. */
export function chunkingsOf(source: Source): readonly Trial[] {
  const endings = source.protocol === 'ollama' ? ['\n', '\r\n'] : ['\n', '\r\n', '\r'];
  return SIZES.flatMap((size) =>
    endings.map((ending): Trial => ({
      source,
      kind: 'split UTF-8',
      name: `${size} bytes at a time, lines that end in ${JSON.stringify(ending)}`,
      serve: serve(
        source,
        source.say(DELTAS).map((frame) => frame.replaceAll('\n', ending)),
      ),
      fetch: inPieces(size),
      law: comes(COMPLETE),
    })),
  );
}
