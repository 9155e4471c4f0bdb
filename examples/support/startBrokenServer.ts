import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that speaks OpenAI's protocol, and breaks off in the middle of every answer. */
export async function startBrokenServer(): Promise<{ readonly url: string; readonly stop: () => void }> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const chunk = { id: '1', model: 'm', choices: [{ index: 0, delta: { content: '{"name":"John","a' } }] };
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
    setTimeout(() => response.destroy(), 200);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, stop: () => void server.close() };
}
