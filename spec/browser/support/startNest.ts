import { join } from 'node:path';
import { startProgram, type Program } from './startProgram.js';

export interface Nest extends Program {
  readonly url: string;
  /** The answer of `/api/health`. */
  health(): Promise<{ readonly instance: number; readonly underWay: number }>;
}

interface NestConfig {
  /** The address of the model server. */
  readonly model: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly execArgv?: readonly string[];
}

/** The back end of `examples/nest`, as built, on a port of its own. */
export async function startNest({ model, env, execArgv = [] }: NestConfig): Promise<Nest> {
  const main = join(import.meta.dirname, '../../../examples/nest/dist/main.js');
  const program = await startProgram(process.execPath, [...execArgv, main], {
    ready: /"url":"([^"]+)".*"msg":"ready"/,
    env: { PORT: '0', OPENAI_API_KEY: 'none needed', OPENAI_BASE_URL: model, RATE_LIMIT: '100000', ...env },
  });
  const url = program.ready;
  return {
    ...program,
    url,
    health: async () => (await (await fetch(`${url}/api/health`)).json()) as Awaited<ReturnType<Nest['health']>>,
  };
}
