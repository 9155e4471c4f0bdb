import type { ServerResponse } from 'node:http';
import type { Behaviour } from './FaultServer.js';
import { begin, resumed, write } from './serving.js';
import { COMPLETE, DELTAS, type Protocol, type Source } from './Source.js';
import { comes, eitherOf, namesStatus, type Law } from './Law.js';
import type { Trial } from './Trial.js';

const STATUSES = [400, 401, 403, 404, 408, 409, 413, 422, 429, 500, 502, 503, 504, 529];

/** Statuses after which the SDKs of OpenAI and Anthropic ask again, where they may. */
const REPEATED = [408, 409, 429, 500, 502, 503, 504, 529];

/** Milliseconds that a body may stall. */
const IDLE = 300;

const PAGE = '<!DOCTYPE html><title>Nope</title>';

/** The body with which the server of this API says why it failed. */
function writeFailure(protocol: Protocol, message: string, status: number): string {
  const bodies: Readonly<Record<Protocol, object>> = {
    chat: { error: { message, type: 'some_error', code: null, param: null } },
    responses: { error: { message, type: 'some_error', code: null, param: null } },
    messages: { type: 'error', error: { type: 'some_error', message } },
    gemini: { error: { code: status, message, status: 'SOME_ERROR' } },
    ollama: { error: message },
    sse: { message },
  };
  return JSON.stringify(bodies[protocol]);
}

const say =
  (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Behaviour =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };

/** The head of a response, and half of its body. */
async function sayHalf(response: ServerResponse, status: number, body: string): Promise<void> {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length });
  await write(response, body.slice(0, body.length / 2));
}

const isRight = comes(COMPLETE);

/** Every status with every kind of body. */
function failuresOf(source: Source): readonly Trial[] {
  // A page keeps what the server said in `body`; the package for Ollama expects another form of errors than Ollama's.
  const told = source.reader === 'page' || source.name.startsWith('ollama-ai-provider') ? '' : 'Nope';
  return STATUSES.flatMap((status) => {
    const failure = writeFailure(source.protocol, 'Nope', status);
    const fail = (name: string, serve: Behaviour, law: Law, more: Partial<Trial> = {}): Trial => ({
      source,
      kind: 'status',
      name: `${status} with ${name}`,
      serve,
      law,
      requests: 1,
      // Not asked again, though another attempt is allowed.
      retries: 1,
      ...more,
    });
    const law = namesStatus(status);
    return [
      fail('an error', say(status, failure), namesStatus(status, told)),
      fail('a page', say(status, PAGE, { 'content-type': 'text/html' }), law),
      fail('nothing', say(status, ''), law),
      fail('an error of 1 MB', say(status, writeFailure(source.protocol, 'x'.repeat(1e6), status)), law),
      fail('a page of 1 MB', say(status, `${PAGE}${'x'.repeat(1e6)}`, { 'content-type': 'text/html' }), law),
      fail(
        'half of an error',
        async (response) => {
          await sayHalf(response, status, failure);
          response.destroy();
        },
        law,
      ),
      fail(
        'an error that stalls',
        (response) => sayHalf(response, status, failure),
        eitherOf(comes(/^IdleTimeoutError: /), law),
        {
          idleTimeout: IDLE,
          isAborted: true,
        },
      ),
      ...(status === 429
        ? [
            fail(
              'an error, and when to ask again',
              say(status, failure, { 'retry-after': '1' }),
              namesStatus(status, told),
            ),
          ]
        : []),
    ];
  });
}

/** Statuses after which the client may ask again by itself, once. */
function repeatsOf(source: Source): readonly Trial[] {
  if (source.reader === 'page') return [];
  return STATUSES.map((status): Trial => {
    const isRepeated =
      ['own', 'iteration'].includes(source.reader) && source.protocol !== 'ollama' && REPEATED.includes(status);
    return {
      source,
      kind: 'status',
      name: `${status}, then an answer, where the client may ask again`,
      serve: async (response, arrival, nth) => {
        const failure = writeFailure(source.protocol, 'Nope', status);
        if (nth === 0) return say(status, failure, { 'retry-after-ms': '5' })(response, arrival, nth);
        begin(response, source);
        for (const frame of source.say(DELTAS)) await write(response, frame);
        response.end();
      },
      requestOptions: { maxRetries: 1 },
      law: isRepeated ? isRight : namesStatus(status),
      requests: isRepeated ? 2 : 1,
    };
  });
}

