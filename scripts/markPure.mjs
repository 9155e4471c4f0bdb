// Bundlers drop a constant that nothing uses only if they know that making it does nothing else. They do not know that of
// a call. What is made at the top of a file of lib/ is made by calls that do nothing else, and is marked as such.
import ts from 'typescript';

export function markPure(text) {
  const source = ts.createSourceFile('module.ts', text, ts.ScriptTarget.ES2022, true);
  const initializers = source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations.map(({ initializer }) => initializer))
    .filter((initializer) => initializer !== undefined && calls(initializer));
  return initializers.reduceRight((marked, { end, ...initializer }) => {
    const start = initializer.pos;
    return `${marked.slice(0, start)} /* @__PURE__ */ (() => (${marked.slice(start, end)}))()${marked.slice(end)}`;
  }, text);
}

function calls(node) {
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
  if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isSpreadAssignment(node)) return true;
  if (ts.isBinaryExpression(node)) return true;
  return ts.forEachChild(node, (child) => calls(child) || undefined) ?? false;
}
