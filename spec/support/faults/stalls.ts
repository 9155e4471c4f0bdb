import type { ServerResponse } from 'node:http';
import type { Behaviour } from './FaultServer.js';
import { begin, resumed, write } from './serving.js';
import { COMPLETE, DELTAS, type Source } from './Source.js';
import { comes, type Law } from './Law.js';
import type { Trial } from './Trial.js';
import { PAGE_SILENCE } from './sources.js';

/** Milliseconds of silence that are too many for a model. */
const IDLE = 300;
/** Milliseconds between two keep-alives, and between two frames of a slow server. */
const PAUSE = 60;

/** A place in a response at which the server falls silent. */
interface Stage {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** The answer is whole there. */
  readonly isWhole: boolean;
}

/** The places in the frames of a source; the one before the headers has none. */
function stagesOf(source: Source): readonly Stage[] {
  const frames = source.say(DELTAS);
  const first = frames.findIndex((frame) => frame.includes('Än')) + 1;
  const last = frames.findIndex((frame) => frame.includes(':30}')) + 1;
  const stage = (name: string, count: number, isWhole: boolean): Stage => ({
    name,
    before: frames.slice(0, count).join(''),
    after: frames.slice(count).join(''),
    isWhole,
  });
  return [
    stage('after the headers', 0, false),
    stage('after the first delta', first, false),
    // A server of ours says when the answer is whole.
    stage('after the last delta', last, source.reader !== 'page'),
    stage('after the last frame', frames.length, true),
  ];
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Frames that hold a connection open, and say nothing. */
function keepAlivesOf({ protocol }: Source): Readonly<Record<string, string>> {
  const lines = { 'empty lines': '\n' };
  if (protocol === 'ollama') return lines;
  const named = (data: { readonly type: string }): string => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
  return {
    ...lines,
    comments: ': ping\n\n',
    ...(protocol === 'messages' && { pings: named({ type: 'ping' }) }),
    ...(protocol === 'responses' && { keepalives: named({ type: 'keepalive' }) }),
  };
}

/** Nothing but keep-alives, for so long. */
async function keepAlive(response: ServerResponse, frame: string, ms: number): Promise<void> {
  for (let waited = 0; waited < ms && !response.destroyed; waited += PAUSE) {
    await pause(PAUSE);
    await write(response, frame);
  }
}

/** The law of a silence that does not end. */
function lawOf(source: Source, isWhole: boolean, isOpen: boolean): Law {
  if (isWhole || (source.resumes && isOpen)) return comes(COMPLETE);
  return comes(
    source.reader === 'page'
      ? /^IncompleteCompletionError interrupted /
      : /^IdleTimeoutError: No chunk came for 300 ms/,
  );
}

/** A response whose parts are sent by this function. */
const respond = (source: Source, send: (response: ServerResponse) => Promise<void>): Behaviour =>
  resumed(source, async (response) => {
    begin(response, source);
    await send(response);
  });

/** Silence at every stage of a response, with and without keep-alives. */
export function stallsOf(source: Source): readonly Trial[] {
  const stall = (name: string, serve: Behaviour, law: Law, more: Partial<Trial> = {}): Trial => ({
    source,
    kind: 'stall',
    name,
    serve,
    law,
    idleTimeout: IDLE,
    ...more,
  });
  const stages = stagesOf(source);
  const aborted = { isAborted: source.resumes !== true };
  const [, second = ''] = DELTAS;
  const whole = Buffer.from(source.say(DELTAS).join(''));
  const inside = whole.indexOf(second.slice(0, 1)) + 1;

  return [
    stall(
      'before the headers',
      resumed(source, () => undefined),
      lawOf(source, false, false),
      aborted,
    ),
    stall(
      'between two bytes of a character',
      respond(source, (response) => write(response, whole.subarray(0, inside))),
      lawOf(source, false, true),
      aborted,
    ),
    ...stages.map(({ name, before, isWhole }) =>
      stall(
        name,
        respond(source, (response) => write(response, before)),
        lawOf(source, isWhole, before !== ''),
        aborted,
      ),
    ),
    ...Object.entries(keepAlivesOf(source)).flatMap(([what, frame]) => [
      ...stages.flatMap(({ name, before, after, isWhole }) => {
        // They are a sign of life to a page, whose server sends nothing else while its model thinks.
        const isAlive = source.reader === 'page';
        return [
          stall(
            `${name}, with ${what}`,
            respond(source, async (response) => {
              await write(response, before);
              await keepAlive(response, frame, isAlive ? PAGE_SILENCE * 1.5 : IDLE * 4);
              await write(response, after);
              response.end();
            }),
            isAlive ? comes(COMPLETE) : lawOf(source, isWhole, true),
            isAlive ? {} : aborted,
          ),
          stall(
            `${name} for a moment, with ${what}`,
            respond(source, async (response) => {
              await write(response, before);
              await keepAlive(response, frame, PAUSE * 2);
              await write(response, after);
              response.end();
            }),
            comes(COMPLETE),
          ),
        ];
      }),
    ]),
    stall(
      'a pause before every frame',
      respond(source, async (response) => {
        for (const frame of source.say([...DELTAS, ...Array.from({ length: 9 }, () => ' ')])) {
          await pause(PAUSE);
          await write(response, frame);
        }
        response.end();
      }),
      comes(COMPLETE),
    ),
  ];
}
