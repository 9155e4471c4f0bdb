import ts from 'typescript';
import { declarationsOf, resolveImport } from './project.js';

/** A declaration by name, in the file that makes it. */
interface Declared {
  readonly file: string;
  readonly name: string;
}

const printer = ts.createPrinter({ removeComments: true });

/**
 * The declarations that an entry makes public, in the order of their names: first those that it exports, then those
 * that these speak of. Comments are left out, so that only what a compiler sees is compared.
 */
export function publicDeclarations(entry: string): string {
  const exported = exportsOf(entry);
  const spoken = new Map<string, Declared>();
  const visit = (declared: Declared): void => {
    for (const other of namedBy(declared)) {
      const key = `${other.file} ${other.name}`;
      if (spoken.has(key) || exported.some(({ file, name }) => file === other.file && name === other.name)) continue;
      spoken.set(key, other);
      visit(other);
    }
  };
  exported.forEach(visit);
  const rest = [...spoken.values()].sort(byName);
  return [
    ...exported.toSorted(byName).map((declared) => print(declared)),
    ...(rest.length === 0 ? [] : ['// Not exported, but spoken of:\n']),
    ...rest.map((declared) => print(declared)),
  ].join('\n');
}

function byName(a: Declared, b: Declared): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** The exports of an entry, and where they come from. */
function exportsOf(entry: string): readonly Declared[] {
  return declarationsOf(entry).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier === undefined) return [];
    const { exportClause: clause, moduleSpecifier } = statement;
    const file = resolveImport(entry, (moduleSpecifier as ts.StringLiteral).text);
    // In `export type *` is everything that the file exports.
    if (clause === undefined) return [...statementsOf(file).keys()].map((name) => ({ file, name }));
    return ts.isNamedExports(clause)
      ? clause.elements.map(({ name, propertyName }) => ({ file, name: (propertyName ?? name).text }))
      : [];
  });
}

/** The statements of a file by what they declare; overloads together. */
function statementsOf(file: string): ReadonlyMap<string, readonly ts.Statement[]> {
  const statements = new Map<string, ts.Statement[]>();
  for (const statement of declarationsOf(file).statements) {
    const names = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.map(({ name }) => name.getText())
      : [(statement as ts.DeclarationStatement).name?.text ?? ''];
    for (const name of names.filter((each) => each !== ''))
      statements.set(name, [...(statements.get(name) ?? []), statement]);
  }
  return statements;
}

/** The imports of a file from other files of the library, by their names in that file. */
function importsOf(file: string): ReadonlyMap<string, Declared> {
  const imports = new Map<string, Declared>();
  for (const statement of declarationsOf(file).statements) {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
    const specifier = (statement.moduleSpecifier as ts.StringLiteral | undefined)?.text ?? '';
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : statement.exportClause;
    if (!specifier.startsWith('.') || bindings === undefined || !('elements' in bindings)) continue;
    for (const { name, propertyName } of bindings.elements)
      imports.set(name.text, { file: resolveImport(file, specifier), name: (propertyName ?? name).text });
  }
  return imports;
}

/** The declarations of the library that a declaration speaks of. */
function namedBy({ file, name }: Declared): readonly Declared[] {
  const statements = statementsOf(file);
  const imports = importsOf(file);
  const names = new Set<string>();
  const collect = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, collect);
  };
  const own = statements.get(name);
  if (own === undefined) {
    const imported = imports.get(name);
    return imported === undefined ? [] : [imported];
  }
  own.forEach(collect);
  return [...names].flatMap((each) => {
    if (each !== name && statements.has(each)) return [{ file, name: each }];
    const imported = imports.get(each);
    return imported === undefined ? [] : [imported];
  });
}

function print({ file, name }: Declared): string {
  const source = declarationsOf(file);
  return (statementsOf(file).get(name) ?? [])
    .map((statement) => `${printer.printNode(ts.EmitHint.Unspecified, statement, source)}\n`)
    .join('');
}
