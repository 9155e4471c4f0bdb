import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { answerTo, libraries, programOf, tableOf, versionOf, works, type Work } from './support/comparison.js';
import { ModelServer } from './support/modelServer.js';
import { runSnippet } from './support/runSnippet.js';

const require = createRequire(import.meta.url);
const page = readFileSync(join(import.meta.dirname, '../docs/comparison.md'), 'utf8');

describe('the comparison with the AI SDK', () => {
  const environment = { ...process.env };
  const { fetch } = globalThis;
  let server: ModelServer;

  before(async () => {
    server = await ModelServer.startWith(answerTo);
    // They read the environment when they are loaded, as in a process of their own.
    for (const name of ['@ai-sdk/openai', '@ai-sdk/openai-3'])
      Reflect.deleteProperty(require.cache, require.resolve(name));
    Object.assign(process.env, { OPENAI_API_KEY: 'none', OPENAI_BASE_URL: `${server.url}/v1` });
    // Where Ollama listens, whoever asks it.
    globalThis.fetch = (input, init) =>
      fetch(typeof input === 'string' ? input.replace('http://127.0.0.1:11434', server.url) : input, init);
  });

  after(async () => {
    process.env = environment;
    globalThis.fetch = fetch;
    await server.stop();
  });

  for (const library of libraries)
    for (const work of Object.keys(works) as Work[])
      it(`runs ${works[work]} of ${library}, which prints what the others print`, async () => {
        const { code, prints } = programOf(library, work);
        expect(prints).not.to.equal('');
        expect(await runSnippet(code, prints.length)).to.equal(prints);
      });

  it('shows these programs', () => {
    for (const library of libraries.filter((each) => each !== 'ai-6'))
      for (const work of Object.keys(works) as Work[]) {
        const { code, prints } = programOf(library, work);
        const commented = prints.replaceAll(/^/gm, '// ');
        expect(page, `${library}/${work}`).to.include(`\`\`\`ts\n${code}// Prints:\n${commented}\n\`\`\``);
      }
  });

  it('counts their lines and imports', () => {
    expect(page).to.include(tableOf());
    const { lines, imports } = programOf('rx-structured', 'partials');
    expect(imports).to.equal(3);
    expect(lines + imports).to.be.at.most(9);
  });

  it('says how many imports the client of an SDK adds', async () => {
    const { code, prints, lines, imports } = programOf('rx-structured', 'partialsOpenai');
    expect(await runSnippet(code, prints.length)).to.equal(prints);
    expect(lines).to.equal(programOf('rx-structured', 'partials').lines);
    expect(page).to.include(`has the same lines and ${imports} imports`);
  });

  it('has the same programs for ai 6 and for ai 7', () => {
    const named = (code: string): string =>
      code
        .replaceAll('ai-6', 'ai')
        .replaceAll('openai-3', 'openai')
        .replaceAll('ModelV3', 'ModelV4')
        .replaceAll('(await first.response)', '(await first.finalStep).response');
    for (const work of Object.keys(works) as Work[])
      expect(named(programOf('ai-6', work).code)).to.equal(programOf('ai-7', work).code);
  });

  it('names the versions that are installed', () => {
    for (const [name, version] of [
      ['ai', versionOf('ai')],
      ['ai', versionOf('ai-6')],
      ['zod', versionOf('zod')],
    ] as const)
      expect(page).to.include(`\`${name}\` ${version}`);
  });
});
