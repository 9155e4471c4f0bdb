import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Behaviour } from './FaultServer.js';
import { comes, eitherOf, interrupted, type Law } from './Law.js';
import { resumed, serve, untilRead, type Frame } from './serving.js';
import { COMPLETE, DELTAS, type Source } from './Source.js';
import type { Trial } from './Trial.js';

const isRight = comes(COMPLETE);
/** Milliseconds of silence that are too many for a model. */
const IDLE = 500;
const NEWLINE = '\r\n';

const join = (...parts: readonly Frame[]): Buffer => Buffer.concat(parts.map((part) => Buffer.from(part)));

/** The head of a response as it stands on the wire. */
const writeHead = (source: Source, headers: Readonly<Record<string, string | number>>): string => {
  const type = source.protocol === 'ollama' ? 'application/x-ndjson' : 'text/event-stream';
  const all = Object.entries({ 'content-type': type, ...headers }).map(([name, value]) => `${name}: ${value}`);
  return ['HTTP/1.1 200 OK', ...all, '', ''].join(NEWLINE);
};

/** A part of a body, with its size before it. */
const chunk = (part: Frame): Buffer => join(Buffer.byteLength(part).toString(16), NEWLINE, Buffer.from(part), NEWLINE);

const LAST = `0${NEWLINE}${NEWLINE}`;

/** Bytes on the wire, past everything that Node would do right; then the connection ends. */
const send = (source: Source, ...parts: readonly Frame[]): Behaviour =>
  resumed(source, async ({ socket }) => {
    for (const part of parts) {
      socket?.write(part);
      await untilRead();
    }
    socket?.end();
  });

const ENCODINGS = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync };

/** The law of a body that ends, or goes wrong, somewhere in the answer. */
function lawOfLoss(source: Source, least = ''): Law {
  if (source.resumes === true) return eitherOf(isRight, interrupted(least, /^$/));
  return eitherOf(
    interrupted(least, /^( <- \w+)?$/),
    // Before the answer has begun, the error is that of the connection.
    ...(least === '' ? [comes(/^(TypeError: terminated|SyntaxError: |AI_APICallError: Failed to process)/)] : []),
  );
}

/** The body in another encoding: whole, cut, and in none of what the headers say. */
function encodingsOf(source: Source, trial: MakeTrial): readonly Trial[] {
  const answer = source.say(DELTAS).join('');
  return Object.entries(ENCODINGS).flatMap(([encoding, encode]) => {
    const bytes = encode(answer);
    const head = writeHead(source, { 'content-encoding': encoding, 'transfer-encoding': 'chunked' });
    return [
      trial(encoding, send(source, head, chunk(bytes), LAST), isRight),
      trial(
        `${encoding}, cut in the middle`,
        send(source, head, chunk(bytes.subarray(0, bytes.length / 2)), LAST),
        lawOfLoss(source),
      ),
      // Node's fetch tells of it, or, by chance, nothing ever comes.
      trial(
        `${encoding} that it is not`,
        send(source, head, chunk(answer), LAST),
        eitherOf(lawOfLoss(source), comes(/^IdleTimeoutError: /)),
        IDLE,
      ),
    ];
  });
}

/** Bodies of another length than was said, and broken chunks. */
function lengthsOf(source: Source, trial: MakeTrial): readonly Trial[] {
  const frames = source.say(DELTAS);
  const answer = frames.join('');
  const begun = frames.slice(0, frames.findIndex((frame) => frame.includes('Än')) + 1).join('');
  const length = (more: number): string =>
    writeHead(source, { 'content-length': Buffer.byteLength(answer) + more, connection: 'close' });
  const chunked = writeHead(source, { 'transfer-encoding': 'chunked', connection: 'close' });
  const unsaid = writeHead(source, { connection: 'close' });
  return [
    trial('more was promised than the answer', send(source, length(50), answer), isRight),
    trial(
      'more was promised than half of the answer',
      send(source, length(50), begun),
      lawOfLoss(source, '{"name":"Än'),
    ),
    trial('less was promised, by what follows the answer', send(source, length(0), `${answer}\n\nmore`), isRight),
    trial('no length, and the end of the connection', send(source, unsaid, answer), isRight),
    trial('a broken chunk after the answer', send(source, chunked, chunk(answer), `zz${NEWLINE}`), isRight),
    trial(
      'a broken chunk in the answer',
      send(source, chunked, chunk(begun), `zz${NEWLINE}more${NEWLINE}`),
      lawOfLoss(source, '{"name":"Än'),
    ),
    trial('a broken chunk before the answer', send(source, chunked, `zz${NEWLINE}more${NEWLINE}`), lawOfLoss(source)),
    trial('no last chunk', send(source, chunked, chunk(answer)), isRight),
    ...['102 Processing', '103 Early Hints'].map((early) =>
      trial(
        `${early} before the answer`,
        send(source, `HTTP/1.1 ${early}${NEWLINE}${NEWLINE}`, chunked, chunk(answer), LAST),
        isRight,
      ),
    ),
  ];
}

/** The words around the same answer. */
function wordsOf(source: Source, trial: MakeTrial): readonly Trial[] {
  const frames = source.say(DELTAS);
  const chunked = { 'transfer-encoding': 'chunked', connection: 'close' };
  const typed = (type: string): Behaviour =>
    send(source, writeHead(source, { ...chunked, 'content-type': type }), chunk(frames.join('')), LAST);
  const ofOther =
    source.reader === 'page' ? comes(/^SseError: The server sent .* instead of text\/event-stream/) : isRight;
  const types = ['application/json', 'text/plain; charset=utf-8', 'application/octet-stream'];
  const others = types.map((type) => trial(`${type} for a type`, typed(type), ofOther));
  if (source.protocol === 'ollama') return others;
  return [
    ...others,
    trial('a type in capitals', typed('Text/Event-Stream; Charset=UTF-8'), isRight),
    trial(
      'no blank after the colon',
      serve(
        source,
        frames.map((frame) => frame.replaceAll(/^(\w+): /gm, '$1:')),
      ),
      isRight,
    ),
    trial(
      'a time to wait before every event',
      serve(
        source,
        frames.map((frame) => `retry: 9\n${frame}`),
      ),
      isRight,
    ),
    trial(
      'data in two lines',
      serve(
        source,
        frames.map((frame) => frame.replace(/^data: ?\{/m, 'data: {\ndata: ')),
      ),
      isRight,
    ),
    trial(
      'two blank lines after every event',
      serve(
        source,
        frames.map((frame) => `${frame}\n`),
      ),
      isRight,
    ),
    trial('no blank line at the end', serve(source, [frames.join('').trimEnd()]), isRight),
  ];
}

type MakeTrial = (name: string, serve: Behaviour, law: Law, idleTimeout?: number) => Trial;

/** The same answer in other frames: encodings, lengths, chunks and headers as no good server writes them. */
export function framingsOf(source: Source): readonly Trial[] {
  const trial: MakeTrial = (name, behave, law, idleTimeout) => ({
    ...{ source, kind: 'framing', name, serve: behave, law, idleTimeout },
    // Broken connections are not to be used again by another trial.
    isAlone: true,
  });
  return [...encodingsOf(source, trial), ...lengthsOf(source, trial), ...wordsOf(source, trial)];
}
