import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A request as the server saw it. */
export interface SeenRequest {
  readonly body: unknown;
  readonly options: { readonly session?: string };
}

/** The server beside the recordings, in a process of its own. */
export class ReplayServer {
  readonly #process: ChildProcess;
  readonly #url: string;

  constructor(process: ChildProcess, url: string) {
    this.#process = process;
    this.#url = url;
  }

  static async start(directory: string): Promise<ReplayServer> {
    const child = spawn(process.execPath, [join(directory, 'replay-server.mjs'), '--dir', directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /^listening (\S+)/.exec(line)?.[1];
      if (url !== undefined) return new ReplayServer(child, url);
    }
    throw new Error('The replay server ended before it listened.');
  }

  /** The base URL under which these files are served, one per request. */
  baseUrl(files: readonly string[], options: string): string {
    const list = files.map((file) => file.replace(/\.sse$/, '').replaceAll('/', '~')).join(',');
    return `${this.#url}/s/${encodeURIComponent(list)}${options === '' ? '' : `/o/${encodeURIComponent(options)}`}`;
  }

  async requests(session: string): Promise<readonly SeenRequest[]> {
    const response = await fetch(`${this.#url}/__log`);
    const seen = (await response.json()) as readonly SeenRequest[];
    return seen.filter(({ options }) => options.session === session);
  }

  async stop(): Promise<void> {
    this.#process.kill();
    await once(this.#process, 'exit');
  }
}
