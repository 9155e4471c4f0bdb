import { serve } from './serving.js';
import { COMPLETE, type Source } from './Source.js';
import { comes, eitherOf, type Law } from './Law.js';
import type { Trial } from './Trial.js';

/** Deltas any of which, sent twice, still makes a document: another one. */
const DELTAS = ['{"name":"', 'Än', '€🎉', '","age":', '3', '0', '}'];

/** The law of an answer with this text: what the text says, or else that it is wrong. */
function lawOfText(text: string): Law {
  try {
    return comes(`Complete ${JSON.stringify(JSON.parse(text))}`);
  } catch {
    return comes(/^Left offset \d+: |^Left \$/);
  }
}

/** Every frame twice, and the whole answer. */
export function duplicatesOf(source: Source): readonly Trial[] {
  const frames = source.say(DELTAS);
  const twice = (name: string, sent: readonly string[], law: Law): Trial => ({
    source,
    kind: 'duplicate',
    name,
    serve: serve(source, sent),
    law,
  });
  const right = comes(COMPLETE);
  return [
    ...frames.map((frame, at) => {
      const delta = DELTAS.findIndex((text, nth) => deltaAt(frames, nth) === at);
      const text = DELTAS.flatMap((each, nth) => (nth === delta ? [each, each] : [each])).join('');
      return twice(
        delta === -1 ? `frame ${at}, ${frame.trim().slice(0, 60)}` : `the delta ${JSON.stringify(DELTAS[delta])}`,
        frames.flatMap((each, nth) => (nth === at ? [each, each] : [each])),
        // A page counts what it has received.
        delta === -1 || source.reader === 'page' ? right : lawOfText(text),
      );
    }),
    // Our readers stop at the end. A package reads on, and its text is that of both.
    twice(
      'the whole answer',
      [...frames, ...frames],
      source.reader === 'package' ? comes(/^Left offset \d+: expected nothing more, got "\{"/) : right,
    ),
    twice(
      'the beginning, and then the whole answer',
      [...frames.slice(0, deltaAt(frames, 4)), ...frames],
      eitherOf(comes(/^IncompleteCompletionError interrupted /), comes(/^Left /)),
    ),
  ];

  /** The place of the frame with the n-th delta. */
  function deltaAt(all: readonly string[], nth: number): number {
    let at = -1;
    for (const text of DELTAS.slice(0, nth + 1)) {
      const written = JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1);
      at = all.findIndex(
        (frame, place) =>
          place > at && (frame.includes(`"${JSON.stringify(text).slice(1, -1)}"`) || frame.includes(`"${written}"`)),
      );
    }
    return at;
  }
}
