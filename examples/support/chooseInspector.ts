import type { Watcher } from 'rx-structured';
import { startInspector } from 'rx-structured/inspector';

export interface ChosenInspector {
  /** The same watcher, and beside it the inspector where there is one. */
  readonly beside: (watch: (event: { readonly type: string }) => void) => Watcher;
  /** Says where to look, or how to get there. */
  readonly tell: () => void;
}

/** With `--inspect`, a page that shows the completion; it keeps the process running. */
export async function chooseInspector(name: string): Promise<ChosenInspector> {
  if (!process.argv.includes('--inspect'))
    return {
      beside: (watch) => watch,
      tell: () => {
        if (process.stdout.isTTY) console.error('to see it drawn, delta by delta: npm start -- --inspect');
      },
    };
  const inspector = await startInspector();
  const inspect = inspector.watch(name);
  return {
    beside: (watch) => (event) => {
      watch(event);
      inspect(event);
    },
    tell: () => {
      console.error(`to be seen at ${inspector.url} until Ctrl-C`);
    },
  };
}
