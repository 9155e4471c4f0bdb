import { freePort } from './freePort.js';
import { startProgram, type Program } from './startProgram.js';

export interface Redis extends Program {
  readonly url: string;
}

/** A real Redis that keeps nothing on the disk. */
export async function startRedis(): Promise<Redis> {
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const program = await startProgram('redis-server', args, { ready: /Ready to accept connections/ });
  return { ...program, url: `redis://127.0.0.1:${port}` };
}
