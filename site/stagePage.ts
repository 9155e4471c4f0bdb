import { posix } from 'node:path';

/** The repository, as far as links need to know it. */
export interface Repository {
  /** Its address, without a slash at the end. */
  readonly url: string;
  /** Whether a path is a file, a folder, or nothing. */
  readonly kindOf: (path: string) => 'file' | 'folder' | undefined;
}

/** Pages of the site that come from elsewhere than `docs/`. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'README.md': 'index.md',
  'CONTRIBUTING.md': 'contributing.md',
  'CHANGELOG.md': 'changelog.md',
};

/** Where a Markdown file of the repository stands in the site, from its root. `undefined` for one that has no page. */
export function placeInSite(path: string): string | undefined {
  if (path in ELSEWHERE) return ELSEWHERE[path];
  if (!path.startsWith('docs/') || !path.endsWith('.md')) return undefined;
  return path.slice('docs/'.length).replace(/(^|\/)README\.md$/, '$1index.md');
}

/**
 * A Markdown file of the repository as a page of the site: links to other pages lead to these pages, and links to files
 * that have no page lead to the repository.
 */
export function stagePage(text: string, path: string, repository: Repository): string {
  return outsideOfCode(text, (part) =>
    part.replace(/(\]\()([^)\s]+)(\))/g, (_, before: string, link: string, after: string) => {
      return `${before}${stageLink(link, path, repository)}${after}`;
    }),
  );
}

function stageLink(link: string, path: string, { url, kindOf }: Repository): string {
  const { target, hash } = targetOf(link, path, url);
  if (target === undefined) return link;
  const place = placeInSite(target);
  const here = placeInSite(path) ?? path;
  if (place !== undefined && kindOf(target) === 'file') {
    const relative = posix.relative(posix.dirname(here), place);
    return `${relative.startsWith('.') ? '' : './'}${relative}${hash}`;
  }
  if (target.startsWith('docs/images/')) return `/${target.slice('docs/'.length)}`;
  const kind = kindOf(target);
  // Left as it is, so that the site's own check of links finds it.
  if (kind === undefined) return link;
  return `${url}/${kind === 'file' ? 'blob' : 'tree'}/main/${target}${hash}`;
}

/** The file or folder of the repository that a link leads to, from the root; `undefined` where it leads elsewhere. */
function targetOf(link: string, path: string, url: string): { readonly target?: string; readonly hash: string } {
  const [address = '', anchor] = link.split('#');
  const hash = anchor === undefined ? '' : `#${anchor}`;
  const inRepository = new RegExp(`^${url.replace(/\W/g, '\\$&')}/(?:blob|tree)/main/(.+)$`).exec(address)?.[1];
  const raw = new RegExp(`^${rawUrl(url).replace(/\W/g, '\\$&')}/(.+)$`).exec(address)?.[1];
  const target = inRepository ?? raw;
  if (target !== undefined) return { target, hash };
  if (address === '' || /^(?:[a-z]+:|\/)/.test(address)) return { hash };
  return { target: posix.normalize(posix.join(posix.dirname(path), address)).replace(/\/$/, ''), hash };
}

/** Where files of the repository are served as they are: pictures of the README. */
export function rawUrl(url: string): string {
  return `${url.replace('https://github.com/', 'https://raw.githubusercontent.com/')}/main`;
}

/** Applies a change to the text outside of fences and of code between backticks. */
function outsideOfCode(text: string, change: (part: string) => string): string {
  return text
    .split(/(^```[^]*?^```$|`[^`\n]+`)/m)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('');
}
