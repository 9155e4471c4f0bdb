import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/**
 * The files that a page of the documentation shows, written to a new folder: blocks of code whose first line is a
 * comment with a path.
 *
 * @param page `docs/nest.md`, say.
 * @param beside The folder of an example, whose packages the files then have.
 * @param others More files, by their paths.
 */
export function writePage(page: string, beside: string, others: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(root, beside, '.page-'));
  const text = readFileSync(join(root, page), 'utf8');
  const shown = Array.from(
    text.matchAll(/^```\w+\n(?:\/\/|<!--) ((?:src\/|tsconfig|vite)\S+)(?: -->)?\n([^]*?)^```$/gm),
    ([, path = '', code = '']) => [path, code] as const,
  );
  for (const [path, code] of [...Object.entries(others), ...shown]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), code);
  }
  return folder;
}
