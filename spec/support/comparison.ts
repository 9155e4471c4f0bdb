import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, Exchange } from './modelServer.js';
import { chatTools, ollamaTools } from './toolWires.js';

const folder = join(import.meta.dirname, '../comparison');
const modules = join(import.meta.dirname, '../../node_modules');

export const libraries = ['rx-structured', 'ai-7', 'ai-6'] as const;
export type Library = (typeof libraries)[number];

/** The pieces of work, by the names of their programs, as the page calls them. */
export const works = {
  partials: 'partials, and the whole value',
  list: 'a list',
  chat: 'a chat turn',
  test: 'a test',
} as const;
export type Work = keyof typeof works;

/** A program that does one piece of work with one library. */
export interface ComparedProgram {
  /** Without the lines that say what it prints. */
  readonly code: string;
  readonly prints: string;
  /** Lines of code as they stand, without imports, comments and empty lines. */
  readonly lines: number;
  readonly imports: number;
}

export function programOf(library: Library, work: Work | 'partialsOpenai'): ComparedProgram {
  const [code = '', prints = ''] = readFileSync(join(folder, library, `${work}.ts`), 'utf8').split('// Prints:\n');
  const lines = code.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('//'));
  const imports = lines.filter((line) => line.startsWith('import '));
  return {
    code,
    prints: prints.replaceAll(/^\/\/ ?/gm, '').trimEnd(),
    lines: lines.length - imports.length,
    imports: imports.length,
  };
}

export function versionOf(name: string): string {
  const path = join(modules, name, 'package.json');
  if (!existsSync(path)) throw new Error(`${name} is not installed`);
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string }).version;
}

/** What was counted, as the page's table has it. */
export function tableOf(): string {
  const cell = (library: Library, work: Work): string => {
    const { lines, imports } = programOf(library, work);
    return `${lines} lines, ${imports} imports`;
  };
  const rows = (Object.keys(works) as Work[]).map((work) => [
    works[work],
    ...libraries.map((each) => cell(each, work)),
  ]);
  const all = [['', 'rx-structured', '`ai` 7', '`ai` 6'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lineOf = (row: readonly string[], fill = ' '): string =>
    `| ${row.map((each, column) => each.padEnd(widths[column] ?? 0, fill)).join(' | ')} |`;
  const [head = [], ...body] = all;
  return [lineOf(head), lineOf(['', '', '', ''], '-'), ...body.map((row) => lineOf(row))].join('\n');
}

/** Answers in the form of the API that is asked, nine characters at a time. */
export function answerTo({ path, body }: Pick<Exchange, 'path' | 'body'>): Answer {
  const question = JSON.stringify(body);
  const text = /.{1,9}/g[Symbol.match](answerIn(question)) ?? [];
  const chunks = path === '/api/chat' ? ollamaTools({ text }) : chatTools({ text });
  return (response) => {
    response.end(chunks.join(''));
  };
}

function answerIn(question: string): string {
  if (question.includes('And how old?')) return '{"age":41}';
  if (question.includes('Who am I?')) return '{"name":"Ann"}';
  if (!question.includes('Who is there?')) return '{"name":"John","age":30}';
  const list = '[{"name":"Ann"},{"name":7},{"name":"Eve"}]';
  return question.includes('"elements"') ? `{"elements":${list}}` : `{"items":${list}}`;
}
