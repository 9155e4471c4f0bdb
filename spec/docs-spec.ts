import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { startModelServer } from '../examples/support/modelServer.js';
import * as library from '../lib/index.js';
import { compileProject, diagnosticsOf, pathOfSnippet, snippets } from './support/project.js';
import { runSnippet } from './support/runSnippet.js';
import type { Snippet } from './support/snippets.js';

const root = join(import.meta.dirname, '..');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CODE_OF_CONDUCT.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

/** The compiler's errors in the snippets, each as a module of its own in spec/. */
function compile(): readonly string[] {
  const project = compileProject();
  return snippets.flatMap((snippet, index) => {
    const file = project.getSourceFile(pathOfSnippet(index));
    return file === undefined ? [snippet.where] : diagnosticsOf(file).map((each) => explain(snippet, each));
  });
}

function explain({ where, code }: Snippet, { messageText, start = 0 }: ts.Diagnostic): string {
  const line = code.slice(0, start).split('\n').length;
  return `${where}, line ${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
}

/** Whether a link of a page leads to no file, or to no heading of its page. */
function isDead(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(root, file))) return true;
  const headings = anchor === undefined ? [] : readFileSync(join(root, file), 'utf8').matchAll(/^#+ (.*)$/gm);
  return anchor !== undefined && !Array.from(headings, ([, title = '']) => slugOf(title)).includes(anchor);
}

/** The anchor of a heading, as GitHub makes it. */
function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

describe('the documentation', () => {
  it('shows TypeScript that compiles', () => {
    expect(compile().join('\n')).to.equal('');
  }).timeout(180_000);

  it('has links that lead somewhere, and to headings that are there', () => {
    const dead = pages.flatMap((page) =>
      Array.from(
        readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!https?:)([^)\s]+)\)/g),
        ([, link = '']) => link,
      )
        .filter((link) => isDead(page, link))
        .map((link) => `${page}: ${link}`),
    );
    expect(dead).to.deep.equal([]);
  });

  it('names everything that the main entry exports', () => {
    const text = pages.map((page) => readFileSync(join(root, page), 'utf8')).join();
    expect(Object.keys(library)).to.include('structuredCompletion');
    expect(Object.keys(library).filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).to.deep.equal([]);
  });

  it('names every error, and every code of those that have codes', () => {
    const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');
    const files = readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' });
    const names = files
      .filter((file) => file.endsWith('Error.ts'))
      .flatMap((file) => {
        const text = readFileSync(join(root, 'lib', file), 'utf8');
        const codes = Array.from(
          text.matchAll(/^export type \w+(?:Code|Reason) =([^;]*);/gm),
          ([, union = '']) => union,
        );
        return [...text.matchAll(/^export class (\w+)/gm), ...codes.join().matchAll(/'([^']+)'/g)].map(
          ([, name]) => name,
        );
      });
    expect(names).to.include.members(['JsonSyntaxError', 'duplicate-key', 'interrupted']);
    expect(names.filter((name) => !page.includes(`\`${name ?? ''}\``))).to.deep.equal([]);
  });

  describe('logs what it says it logs', () => {
    let stop: () => Promise<void>;
    const environment = { ...process.env };

    before(async () => {
      const server = await startModelServer({ pace: 'instant' });
      stop = () => server.stop();
      Object.assign(process.env, {
        OPENAI_API_KEY: 'none needed here',
        OPENAI_BASE_URL: server.openaiUrl,
        ANTHROPIC_API_KEY: 'none needed here',
        ANTHROPIC_BASE_URL: server.anthropicUrl,
      });
    });

    after(async () => {
      process.env = environment;
      await stop();
    });

    for (const { where, code, logs } of snippets) {
      if (logs === undefined) continue;
      it(where, async () => {
        expect(await runSnippet(code, logs.length)).to.equal(logs);
      });
    }
  });
});
