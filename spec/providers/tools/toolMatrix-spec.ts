import { expect } from 'chai';
import * as t from 'io-ts';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { structuredCompletion } from '../../../lib/answers/structuredCompletion.js';
import { cut, ModelServer, sse } from '../../support/modelServer.js';
import { toolModels, type ToolModel } from '../../support/toolModels.js';
import { toolRows, type ToolRow } from '../../support/toolRows.js';
import { recordOf, seenOf, ToolTalk, turnsIn, turnsOf } from '../../support/toolTalk.js';

const codec = t.type({ reply: t.string });
const messages: readonly never[] = [{ role: 'user', content: 'Where are my orders?' } as never];

/** `npm run accept-api` writes what there is, instead of comparing. */
const accepts = process.env['ACCEPT_API'] !== undefined;

interface Talked {
  readonly lines: readonly string[];
  readonly record: readonly string[];
}

async function talk(model: ToolModel, { turns, tools, config }: ToolRow): Promise<Talked> {
  const said = turnsOf(model, turns);
  const server = await ModelServer.start(...said.map((turn) => (turn.ends === 'cut' ? cut : sse)(...model.wire(turn))));
  const seen = new ToolTalk();
  try {
    await new Promise<void>((resolve) => {
      structuredCompletion(model.make(server.url), { codec, messages, tools, ...config }).subscribe({
        next: (either) => {
          seen.next(either);
        },
        error: (error: unknown) => {
          seen.error(error);
          resolve();
        },
        complete: () => {
          seen.complete();
          resolve();
        },
      });
    });
  } finally {
    await server.stop();
  }
  const bodies = server.exchanges.map(({ body }) => body);
  for (const [nth, body] of bodies.slice(1).entries()) {
    const before = turnsIn(bodies[nth] ?? {}).slice(0, -1);
    expect(turnsIn(body).slice(0, before.length), 'the turns before').to.deep.equal(before);
  }
  return { lines: seen.lines, record: recordOf(bodies).map((line) => seen.withLetters(line)) };
}

/** The recorded requests of one API, by the row. */
class Recorded {
  readonly #path: string;
  readonly #rows = new Map<string, string>();

  constructor(file: string) {
    this.#path = join(import.meta.dirname, 'recorded', `${file}.txt`);
    const text = existsSync(this.#path) ? readFileSync(this.#path, 'utf8') : '';
    for (const [, title = '', body = ''] of text.matchAll(/^# (.*)\n((?:.+\n)*)/gm)) this.#rows.set(title, body);
  }

  compare(title: string, lines: readonly string[]): void {
    const body = lines.map((line) => `${line}\n`).join('');
    if (accepts) this.#rows.set(title, body);
    expect(body, 'changed; if that is on purpose: npm run accept-api').to.equal(this.#rows.get(title));
  }

  save(): void {
    if (accepts) writeFileSync(this.#path, [...this.#rows].map(([title, body]) => `# ${title}\n${body}`).join('\n'));
  }
}

for (const model of toolModels)
  describe(`tools of ${model.name}, over HTTP:`, () => {
    const recorded = new Recorded(model.file);
    after(() => {
      recorded.save();
    });

    for (const row of toolRows) {
      if (row.needsText === true && model.callsWhole === true) continue;
      it(row.title, async () => {
        const { lines, record } = await talk(model, row);
        expect(lines).to.deep.equal(seenOf(model, row.seen));
        const asked = row.asked ?? turnsOf(model, row.turns).length;
        expect(record.filter((line) => line.startsWith('request '))).to.have.length(asked);
        // What stands beside the turns is the same in every row.
        recorded.compare(row.title, row === toolRows[0] ? record : record.slice(1));
      });
    }
  });
