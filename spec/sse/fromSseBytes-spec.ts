import { expect } from 'chai';
import * as t from 'io-ts';
import { lastValueFrom, map, materialize, toArray } from 'rxjs';
import { fromSse } from '../../lib/sse/index.js';

const codec = t.type({ a: t.number });
const text = 'id:1\ndata:"{\\"a\\":1}"\n\n';
const complete = 'id:2\nevent:complete\ndata:{"completion":{}}\n\n';
const invalid =
  'id:2\nevent:invalid\ndata:{"tag":"InvalidValue","message":"no","path":["a"],"attempt":1,"retriesLeft":0}\n\n';

/** The notifications of an answer whose connections bring these bodies, each in one piece; at last a 204. */
function seen(...bodies: readonly string[]): Promise<readonly string[]> {
  let connections = 0;
  const fetch = (): Promise<Response> => {
    const body = bodies[connections++];
    if (body === undefined) return Promise.resolve(new Response(null, { status: 204 }));
    return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
  };
  const answers = fromSse('http://server.test/', { codec, fetch }).pipe(
    materialize(),
    map(({ kind, value, error }) => {
      if (kind === 'E') return error instanceof Error ? error.name : String(error);
      if (value === undefined) return 'end';
      return value._tag === 'Left' ? `Left ${value.left.message}` : value.right._tag;
    }),
    toArray(),
  );
  return lastValueFrom(answers, { defaultValue: [] });
}

describe('fromSse, however the bytes arrive', () => {
  it('law 14: does not look behind the end of the answer, though the same piece brings more', async () => {
    expect(await seen(`${text}${complete}data:7\n\n`)).to.deep.equal(['Partial', 'Complete', 'end']);
  });

  it('law 11: shows what came before an event that is not an answer’s, in one piece as in many', async () => {
    expect(await seen(`${text}data:7\n\n`)).to.deep.equal(['Partial', 'SseError']);
  });

  it('reads lines that end in a carriage return alone, the last one as well', async () => {
    const bytes = `${text}${complete}`.replaceAll('\n', '\r');
    expect(await seen(bytes)).to.deep.equal(['Partial', 'Complete', 'end']);
  });

  it('ends with the last Left where the connection is lost after it, and the server has nothing more to send', async () => {
    const begin = 'id:0\nevent:begin\ndata:{"retry":1}\n\n';
    expect(await seen(`${begin}${text}${invalid}`)).to.deep.equal(['Partial', 'Left no', 'end']);
  });

  it('is interrupted where attempts were left', async () => {
    const begin = 'id:0\nevent:begin\ndata:{"retry":1}\n\n';
    const rejected = invalid.replace('"retriesLeft":0', '"retriesLeft":1');
    expect(await seen(`${begin}${text}${rejected}`)).to.deep.equal(['Partial', 'Left no', 'IncompleteCompletionError']);
  });
});
