// Records a run of examples/userInfo.ts as a terminal shows it, into an animated SVG: docs/images/terminal.svg. It asks the
// embedded model, so every recording shows the same words, at its own pace.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
export const RECORDING = join(root, 'docs/images/terminal.svg');

/** Milliseconds for which the last picture stays, before it begins anew. */
const HOLD = 3500;

const COMMAND = 'npm start';

/** What the program would find in a terminal. */
const TERMINAL = `data:text/javascript,${encodeURIComponent(
  'for (const stream of [process.stdout, process.stderr]) Object.assign(stream, { isTTY: true, columns: 100, rows: 24 });',
)}`;

/** Runs the example; gives `{ at, rows }` for every screen that it showed, a row being a list of `{ text, style }`. */
export async function record() {
  const { OPENAI_API_KEY: _, ...env } = process.env;
  const args = ['--import', 'tsx', '--import', TERMINAL, 'examples/userInfo.ts'];
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const screen = new Screen();
  screen.write(`\x1b[32m$\x1b[39m ${COMMAND}\n`);
  const frames = [{ at: 0, rows: screen.rows() }];
  let started;
  const hear = (chunk) => {
    // The time in which the program is loaded is not what is to be seen.
    started ??= performance.now() - 600;
    // A redraw begins by going up: what stood there until then was seen.
    for (const part of String(chunk).split(/(?=\x1b\[\d+A)/)) {
      screen.write(part);
      frames.push({ at: performance.now() - started, rows: screen.rows() });
    }
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the example ended with ${code}`);
  return frames;
}

/** As much of a terminal as the example needs. */
class Screen {
  #rows = [[]];
  #style = '';

  write(text) {
    for (const [token] of text.matchAll(/\x1b\[[?\d;]*[A-Za-z]|\n|[^\x1b\n]+/g)) {
      if (token === '\n') this.#rows.push([]);
      else if (!token.startsWith('\x1b')) this.#rows.at(-1).push({ text: token, style: this.#style });
      else this.#obey(token);
    }
  }

  rows() {
    return this.#rows.map((row) => [...row]);
  }

  #obey(code) {
    const [, count, letter] = /^\x1b\[\??([\d;]*)([A-Za-z])$/.exec(code);
    if (letter === 'A') this.#rows.splice(-1 - Number(count), Infinity, []);
    else if (letter === 'm') this.#style = { 2: 'faint', 33: 'bright', 32: 'prompt' }[count] ?? '';
    else if (!['J', 'h', 'l'].includes(letter)) throw new Error(`the recorder does not know ${JSON.stringify(code)}`);
  }
}

const SIZE = 14;
const WIDE = 8.43;
const LINE = 21;
const PAD = 18;
const BAR = 34;

/** The screens as an SVG whose rows come and go; who wants no motion sees the last screen. */
export function animate(frames) {
  const end = frames.at(-1).at + HOLD;
  const height = Math.max(...frames.map(({ rows }) => rows.filter((row) => row.length > 0).length));
  const runs = runsOf(frames);
  const width = Math.ceil(Math.max(...runs.map(({ row }) => textOf(row).length)) * WIDE + PAD * 2);
  const percent = (at) => `${((at / end) * 100).toFixed(2)}%`;
  const last = frames.at(-1).at;

  const keyframes = runs.flatMap(({ from, to }, index) => {
    if (from === 0 && to === undefined) return [];
    const hidden = to === undefined ? '' : `${percent(to)}{visibility:hidden}`;
    return [
      `@keyframes k${index}{0%{visibility:hidden}${percent(from)}{visibility:visible}${hidden}}.k${index}{animation-name:k${index}}`,
    ];
  });
  const lines = runs.map(({ line, from, to, row }, index) => {
    const y = BAR + PAD + line * LINE + SIZE - 3;
    const spans = row.map(
      ({ text, style }) => `<tspan${style === '' ? '' : ` class="${style}"`}>${escapeText(text)}</tspan>`,
    );
    const isMoving = !(from === 0 && to === undefined);
    const kind = `${to === undefined ? 'last' : 'past'}${isMoving ? ` k${index}` : ''}`;
    return `<text class="${kind}" x="${PAD}" y="${y}">${spans.join('')}</text>`;
  });
  const total = BAR + PAD * 2 + height * LINE - 6;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${total}" width="${width}" height="${total}" role="img" aria-labelledby="t d">
<title id="t">${COMMAND}: an object grows while the model writes it</title>
<desc id="d">${escapeText(textOfScreen(frames.at(-1)).join(' / '))}</desc>
<style>
text{font:${SIZE}px ui-monospace,'SF Mono','Cascadia Mono','DejaVu Sans Mono',Menlo,Consolas,monospace;fill:#e8eaee;white-space:pre}
.faint{fill:#a0a7b4}.bright{fill:#e0b050}.prompt{fill:#4fd19a}.past{visibility:hidden}
@media (prefers-reduced-motion:no-preference){
.past,.last{animation-duration:${Math.round(end)}ms;animation-timing-function:step-end;animation-iteration-count:infinite}
${keyframes.join('\n')}
}
</style>
<rect width="${width}" height="${total}" rx="10" fill="#14161a"/>
<rect x=".5" y=".5" width="${width - 1}" height="${total - 1}" rx="9.5" fill="none" stroke="#343943"/>
<g fill="#343943"><circle cx="20" cy="18" r="5.5"/><circle cx="38" cy="18" r="5.5"/><circle cx="56" cy="18" r="5.5"/></g>
${lines.join('\n')}
</svg>
`;

  /** For each row of the screen, what it showed from when to when. */
  function runsOf(all) {
    const found = [];
    for (let line = 0; line < height; line++) {
      let open;
      for (const { at, rows } of all) {
        const row = rows[line] ?? [];
        if (open !== undefined && JSON.stringify(open.row) === JSON.stringify(row)) continue;
        if (open !== undefined) found.push({ ...open, to: at });
        open = row.length === 0 ? undefined : { line, from: at, row };
      }
      if (open !== undefined) found.push(open);
    }
    return found.sort((a, b) => a.from - b.from || a.line - b.line);
  }
}

/** The lines of a screen as text, without what differs from run to run: times and the port. */
export function textOfScreen({ rows }) {
  return rows
    .map(textOf)
    .map((text) => text.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:…').replace(/\d+\.\d s/g, '… s'))
    .filter((text) => text !== '');
}

/** The screens that differ in more than the time. */
export function statesOf(frames) {
  const states = frames.map((frame) => textOfScreen(frame).join('\n'));
  return states.filter((state, index) => state !== states[index - 1]);
}

function textOf(row) {
  return row.map(({ text }) => text).join('');
}

function escapeText(text) {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}

if (import.meta.filename === process.argv[1]) {
  await mkdir(dirname(RECORDING), { recursive: true });
  const svg = animate(await record());
  await writeFile(RECORDING, svg);
  console.log(`${RECORDING}: ${svg.length} bytes`);
}
