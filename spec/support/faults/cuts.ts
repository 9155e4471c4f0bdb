import type { Behaviour } from './FaultServer.js';
import { begin, resumed, untilRead, write } from './serving.js';
import { COMPLETE, DELTAS, type Source } from './Source.js';
import { comes, eitherOf, interrupted, type Law } from './Law.js';
import type { Trial } from './Trial.js';

/** The behaviour of a connection after some bytes: it breaks, ends in good order, or is silent. */
const ENDINGS = ['reset', 'end', 'silence'] as const;

type Ending = (typeof ENDINGS)[number];

/** Milliseconds of silence that are too many for a model. */
const SILENCE = 250;

/** The part of an answer that was sent. */
interface Sent {
  readonly bytes: number;
  /** The first frame was. */
  readonly isOpen: boolean;
  /** All but the end of the first frame. */
  readonly isAlmostOpen: boolean;
  /** The text of the deltas whose frames were. */
  readonly text: string;
  /** The frame that makes the answer whole: the last delta, or where a server of ours says so. */
  readonly isWhole: boolean;
  /** The words of it, if not its end. */
  readonly isSaid: boolean;
}

function describe(source: Source, frames: readonly string[], bytes: number): Sent {
  const sent = Buffer.from(frames.join('')).subarray(0, bytes).toString();
  const ends = frames.map((_, at) => Buffer.byteLength(frames.slice(0, at + 1).join('')));
  const count = ends.filter((end) => end <= bytes).length;
  const whole = frames.slice(0, count).join('');
  const last =
    source.reader === 'page' ? 'event:complete\ndata:{"completion":{"finishReason":"stop","attempts":[]}}' : ':30}';
  return {
    bytes,
    isOpen: count > 0,
    isAlmostOpen: bytes >= (ends[0] ?? 0) - 1,
    text: DELTAS.filter((delta) => whole.includes(JSON.stringify(delta).slice(1, -1))).join(''),
    isWhole: whole.includes(last),
    isSaid: sent.includes(last),
  };
}

/** The connection's own error, where an answer has not begun. */
const unbegun = comes(/^(TypeError: terminated|Error: Premature close)/);

function lawOf(source: Source, ending: Ending, sent: Sent): Law {
  const complete = comes(COMPLETE);
  if (sent.isWhole) return complete;
  if (source.resumes) {
    if (sent.isOpen) return complete;
    const lost = interrupted('', /^$/);
    return sent.isAlmostOpen ? eitherOf(lost, complete) : lost;
  }
  // A reset may take with it what was sent.
  const least = ending === 'reset' ? '' : sent.text;
  if (source.reader === 'page') {
    const lost = interrupted(least, /^$/);
    return sent.isSaid ? eitherOf(lost, complete) : lost;
  }
  if (ending === 'silence') return comes(/^IdleTimeoutError: /);
  const laws = [
    interrupted(least, source.reader === 'package' ? /^( <- \w+)?$/ : /^ <- \w+$/),
    ...(sent.isSaid && ending === 'end' ? [complete] : []),
  ];
  if (ending === 'reset' && source.reader === 'own' && sent.bytes === 0) return unbegun;
  // Before the SDK has given us anything, half of an event is an error of its own as well.
  if (source.reader === 'iteration' && !sent.isOpen) return eitherOf(...laws, unbegun, comes(/^SyntaxError: /));
  if (source.reader === 'iteration' && ending === 'reset' && sent.text === '') return eitherOf(...laws, unbegun);
  // Before a package has told us anything of an answer, the error is the connection's own.
  if (ending === 'reset' && source.reader === 'package' && sent.text === '')
    return eitherOf(...laws, unbegun, comes(/^AI_APICallError: /));
  return eitherOf(...laws);
}

function cut(source: Source, answer: Buffer, ending: Ending): Behaviour {
  return resumed(source, async (response) => {
    begin(response, source);
    await write(response, answer);
    if (ending === 'end') response.end();
    else if (ending === 'reset') {
      await untilRead();
      response.destroy();
    }
  });
}

/** The answer of a source, cut after every `step` bytes, in each way. */
export function cutsOf(source: Source, step: number): readonly Trial[] {
  const frames = source.say(DELTAS);
  const answer = Buffer.from(frames.join(''));
  const places = Array.from({ length: Math.ceil(answer.length / step) }, (_, at) => at * step);
  return ENDINGS.flatMap((ending) =>
    places.map((bytes): Trial => ({
      source,
      kind: `cut: ${ending}`,
      name: `${ending} after ${bytes} bytes`,
      serve: cut(source, answer.subarray(0, bytes), ending),
      law: lawOf(source, ending, describe(source, frames, bytes)),
      ...(ending === 'silence' && { idleTimeout: SILENCE, isAborted: source.resumes !== true }),
    })),
  );
}
