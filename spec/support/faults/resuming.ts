import type { Behaviour } from './FaultServer.js';
import { begin, untilRead, write } from './serving.js';
import { COMPLETE, DELTAS, type Source } from './Source.js';
import { comes, type Law } from './Law.js';
import type { Trial } from './Trial.js';

/** So many frames of what is left of an answer, and then the connection is lost. */
const lose =
  (source: Source, count: number): Behaviour =>
  async (response, { lastEventId }) => {
    begin(response, source);
    for (const frame of source.say(DELTAS, Number(lastEventId ?? 0)).slice(0, count)) await write(response, frame);
    await untilRead();
    response.destroy();
  };

/** All that is left of an answer, after as many events as the client says. */
const rest =
  (source: Source): Behaviour =>
  async (response, { lastEventId }) => {
    begin(response, source);
    for (const frame of source.say(DELTAS, Number(lastEventId ?? 0))) await write(response, frame);
    response.end();
  };

const say =
  (status: number): Behaviour =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end('{"message":"Nope"}');
  };

/** What a server may do to a client that comes back. */
export function resumingOf(source: Source): readonly Trial[] {
  if (source.resumes !== true) return [];
  const isRight = comes(COMPLETE);
  const lost = comes(/^IncompleteCompletionError interrupted "\{\\"name\\":\\"Än"$/);
  const first = lose(source, 2);
  const trial = (name: string, behaviours: readonly Behaviour[], law: Law, requests: number): Trial => ({
    source,
    kind: 'resuming',
    name,
    serve: (response, arrival, nth) => behaviours[Math.min(nth, behaviours.length - 1)]?.(response, arrival, nth),
    law,
    requests,
  });
  return [
    trial('a connection for each event', [first], isRight, 4),
    trial(
      'the answer from its beginning, which is no answer to what was asked',
      [first, serveAnew(source)],
      comes(/^SseError: The server was asked to go on/),
      2,
    ),
    trial('events that had come, again', [first, repeat(source)], isRight, 2),
    ...[408, 425, 429, 500, 502, 503, 504].flatMap((status) => [
      trial(`${status} for a while`, [first, say(status), say(status), rest(source)], isRight, 4),
      trial(`${status} for ever`, [first, say(status)], lost, 4),
    ]),
    ...[400, 401, 403, 404, 409, 410].map((status) => trial(`${status}`, [first, say(status), rest(source)], lost, 2)),
    trial('204', [first, (response) => void response.writeHead(204).end(), rest(source)], lost, 2),
    trial('a connection that breaks at once', [first, (response) => void response.destroy(), rest(source)], isRight, 3),
    trial('silence before the headers', [first, () => undefined, rest(source)], isRight, 3),
    trial(
      'silence after the headers',
      [
        first,
        (response) => {
          begin(response, source);
        },
        rest(source),
      ],
      isRight,
      3,
    ),
    trial('nothing new for ever', [first, lose(source, 1)], lost, 4),
    trial(
      'a page',
      [first, (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
      comes(/^SseError: The server sent text\/html/),
      2,
    ),
  ];
}

/** The whole answer, though only the rest was asked for. */
function serveAnew(source: Source): Behaviour {
  return async (response) => {
    begin(response, source);
    for (const frame of source.say(DELTAS)) await write(response, frame);
    response.end();
  };
}

/** The rest of the answer, and before it the events that came before. */
function repeat(source: Source): Behaviour {
  return async (response, { lastEventId }) => {
    begin(response, source);
    const [opening = '', ...others] = source.say(DELTAS, Number(lastEventId ?? 0));
    const events = source.say(DELTAS).slice(1, 1 + Number(lastEventId ?? 0));
    for (const frame of [opening, ...events, ...others]) await write(response, frame);
    response.end();
  };
}