/** Good statuses that are no answer, and redirections. */
function othersOf(source: Source): readonly Trial[] {
  const other = (name: string, serve: Behaviour, law: Law, more: Partial<Trial> = {}): Trial => ({
    source,
    kind: 'status',
    name,
    serve,
    law,
    ...more,
  });
  const { protocol } = source;
  const stream = protocol === 'ollama' ? 'application/x-ndjson' : 'text/event-stream';
  const failure = writeFailure(protocol, 'Nope', 400);
  /** The law of a body that is no stream: packages and iterations tell nothing of it. */
  const wrong = comes(
    {
      own: /^ProviderError: .*(Nope|No event came)/,
      iteration: /^IncompleteCompletionError interrupted "" <- Error$/,
      package: /^IncompleteCompletionError interrupted "" <- Error$/,
      page: /^SseError: The server sent (application\/json|text\/html) instead of text\/event-stream\.$/,
    }[source.reader],
  );
  /** The same where the server calls it a stream. */
  const wrongStream = source.reader === 'page' ? comes('IncompleteCompletionError interrupted ""') : wrong;
  /** A stream in which nothing comes has been interrupted. */
  const emptyStream = comes(/^IncompleteCompletionError interrupted ""/);
  const redirected =
    (status: number, rest: Behaviour): Behaviour =>
    (response, arrival, nth) => {
      if (!arrival.path.endsWith('/there')) {
        response.writeHead(status, { location: `${arrival.root}/there` });
        response.end();
        return;
      }
      return rest(response, arrival, nth);
    };
  return [
    other('200 with an error', say(200, failure), wrong),
    other('200 with an error in a stream', say(200, failure, { 'content-type': stream }), wrongStream),
    other('200 with a page', say(200, PAGE, { 'content-type': 'text/html' }), wrong),
    other('200 with a page in a stream', say(200, PAGE, { 'content-type': stream }), wrongStream),
    other('200 with a page of 1 MB', say(200, `${PAGE}${'x'.repeat(1e6)}`, { 'content-type': 'text/html' }), wrong),
    other('200 with nothing', say(200, ''), wrong),
    other('200 with an empty stream', say(200, '', { 'content-type': stream }), emptyStream),
    other(
      '204',
      (response) => void response.writeHead(204).end(),
      source.reader === 'iteration'
        ? comes(/Error: Attempted to iterate over a response with no body$/)
        : namesStatus(204),
    ),
    other('304', (response) => void response.writeHead(304).end(), namesStatus(304)),
    other('302 to nowhere', say(302, ''), namesStatus(302)),
    ...[301, 302, 303].map((status) =>
      other(`${status} to a page`, redirected(status, say(200, PAGE, { 'content-type': 'text/html' })), wrong, {
        requests: 2,
        isAlone: true,
      }),
    ),
    ...[307, 308].map((status) =>
      other(
        `${status} to the answer`,
        redirected(
          status,
          resumed(source, async (response) => {
            begin(response, source);
            for (const frame of source.say(DELTAS)) await write(response, frame);
            response.end();
          }),
        ),
        isRight,
        { requests: 2, isAlone: true },
      ),
    ),
    other(
      '302 in a circle',
      (response, arrival) => {
        response.writeHead(302, { location: `${arrival.root}/there` });
        response.end();
      },
      comes(/^\w*Error: /),
      { requests: 21, isAlone: true },
    ),
  ];
}

/** Every status that is not an answer. */
export function statusesOf(source: Source): readonly Trial[] {
  return [...failuresOf(source), ...repeatsOf(source), ...othersOf(source)];
}
