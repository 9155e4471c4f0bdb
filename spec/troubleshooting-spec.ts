import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/troubleshooting.md'), 'utf8').replace(/\\\|/g, '|').replace(/\s+/g, ' ');

/** Texts that no reader of an error sees: they are for models, for the wire or for pages of our own. */
const elsewhere = [
  'codecs/standardSchema/Complaint.ts', // names of checks
  'answers/WantedElements.ts', // corrections, told to the model
  'answers/tools/runCalls.ts', // results of calls, told to the model
  'codecs/jsonSchema/tellConstraints.ts', // descriptions in a schema
  'codecs/standardSchema/confirmShape.ts', // names of samples
  'codecs/standardSchema/markZodPatterns.ts: base64', // names of formats
  'completions/schemaPrompt.ts',
  'completions/toFinishReason.ts', // words of providers
  'inspector/',
  'opentelemetry/',
  'providers/anthropic/anthropicMessages.ts', // a prompt
  'providers/ollama/ollamaChat.ts', // a prompt
  'retry/correction.ts',
];

/** Errors of our own mistakes: they say that an invariant of the library is broken. */
const invariants = ['there is no verdict, though everything has been read', 'nothing is wrong', 'a check failed'];

/** A literal is taken for a message from this many words on; what is given to an error, from two. */
const WORDS = 3;

interface Message {
  readonly where: string;
  /** The text between what is inserted. */
  readonly pieces: readonly string[];
}

/** The messages that a file of the library holds. */
function messagesIn(file: string): readonly Message[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, 'lib', file), 'utf8'), ts.ScriptTarget.ES2022, true);
  const messages: Message[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return;
    const pieces = piecesOf(node);
    if (pieces === undefined) ts.forEachChild(node, visit);
    else {
      const words = pieces
        .join('…')
        .split(' ')
        .filter((word) => /\p{L}{2}/u.test(word)).length;
      if (words >= (isGivenToError(node) ? 2 : WORDS)) messages.push({ where: file, pieces });
      // What is inserted may be a message too.
      ts.forEachChild(node, visit);
    }
  };
  visit(source);
  return messages;
}

/** The text of a literal, or of literals that are added up; `undefined` for any other expression. */
function piecesOf(node: ts.Node): readonly string[] | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  const [left, right] = [piecesOf(node.left), piecesOf(node.right)];
  if (left === undefined || right === undefined) return undefined;
  return [...left.slice(0, -1), `${left.at(-1) ?? ''}${right[0] ?? ''}`, ...right.slice(1)];
}

function isGivenToError({ parent }: ts.Node): boolean {
  if (ts.isNewExpression(parent)) return /Error$/.test(parent.expression.getText());
  return ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.SuperKeyword;
}

/** As much of the page may stand for what is inserted, in characters. */
const LONGEST_INSERT = 300;

/** Whether the page shows the message, with anything in the place of what is inserted. */
function isShown({ pieces }: Message): boolean {
  const [first = '', ...others] = pieces.map((piece) => piece.trim().replace(/\s+/g, ' ')).filter(Boolean);
  for (let start = page.indexOf(first); start !== -1; start = page.indexOf(first, start + 1))
    if (follow(others, start + first.length)) return true;
  return false;
}

/** Whether the pieces come one after another from here on, each soon. */
function follow(pieces: readonly string[], from: number): boolean {
  let at = from;
  for (const piece of pieces) {
    const next = page.indexOf(piece, at);
    if (next === -1 || next - at > LONGEST_INSERT) return false;
    at = next + piece.length;
  }
  return true;
}

const files = readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

describe('the page for troubleshooting', () => {
  const messages = files
    .flatMap(messagesIn)
    .filter(({ where, pieces }) => !elsewhere.some((start) => `${where}: ${pieces.join('…')}`.startsWith(start)))
    .filter(({ pieces }) => !invariants.includes(pieces.join('')));

  it('is held to the messages of the library', () => {
    const texts = messages.map(({ pieces }) => pieces.join('…'));
    expect(texts).to.include.members([
      'The model refused to answer…', // a class
      'The model is unavailable. Try again later.', // a table
      '…: expected { codec, messages } after the model, got …', // misuse
      '…: required … is missing, expected …', // a Left
    ]);
    expect(messages.length).to.be.greaterThan(120);
  });

  it('shows every one of them', () => {
    const missing = messages.filter((message) => !isShown(message));
    expect(missing.map(({ where, pieces }) => `${where}: ${pieces.join('…')}`)).to.deep.equal([]);
  });

  it('names every class of errors', () => {
    const names = files
      .filter((file) => file.endsWith('Error.ts'))
      .flatMap((file) => Array.from(readFileSync(join(root, 'lib', file), 'utf8').matchAll(/^export class (\w+)/gm)))
      .map(([, name = '']) => name);
    expect(names).to.include.members(['SchemaError', 'RefusalError', 'ToolAbortError']);
    expect(names.filter((name) => !page.includes(`\`${name}\``))).to.deep.equal([]);
  });
});
