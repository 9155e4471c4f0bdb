import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { CompletionModel } from '../../../lib/completions/CompletionModel.js';
import { toolModels } from '../toolModels.js';
import { providers, type UserMessage } from '../providers.js';
import { outcomeOf } from './Fault.js';

/** What a connection does after some bytes: it breaks, ends in good order, or is silent. */
const ENDINGS = ['reset', 'end', 'silence'] as const;

/** Milliseconds of silence that are too many. */
const SILENCE = 250;

type Ending = (typeof ENDINGS)[number];

/** A model over HTTP, and an answer of its server. */
interface Source {
  readonly name: string;
  readonly model: (url: string) => CompletionModel<UserMessage>;
  readonly answer: Buffer;
  /** The end of an event. */
  readonly between: string;
}

/** The outcome of one cut. */
export interface Cut {
  readonly api: string;
  /** One of the clients that the library reads itself, whose errors are known. */
  readonly isOwn: boolean;
  readonly ending: Ending;
  readonly bytes: number;
  /** Whether the cut is between two events. */
  readonly isBetween: boolean;
  /** Something that the model said had been sent. */
  readonly isBegun: boolean;
  /** All that the model had said had been sent. */
  readonly isWhole: boolean;
  readonly comes: string;
}

/** Sends as many bytes of an answer as the path says, and ends as it says. */
function startServer(): Promise<Server> {
  const server = createServer((request, response) => {
    const [, nth, ending, bytes] = (request.url ?? '').split('/');
    request.resume();
    // Not `connection: close`: with it undici takes a reset for the end.
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    response.write(sources[Number(nth)]?.answer.subarray(0, Number(bytes)) ?? '', () => {
      if (ending === 'end') response.end();
      // The bytes must be read before the reset, or they are lost with it.
      else if (ending === 'reset') setTimeout(() => response.destroy(), 3);
    });
    if (Number(bytes) === 0 && ending === 'reset') setTimeout(() => response.destroy(), 3);
  });
  server.listen(0, '127.0.0.1');
  return once(server, 'listening').then(() => server);
}

/** Characters of two, three and four bytes, so that cuts fall inside them. */
const DELTAS = ['{"name":"Än', '€🎉","age"', ':30}'];
const COMPLETE = 'Complete {"name":"Än€🎉","age":30}';

const sources: readonly Source[] = [
  ...providers.map(({ name, wire, model }) => ({
    name,
    model,
    answer: Buffer.from(wire({ text: DELTAS, finish: 'stop' }).join('')),
    between: '\n\n',
  })),
  ...toolModels
    .filter(({ name, answersByCall }) => answersByCall !== true && !providers.some((each) => each.name === name))
    .map(({ name, make, wire }) => {
      const answer = Buffer.from(wire({ text: DELTAS }).join(''));
      return { name, model: make, answer, between: answer.includes('\n\n') ? '\n\n' : '\n' };
    }),
];

/** The answers of every API and package, cut after every `step` bytes in each way; those of packages nine times as rarely. */
export async function* cutsOf(step: number): AsyncGenerator<Cut> {
  const server = await startServer();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    for (const [nth, source] of sources.entries()) {
      const every = nth < providers.length ? step : step * 9;
      const jobs = ENDINGS.flatMap((ending) =>
        Array.from({ length: Math.floor(source.answer.length / every) + 1 }, (_, at) => ({
          ending,
          bytes: at * every,
        })),
      );
      for (let at = 0; at < jobs.length; at += 32)
        yield* await Promise.all(
          jobs
            .slice(at, at + 32)
            .map(({ ending, bytes }) => cutOnce(source, `${url}/${nth}/${ending}/${bytes}`, ending, bytes)),
        );
    }
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function cutOnce(
  { name, model, answer, between }: Source,
  url: string,
  ending: Ending,
  bytes: number,
): Promise<Cut> {
  const sent = answer.subarray(0, bytes).toString();
  const events = sent.slice(0, sent.lastIndexOf(between) + 1);
  return {
    api: name,
    isOwn: providers.some((each) => each.name === name),
    ending,
    bytes,
    isBetween: sent.endsWith(between),
    isBegun: events.includes('Än'),
    isWhole: events.includes(':30}'),
    comes: await outcomeOf(model(url), 0, ending === 'silence' ? SILENCE : undefined),
  };
}

/** Why this must not come of a cut, if it must not. */
export function problemOfCut({ isOwn, ending, isBegun, isWhole, comes, bytes }: Cut): string | undefined {
  if (comes === COMPLETE) return undefined;
  if (ending === 'silence') return comes.startsWith('IdleTimeoutError: ') ? undefined : comes;
  // A package of the AI SDK may swallow the reason.
  const interrupted = isOwn
    ? /^IncompleteCompletionError interrupted ".*" <- \w+$/
    : /^IncompleteCompletionError interrupted ".*"/;
  if (!isWhole && interrupted.test(comes)) return undefined;
  // Before an answer has begun the error of the client is told as it is. Our own readers know that from the first byte.
  if (isOwn) return bytes === 0 && /^(TypeError: terminated|Error: Premature close)/.test(comes) ? undefined : comes;
  return !isBegun && /^(TypeError: terminated|AI_APICallError: )/.test(comes) ? undefined : comes;
}
