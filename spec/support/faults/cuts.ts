import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { providers, type Provider } from '../providers.js';
import { outcomeOf } from './Fault.js';

/** How a connection ends after some bytes: broken, or in good order. */
export type Ending = 'reset' | 'end';

/** The outcome of one cut. */
export interface Cut {
  readonly api: string;
  readonly ending: Ending;
  readonly bytes: number;
  /** Whether the cut is between two events. */
  readonly isBetween: boolean;
  /** All that the model had said had been sent. */
  readonly isWhole: boolean;
  readonly comes: string;
}

/** Sends as many bytes of an answer as the path says, and ends as it says. */
function startServer(answers: ReadonlyMap<string, Buffer>): Promise<Server> {
  const server = createServer((request, response) => {
    const [, name = '', ending, bytes] = (request.url ?? '').split('/');
    request.resume();
    // Not `connection: close`: with it undici takes a reset for the end.
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    response.write(answers.get(name)?.subarray(0, Number(bytes)) ?? '', () => {
      if (ending === 'end') response.end();
      // The bytes must be read before the reset, or they are lost with it.
      else setTimeout(() => response.destroy(), 3);
    });
    if (Number(bytes) === 0 && ending === 'reset') setTimeout(() => response.destroy(), 3);
  });
  server.listen(0, '127.0.0.1');
  return once(server, 'listening').then(() => server);
}

const DELTAS = ['{"name":"A', 'nn","age"', ':30}'];

/** The answer of a provider, cut after every `step` bytes. */
export async function* cutsOf(step: number): AsyncGenerator<Cut> {
  const answers = new Map(
    providers.map(({ name, wire }) => [name, Buffer.from(wire({ text: DELTAS, finish: 'stop' }).join(''))]),
  );
  const server = await startServer(answers);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    for (const provider of providers) {
      const answer = answers.get(provider.name) ?? Buffer.of();
      const jobs = (['reset', 'end'] as const).flatMap((ending) =>
        Array.from({ length: Math.floor(answer.length / step) + 1 }, (_, at) => ({ ending, bytes: at * step })),
      );
      for (let at = 0; at < jobs.length; at += 16)
        yield* await Promise.all(
          jobs.slice(at, at + 16).map(({ ending, bytes }) => cutOnce(provider, url, answer, ending, bytes)),
        );
    }
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function cutOnce(
  { name, model }: Provider,
  url: string,
  answer: Buffer,
  ending: Ending,
  bytes: number,
): Promise<Cut> {
  const sent = answer.subarray(0, bytes).toString();
  return {
    api: name,
    ending,
    bytes,
    isBetween: sent.endsWith('\n\n'),
    isWhole: sent.slice(0, sent.lastIndexOf('\n\n') + 2).includes(':30}'),
    comes: await outcomeOf(model(`${url}/${name}/${ending}/${bytes}`), 0),
  };
}

/** Why this must not come of a cut, if it must not. */
export function problemOfCut({ isWhole, comes, bytes }: Cut): string | undefined {
  if (comes === 'Complete {"name":"Ann","age":30}') return undefined;
  const isInterrupted = /^IncompleteCompletionError interrupted ".*" <- \w+$/.test(comes);
  // Before the first byte no answer had begun: what fails is told as it is.
  if (!isWhole && (isInterrupted || (bytes === 0 && /^(TypeError: terminated|Error: Premature close)/.test(comes))))
    return undefined;
  return comes;
}
