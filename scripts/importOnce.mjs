// A module that takes names from a package becomes one that takes them from the package's one namespace. The files of dist/
// hold many modules, and would otherwise import the package once for each of them: a page keeps all of these imports,
// whichever operator it takes.
import ts from 'typescript';

/** How the module is asked for that holds a package's namespace. */
export const ONCE = 'once:';

export function importOnce(text, packages) {
  const source = ts.createSourceFile('module.ts', text, ts.ScriptTarget.ES2022, true);
  const edits = [];
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !packages.includes(statement.moduleSpecifier.text)) continue;
    const { importClause, moduleSpecifier } = statement;
    const bindings = importClause?.namedBindings;
    if (importClause?.isTypeOnly || bindings === undefined) continue;
    const from = `from '${ONCE}${moduleSpecifier.text}';`;
    if (ts.isNamespaceImport(bindings)) {
      edits.push([statement, `import { all as ${bindings.name.text} } ${from}`]);
      continue;
    }
    const names = bindings.elements.filter(({ isTypeOnly }) => !isTypeOnly);
    const space = `$${moduleSpecifier.text.replace(/\W/g, '_')}`;
    edits.push([statement, names.length === 0 ? '' : `import { all as ${space} } ${from}`]);
    const members = new Map(names.map(({ name, propertyName }) => [name.text, (propertyName ?? name).text]));
    const visit = (node) => {
      if (node === statement || (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node))) return;
      if (ts.isIdentifier(node) && members.has(node.text))
        edits.push([node, replaceIn(node, `${space}.${members.get(node.text)}`)]);
      else ts.forEachChild(node, visit);
    };
    ts.forEachChild(source, visit);
  }
  return edits
    .filter(([, by]) => by !== undefined)
    .sort(([a], [b]) => b.getStart(source) - a.getStart(source))
    .reduce((changed, [node, by]) => changed.slice(0, node.getStart(source)) + by + changed.slice(node.end), text);
}

/** Text for a use of an imported name, nothing for the same word in another meaning. */
function replaceIn(node, member) {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return `${node.text}: ${member}`;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return undefined;
  if (
    (ts.isPropertyAssignment(parent) ||
      ts.isMethodDeclaration(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isPropertyDeclaration(parent)) &&
    parent.name === node
  )
    return undefined;
  if (ts.isBindingElement(parent) && parent.propertyName === node) return undefined;
  if ((parent.name === node && !ts.isPropertyAccessExpression(parent)) || ts.isExportSpecifier(parent))
    throw new Error(`${node.text} is imported, and declared once more: ${parent.getText()}`);
  return member;
}
