// jsonparse without the parts that lib/tokens/Lexer.ts never reaches: its constructor, which allocates Buffers, the bodies
// of strings, numbers, and the parser above the tokens. Whatever is to be cut must be there, or the build fails: then
// there is a new jsonparse, and somebody has to read it.
import ts from 'typescript';

/** Methods that are not called, or that the lexer puts its own in the place of. */
const METHODS = [
  'onError',
  'appendStringChar',
  'appendStringBuf',
  'onToken',
  'parseError',
  'push',
  'pop',
  'emit',
  'onValue',
];

/** States in which the lexer never writes to the parser. */
const STATES = ['this.tState === STRING1', 'this.tState === NUMBER1 || this.tState === NUMBER3'];

/** Constants that only the parts that are cut speak of. */
const CONSTANTS = ['VALUE', 'KEY', 'OBJECT', 'ARRAY', 'STRING', 'NUMBER', 'STRING_BUFFER_SIZE'];

/** The last hex digit, for which jsonparse would need a Buffer, is read by the lexer. */
const LAST_DIGIT = 'this.tState++ === STRING6';

export function pruneJsonparse(text) {
  const source = ts.createSourceFile('jsonparse.js', text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const cut = new Set();
  const note = (what) => {
    cut.add(what);
    return undefined;
  };

  const unused = /^this\.(?:offset|string|stringBufferOffset)(?:\+\+|\s*\+?=)/;
  const numbersOn = 'n === 0x2d';

  const prune = (context) => {
    const { factory } = context;
    const visit = (node) => {
      if (ts.isVariableStatement(node) && CONSTANTS.includes(node.declarationList.declarations[0].name.text))
        return note(node.declarationList.declarations[0].name.text);
      if (ts.isFunctionDeclaration(node) && node.name.text === 'Parser') {
        note('the constructor');
        return factory.updateFunctionDeclaration(
          node,
          undefined,
          undefined,
          node.name,
          undefined,
          [],
          undefined,
          factory.createBlock([]),
        );
      }
      const [, owner, name] = /^(proto|Parser)\.(\w+) = function/.exec(node.getText(source)) ?? [];
      if (ts.isExpressionStatement(node) && owner === 'Parser' && name === 'toknam') return note(name);
      if (ts.isExpressionStatement(node) && owner === 'proto' && METHODS.includes(name)) return note(name);
      if (ts.isExpressionStatement(node) && name === 'charError') {
        note(name);
        return ts.createSourceFile('', 'proto.charError = function () { this.tState = STOP; };', ts.ScriptTarget.ES2022)
          .statements[0];
      }
      if (ts.isIfStatement(node) && STATES.includes(node.expression.getText(source))) {
        note(node.expression.getText(source));
        return ts.visitNode(node.elseStatement, visit);
      }
      // Numbers, whitespace and what may not stand there are not given to it between two tokens.
      if (ts.isIfStatement(node) && node.expression.getText(source) === numbersOn) return note(numbersOn);
      if (ts.isExpressionStatement(node) && unused.test(node.getText(source))) return note('this.offset');
      if (ts.isIfStatement(node) && node.expression.getText(source) === LAST_DIGIT) {
        note(LAST_DIGIT);
        return factory.createExpressionStatement(node.expression.left);
      }
      if (ts.isIfStatement(node) && node.expression.getText(source) === 'typeof buffer === "string"')
        return note('new Buffer');
      return ts.visitEachChild(node, visit, context);
    };
    return (file) => ts.visitNode(file, visit);
  };

  const { transformed } = ts.transform(source, [prune]);
  for (const part of [
    ...METHODS,
    ...STATES,
    ...CONSTANTS,
    LAST_DIGIT,
    'the constructor',
    'toknam',
    'charError',
    'new Buffer',
  ])
    if (!cut.has(part)) throw new Error(`jsonparse has no ${part} any more: read the new version`);
  const pruned = foldConstants(printWithSource(transformed[0], source), constantsOf(text));
  if (/\bBuffer\b/.test(pruned.replace(/\/\*[^]*?\*\//g, ''))) throw new Error('a Buffer is left in jsonparse');
  return pruned;
}

/** jsonparse's names for its states, its tokens and a few characters, with their numbers: minifiers leave them be. */
export function constantsOf(text) {
  const numbers = Array.from(text.matchAll(/^var (\w+) *= C\.\1 *= (0x\w+);/gm), ([, name, number]) => [
    name,
    Number(number),
  ]);
  const characters = Array.from(text.matchAll(/^var (\w+) *= +(".*?")\.charCodeAt\(0\);/gm), ([, name, character]) => [
    name,
    JSON.parse(character.replace('\\/', '/')).charCodeAt(0),
  ]);
  return new Map([...numbers, ...characters]);
}

/** Puts the numbers in the place of the names, line for line: in jsonparse, and in a module of ours. */
export function foldConstants(text, constants) {
  return text
    .replace(/^(?:var|const) (\w+) = .*;$/gm, (declaration, name) => (constants.has(name) ? '' : declaration))
    .replace(/^ *(?:const \{ C \} = Parser|var C = \{\}|Parser\.C = C);$/gm, '')
    .replace(/(?<![\w.])(?:Parser\.C\.|C\.)?([A-Z][A-Z_0-9]*)\b/g, (use, name) => String(constants.get(name) ?? use));
}

function printWithSource(file, source) {
  const printer = ts.createPrinter({ removeComments: true });
  return file.statements
    .map((statement) => printer.printNode(ts.EmitHint.Unspecified, statement, statement.getSourceFile?.() ?? source))
    .join('\n');
}
