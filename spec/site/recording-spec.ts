import { expect } from 'chai';
import { readFileSync } from 'node:fs';

interface Row {
  readonly text: string;
  readonly style: string;
}

interface Frame {
  readonly at: number;
  readonly rows: readonly (readonly Row[])[];
}

interface Recorder {
  readonly RECORDING: string;
  readonly record: () => Promise<readonly Frame[]>;
  readonly animate: (frames: readonly Frame[]) => string;
}

const script = new URL('../../scripts/recordTerminal.mjs', import.meta.url).href;
const { RECORDING, record, animate } = (await import(script)) as Recorder;

/** The lines of a recording in the order in which they appear, without times, the port, and counts of deltas. */
function linesOf(svg: string): readonly string[] {
  const lines = Array.from(svg.matchAll(/<text [^>]*>(.*?)<\/text>/g), ([, spans = '']) =>
    spans.replace(/<[^>]*>/g, ''),
  );
  return lines
    .map((line) => line.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:…'))
    .filter((line) => !/\d+ deltas ·/.test(line));
}

describe('the recording in the README', () => {
  it('shows what the example shows today; if that has changed: node scripts/recordTerminal.mjs', async () => {
    const shown = linesOf(readFileSync(RECORDING, 'utf8'));
    expect(shown).to.include.members(["  name: 'J'▌", "  name: 'John'", '  age: 3▌', '  age: 30']);
    expect(linesOf(animate(await record()))).to.deep.equal(shown);
  });

  it('shows the last screen to a reader who wants no motion', () => {
    const svg = readFileSync(RECORDING, 'utf8');
    expect(svg).to.match(/\.past\{visibility:hidden\}/);
    const [still = '', moving = ''] = svg.split('@media (prefers-reduced-motion:no-preference)');
    expect(still).to.not.include('animation');
    expect(moving).to.include('animation-iteration-count:infinite');
    const last = Array.from(svg.matchAll(/<text class="last[^>]*>(.*?)<\/text>/g), ([, spans = '']) =>
      spans.replace(/<[^>]*>/g, '').trim(),
    );
    expect(last.slice(0, 6).sort()).to.include.members(['$ npm start', '{', "name: 'John'", 'age: 30']);
  });

  it('keeps rows in their places, each for its time', () => {
    const svg = animate([
      { at: 0, rows: [[{ text: 'a', style: '' }]] },
      { at: 1500, rows: [[{ text: 'b<', style: 'faint' }]] },
    ]);
    expect(svg).to.include('<text class="past k0"').and.include('<text class="last k1"');
    expect(svg).to.include('@keyframes k0{0%{visibility:hidden}0.00%{visibility:visible}30.00%{visibility:hidden}}');
    expect(svg).to.include('<tspan class="faint">b&#60;</tspan>');
  });
});
