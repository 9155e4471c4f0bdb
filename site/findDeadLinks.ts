import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** Every link, picture and script of the built site that leads nowhere, anchors included. */
export function findDeadLinks(folder: string, base: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.relative(folder, posix.join(entry.parentPath, entry.name)));
  const known = new Set(files);
  const pages = files.filter((file) => file.endsWith('.html'));
  const texts = new Map(pages.map((page) => [page, readFileSync(posix.join(folder, page), 'utf8')]));
  const anchors = new Map(Array.from(texts, ([page, text]) => [page, anchorsOf(text)]));

  return pages.flatMap((page) =>
    Array.from((texts.get(page) ?? '').matchAll(/\s(?:href|src)="([^"]*)"/g), ([, link = '']) => link)
      .map((link) => link.replace(/&amp;/g, '&'))
      .filter((link) => !/^(?:[a-z]+:|\/\/)/.test(link))
      .filter((link) => {
        const [address = '', hash] = link.split('#');
        const path = address.split('?')[0] ?? '';
        if (path.startsWith('/') && !path.startsWith(base)) return true;
        const inside = path.startsWith('/') ? path.slice(base.length) : posix.join(posix.dirname(page), path);
        const target = path === '' ? page : targetOf(inside.replace(/^\.\/?/, ''), known);
        if (target === undefined) return true;
        const ids = anchors.get(target);
        // Answers of the playground stand behind its #.
        if (hash === undefined || hash === '' || ids === undefined || target.startsWith('playground/')) return false;
        return !ids.has(decodeURIComponent(hash));
      })
      .map((link) => `${page}: ${link}`),
  );
}

function targetOf(path: string, known: ReadonlySet<string>): string | undefined {
  return [path, `${path}.html`, posix.join(path, 'index.html')].find((file) => known.has(file));
}

function anchorsOf(html: string): ReadonlySet<string> {
  return new Set(Array.from(html.matchAll(/\sid="([^"]+)"/g), ([, id = '']) => id));
}
