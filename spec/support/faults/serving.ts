import type { ServerResponse } from 'node:http';
import type { Behaviour } from './FaultServer.js';
import { DELTAS, type Source } from './Source.js';

/** A part of a response's body. */
export type Frame = string | Uint8Array;

/** Milliseconds in which a client has certainly read what was sent: a reset takes with it what was not read. */
const READING = 12;

/** Waits until what was sent has been read. */
export const untilRead = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, READING));

/** Sends a frame; it has left this process when the promise is kept, and the client has had a turn. */
export async function write(response: ServerResponse, frame: Frame): Promise<void> {
  if (response.destroyed || frame.length === 0) return;
  await new Promise<void>((written) => {
    response.write(frame, () => {
      written();
    });
  });
  await new Promise((next) => setImmediate(next));
}

/** The head of a response that is a stream of this source. */
export function begin(response: ServerResponse, { protocol }: Source): void {
  const type = protocol === 'ollama' ? 'application/x-ndjson' : 'text/event-stream';
  // Not `connection: close`: with it undici takes a reset for the end.
  response.writeHead(200, { 'content-type': type });
  response.flushHeaders();
}

/** Sends these frames, each on its own, and ends. */
export function serve(source: Source, frames: readonly Frame[]): Behaviour {
  return resumed(source, async (response) => {
    begin(response, source);
    for (const frame of frames) await write(response, frame);
    response.end();
  });
}

/** What a source that resumes gets when it comes back: the rest of the right answer. */
export function resumed(source: Source, first: Behaviour): Behaviour {
  return async (response, arrival, nth) => {
    if (nth === 0 || source.protocol !== 'sse') return first(response, arrival, nth);
    begin(response, source);
    for (const frame of source.say(DELTAS, Number(arrival.lastEventId ?? 0))) await write(response, frame);
    response.end();
  };
}
