import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawMarbles } from '../../site/marbles/drawMarbles.js';
import { readMarbles } from '../../site/marbles/readMarbles.js';

const root = join(import.meta.dirname, '../..');

const deltas = `
 deltas    --a---(bc)|        a: '{"na'   b: 'me'
           toJsonTokens()
 tokens    --a----#
`.slice(1);

/** The text blocks of doc comments and pages, by file. */
function textBlocks(folder: string, ending: string): readonly (readonly [string, string])[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .flatMap((file) => {
      const text = readFileSync(join(root, folder, file), 'utf8').replace(/^ *\* ?/gm, ending === '.ts' ? '' : '$&');
      return Array.from(text.matchAll(/^```text\n([^]*?)^```$/gm), ([, block = '']) => [file, block] as const);
    });
}

describe('marble diagrams of the site', () => {
  it('are read column by column, with the meaning of their letters', () => {
    expect(readMarbles(deltas)).to.deep.equal([
      {
        kind: 'stream',
        label: 'deltas',
        from: 11,
        to: 21,
        marks: [
          { kind: 'value', at: 13, text: 'a' },
          { kind: 'value', at: 18, text: 'b' },
          { kind: 'value', at: 19, text: 'c' },
          { kind: 'complete', at: 21 },
        ],
        groups: [[18, 19]],
        legend: [`a: '{"na'`, `b: 'me'`],
      },
      { kind: 'operator', text: 'toJsonTokens()' },
      {
        kind: 'stream',
        label: 'tokens',
        from: 11,
        to: 18,
        marks: [
          { kind: 'value', at: 13, text: 'a' },
          { kind: 'error', at: 18 },
        ],
        groups: [],
        legend: [],
      },
    ]);
  });

  it('put marbles of the same column below each other', () => {
    const svg = drawMarbles(deltas, 'x') ?? '';
    const places = Array.from(svg.matchAll(/<circle cx="([\d.]+)"/g), ([, cx]) => Number(cx));
    expect(places).to.have.lengthOf(4);
    expect(places[0]).to.equal(places[3]);
    expect(places[1]).to.be.lessThan(places[2] ?? 0);
  });

  it('tell a screen reader what they show, and leave no braces to the page', () => {
    const svg = drawMarbles(deltas, 'x') ?? '';
    expect(svg).to.include('<title id="x-title">Marble diagram of toJsonTokens()</title>');
    expect(svg).to.include('deltas: a, b, c, then completion.').and.include('tokens: a, then an error.');
    expect(svg).to.include('aria-labelledby="x-title x-desc"');
    expect(svg.replace(/style="[^"]*"/g, '')).to.not.match(/[{}]/);
  });

  it('take their colours from the page', () => {
    const svg = drawMarbles(deltas, 'x') ?? '';
    const colours = new Set(Array.from(svg.matchAll(/(?:fill|stroke)="([^"]*)"/g), ([, colour]) => colour));
    expect([...colours].filter((colour) => !/^(?:none|currentColor|var\(--.*\))$/.test(colour ?? ''))).to.deep.equal(
      [],
    );
  });

  it('colour a Left and the last word on an answer', () => {
    const svg = drawMarbles(' result  --P--L--C|    P partial, L Left, C complete', 'x') ?? '';
    expect(Array.from(svg.matchAll(/<g class="(value[^"]*)"/g), ([, kind]) => kind)).to.deep.equal([
      'value',
      'value left',
      'value whole',
    ]);
  });

  it('are drawn of every operator that has one in its doc comment', () => {
    const blocks = textBlocks('lib', '.ts');
    const notDrawn = blocks.filter(([, text]) => drawMarbles(text, 'x') === undefined).map(([file]) => file);
    expect(blocks.length).to.be.greaterThan(20);
    // One is of arrows; the others show text beside its partials, or codecs.
    expect(notDrawn.sort()).to.deep.equal([
      'codecs/annotations/whenComplete.ts',
      'codecs/annotations/whenPresent.ts',
      'codecs/annotations/withState.ts',
      'codecs/decoder/Node.ts',
      'codecs/decoder/planIntersection.ts',
      'codecs/decoder/planUnion.ts',
      'completions/pipeModel.ts',
    ]);
  });

  it('begin later where a subscriber waits, and need no label', () => {
    const [waiting, bare, whole] = readMarbles(' second  ...a-|\n --a-b|   a: x\n third  (ab|)') ?? [];
    expect(waiting).to.include({ label: 'second', from: 12 });
    expect(bare).to.include({ label: '', from: 1 });
    expect(whole).to.include({ label: 'third' });
  });

  for (const text of [
    'npm run docs -- --base /there/',
    'answers/ -> retry/',
    '{ name: "J" }\n{ name: "John" }',
    'lib/\n  index.ts   public surface\n  answers/   from a question to a verdict',
    'pipeModel(model, cached(store))\nquestion --> limited --> model',
    '| a | b |\n|---|---|\n| 1 | 2 |',
  ])
    it(`are not seen in ${JSON.stringify(text)}`, () => {
      expect(drawMarbles(text, 'x')).to.equal(undefined);
    });
});
