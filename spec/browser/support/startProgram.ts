import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Milliseconds. */
const READY_WITHIN = 20_000;

export interface Program {
  readonly process: ChildProcess;
  /** Every line of its output so far. */
  readonly lines: readonly string[];
  /** The text that matched in the line that said it is ready. */
  readonly ready: string;
  /** Ends it as an operator would, and resolves when it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

interface ProgramConfig {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The line that says it is ready; its first group is kept. */
  readonly ready: RegExp;
}

/** Runs a program of this machine's until it says that it is ready. */
export async function startProgram(
  command: string,
  args: readonly string[],
  { cwd, env, ready }: ProgramConfig,
): Promise<Program> {
  const child = spawn(command, args, {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const lines: string[] = [];
  const caught = new Promise<string>((resolve, reject) => {
    // One that never gets ready would keep the tests from ending.
    const limit = setTimeout(() => child.kill('SIGKILL'), READY_WITHIN);
    const read = (line: string): void => {
      lines.push(line);
      const match = ready.exec(line);
      if (!match) return;
      clearTimeout(limit);
      resolve(match[1] ?? '');
    };
    createInterface(child.stdout!).on('line', read);
    createInterface(child.stderr!).on('line', read);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(limit);
      reject(new Error(`${command} ended with ${code} before it was ready:\n${lines.join('\n')}`));
    });
  });
  return {
    process: child,
    lines,
    ready: await caught,
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, 'exit');
    },
  };
}
