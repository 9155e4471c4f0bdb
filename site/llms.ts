import type { NavGroup } from './nav.js';

/** A page as it is told to a language model. */
export interface PageText {
  /** Its place in the site, `errors.md`. */
  readonly place: string;
  readonly text: string;
}

/** The first words of a page behind its title, in one line. */
export function summaryOf(text: string): string {
  const paragraphs = text.replace(/^---\n[^]*?\n---\n/, '').split(/\n{2,}/);
  const first = paragraphs.find((paragraph) => /^(?:[A-Za-z]|`(?!``))/.test(paragraph.trim())) ?? '';
  const [sentence = ''] = /^.*?[.:](?=\s|$)/s.exec(first.replace(/\s+/g, ' ').trim()) ?? [];
  return sentence.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/:$/, '.');
}

/** `llms.txt`: a map of the documentation, see https://llmstxt.org. */
export function llmsIndex(
  about: string,
  base: string,
  groups: readonly NavGroup[],
  pages: readonly PageText[],
  api: readonly PageText[],
): string {
  const line = (title: string, page: PageText | undefined): string =>
    page === undefined ? '' : `- [${title}](${base}${page.place}): ${summaryOf(page.text)}\n`;
  const placed = (file: string) => pages.find(({ place }) => place === `${file.replace(/README$/, 'index')}.md`);
  const sections = groups.map(
    ({ title, pages: listed }) =>
      `## ${title}\n\n${listed.map(({ file, title: name }) => line(name, placed(file))).join('')}`,
  );
  const reference = `## API\n\n${api.map((page) => line(titleOf(page.text), page)).join('')}`;
  return [
    `# rx-structured\n\n> ${about}\n`,
    `Everything in one file: ${base}llms-full.txt\n`,
    ...sections,
    reference,
  ].join('\n');
}

/** `llms-full.txt`: all pages, one after the other. */
export function llmsFull(about: string, pages: readonly PageText[]): string {
  return [
    `# rx-structured\n\n> ${about}\n`,
    ...pages.map(({ place, text }) => `<!-- ${place} -->\n\n${text.trim()}\n`),
  ].join('\n');
}

function titleOf(text: string): string {
  return (
    /^# (.*)$/m
      .exec(text)?.[1]
      ?.replace(/^(?:Function|Class|Interface|Type Alias|Variable): /, '')
      .replace(/\\/g, '') ?? ''
  );
}
