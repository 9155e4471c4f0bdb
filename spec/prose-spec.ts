import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

/** Words in a sentence, code counted as one word. */
const LONGEST = 45;

/** Reading once has to be enough, also at two in the morning, and for those whose first language is another one. */
const rules: Readonly<Record<string, (sentence: string) => boolean>> = {
  'begins with "What" or "Of"': (sentence) => /^(?:What|Of)\b/.test(sentence) && !sentence.endsWith('?'),
  'has a word for nobody in particular': (sentence) => /\b(?:nobody|somebody)\b/i.test(sentence),
  'says "is none"': (sentence) => /\b(?:is|are) none\b/.test(sentence),
  [`has more than ${LONGEST} words`]: (sentence) => sentence.split(' ').length > LONGEST,
};

/** The sentences of a page, headings and cells of tables included; code is the letter X. */
function sentencesOf(page: string): readonly string[] {
  return readFileSync(join(root, page), 'utf8')
    .replace(/^```[^]*?^```$/gm, '')
    .replace(/^#+ (.*)$/gm, '$1.\n')
    .split(/\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )|\n(?=\|)|\|/)
    .map((text) =>
      text
        .replace(/`[^`]*`/g, 'X')
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .flatMap((text) => text.split(/(?<=[.!?:]) /))
    .map((sentence) => sentence.replaceAll('**', '').replace(/^(?:[-*]|\d+\.) /, ''));
}

describe('the prose of the pages', () => {
  it('is read', () => {
    expect(sentencesOf('docs/concepts.md')).to.include.members([
      'A completion is an Observable.', // a heading
      'A codec checks how a value looks.',
      'the model gets its own answer back, with the problems in it.', // what follows a colon is a sentence
    ]);
    expect(pages.flatMap(sentencesOf).length).to.be.greaterThan(1500);
  });

  for (const [title, breaks] of Object.entries(rules))
    it(`has no sentence that ${title}`, () => {
      const found = pages.flatMap((page) =>
        sentencesOf(page)
          .filter(breaks)
          .map((sentence) => `${page}: ${sentence}`),
      );
      expect(found).to.deep.equal([]);
    });
});
