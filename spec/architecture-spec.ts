import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize, relative, sep } from 'node:path';
import ts from 'typescript';

/** One way through the house: a stage imports itself and the stages before it. */
const stages = ['foundation', 'completions', 'deltas', 'tokens', 'partials', 'codecs', 'decoded', 'retry'];

/** The allowed imports of a part of the library: the parts it builds on, and the packages it may know of. */
interface Part {
  readonly parts: readonly string[];
  readonly packages: readonly string[];
}

const parts: Readonly<Record<string, Part>> = {
  ...Object.fromEntries(stages.map((stage, index) => [stage, { parts: stages.slice(0, index), packages: ['rxjs'] }])),
  tokens: { parts: stages.slice(0, 3), packages: ['rxjs', 'jsonparse'] },
  codecs: { parts: stages.slice(0, 5), packages: ['rxjs', 'io-ts', 'fp-ts'] },
  decoded: { parts: stages.slice(0, 6), packages: ['rxjs', 'io-ts', 'fp-ts'] },
  retry: { parts: stages.slice(0, 7), packages: ['rxjs', 'fp-ts'] },
  // The whole chains: the one stage in which operators meet.
  answers: { parts: stages, packages: ['rxjs', 'io-ts', 'fp-ts'] },
  providers: { parts: stages.slice(0, 3), packages: ['rxjs', 'eventsource-parser'] },
  'providers/openai': { parts: [...stages.slice(0, 3), 'providers'], packages: ['rxjs', 'openai'] },
  'providers/ai-sdk': { parts: [...stages.slice(0, 3), 'providers'], packages: ['rxjs'] },
  'providers/ollama': { parts: [...stages.slice(0, 3), 'providers'], packages: ['rxjs'] },
  'providers/anthropic': { parts: [...stages.slice(0, 3), 'providers'], packages: ['rxjs', '@anthropic-ai/sdk'] },
  sse: { parts: [...stages, 'answers'], packages: ['rxjs', 'io-ts', 'fp-ts', 'eventsource-parser'] },
  opentelemetry: { parts: [...stages, 'answers'], packages: ['rxjs', 'fp-ts', '@opentelemetry/api'] },
  models: { parts: ['foundation', 'completions'], packages: ['rxjs'] },
  inspector: { parts: [...stages, 'sse'], packages: ['rxjs', 'node:events', 'node:http'] },
  testing: { parts: [...stages, 'answers'], packages: ['rxjs', 'io-ts', 'fp-ts'] },
};

/** The part a file belongs to: a stage may have folders of its own. */
function partOf(file: string): string | undefined {
  const folder = dirname(file);
  return folder in parts ? folder : folder === '.' ? undefined : partOf(folder);
}

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

interface Source {
  /** Relative to lib/, with slashes. */
  readonly file: string;
  readonly folder: string;
  readonly name: string;
  readonly lines: number;
  readonly text: string;
  readonly imports: readonly Import[];
  /** Names of what it exports, types included. */
  readonly exports: readonly string[];
  /** The exported functions that return an operator. */
  readonly operators: readonly string[];
}

const lib = join(import.meta.dirname, '../lib');

function isExported(node: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}

function exportedNames(statement: ts.Statement): readonly string[] {
  if (ts.isExportDeclaration(statement))
    return statement.exportClause && ts.isNamedExports(statement.exportClause)
      ? statement.exportClause.elements.map(({ name }) => name.text)
      : [];
  if (!isExported(statement)) return [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText(statement.getSourceFile()));
  const { name } = statement as ts.DeclarationStatement;
  return name === undefined ? [] : [name.text];
}

function read(path: string): Source {
  const text = readFileSync(path, 'utf8');
  const file = relative(lib, path).split(sep).join('/');
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  return {
    file,
    folder: dirname(file),
    name: basename(file, '.ts'),
    lines: text.split('\n').length - 1,
    text,
    imports: statements.flatMap((statement) => {
      if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier))
        return [
          {
            specifier: statement.moduleSpecifier.text,
            typeOnly: statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
          },
        ];
      if (
        ts.isExportDeclaration(statement) &&
        statement.moduleSpecifier &&
        ts.isStringLiteral(statement.moduleSpecifier)
      )
        return [{ specifier: statement.moduleSpecifier.text, typeOnly: statement.isTypeOnly }];
      return [];
    }),
    exports: statements.flatMap(exportedNames),
    operators: statements
      .filter(ts.isFunctionDeclaration)
      .filter(
        (statement) => isExported(statement) && /^(MonoType)?OperatorFunction\b/.test(statement.type?.getText() ?? ''),
      )
      .map(({ name }) => name?.text ?? 'default'),
  };
}

const sources = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .map((file) => read(join(lib, file)));

const byFile = new Map(sources.map((source) => [source.file, source]));

const isRelative = ({ specifier }: Import): boolean => specifier.startsWith('.');

/** The file in lib/ that a relative import names. */
const target = ({ folder }: Source, { specifier }: Import): string =>
  normalize(join(folder, specifier)).split(sep).join('/').replace(/\.js$/, '.ts');

const packageOf = ({ specifier }: Import): string => {
  const [scope = '', name = ''] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
};

/** The files themselves, and all that they import, directly or not. */
function reachedFrom(files: readonly string[]): readonly Source[] {
  const reached = new Set<Source>();
  const visit = (file: string): void => {
    const source = byFile.get(file);
    if (source === undefined || reached.has(source)) return;
    reached.add(source);
    for (const imported of source.imports.filter(isRelative)) visit(target(source, imported));
  };
  files.forEach(visit);
  return [...reached];
}

/** Says where, instead of "expected [ Array(3) ] to be empty". */
function expectNone(violations: readonly string[]): void {
  expect(violations.join('\n')).to.equal('');
}

/** The public entries as package.json lists them, by the source that tsconfig.json maps them to. */
const manifest = JSON.parse(readFileSync(join(lib, '../package.json'), 'utf8')) as { exports: Record<string, unknown> };
const tsconfig = JSON.parse(readFileSync(join(lib, '../tsconfig.json'), 'utf8')) as {
  compilerOptions: { paths: Record<string, readonly [string]> };
};
const entries = Object.keys(manifest.exports)
  .filter((subpath) => subpath !== './package.json')
  .map(
    (subpath) =>
      tsconfig.compilerOptions.paths[`rx-structured${subpath.slice(1)}`]?.[0].replace('./lib/', '') ?? subpath,
  );

describe('the architecture', () => {
  it('has no file without a place in the house', () => {
    expectNone(sources.map(({ file }) => file).filter((file) => partOf(file) === undefined && !entries.includes(file)));
  });

  it('imports upstream only', () => {
    expectNone(
      sources
        .filter(({ file }) => !entries.includes(file))
        .flatMap((source) => {
          const part = partOf(source.file) ?? '';
          return source.imports
            .filter(isRelative)
            .map((imported) => target(source, imported))
            .filter((imported) => ![part, ...(parts[part]?.parts ?? [])].includes(partOf(imported) ?? ''))
            .map((imported) => `lib/${source.file} imports ${imported}`);
        }),
    );
  });

  it('imports no file that is not there, and none in a circle', () => {
    const done = new Set<string>();
    const violations: string[] = [];
    const visit = (file: string, trail: readonly string[]): void => {
      if (trail.includes(file)) violations.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
      if (trail.includes(file) || done.has(file)) return;
      const source = byFile.get(file);
      if (source === undefined) violations.push(`${trail.at(-1) ?? ''} imports ${file}, which does not exist`);
      for (const imported of source?.imports.filter(isRelative) ?? [])
        if (source && !imported.typeOnly) visit(target(source, imported), [...trail, file]);
      done.add(file);
    };
    for (const { file } of sources) visit(file, []);
    expectNone(violations);
  });

  it('knows of each package only where it belongs', () => {
    expectNone(
      sources.flatMap((source) =>
        source.imports
          .filter(
            (imported) =>
              !isRelative(imported) && !parts[partOf(source.file) ?? '']?.packages.includes(packageOf(imported)),
          )
          .map(({ specifier }) => `lib/${source.file} imports ${specifier}`),
      ),
    );
  });

  it('takes only types from fp-ts, and io-ts by its root', () => {
    expectNone(
      sources.flatMap(({ file, imports }) =>
        imports
          .filter(({ specifier, typeOnly }) => /^fp-ts/.test(specifier) && !(typeOnly && specifier.endsWith('.js')))
          .concat(imports.filter(({ specifier }) => specifier.startsWith('io-ts/')))
          .map(({ specifier }) => `lib/${file} imports ${specifier}`),
      ),
    );
  });

  it('has pure cores that know no rxjs, nor anything that does', () => {
    const cores = [
      'tokens/JsonTokenizer.ts',
      'partials/PartialDocument.ts',
      'codecs/decoder/Decoder.ts',
      'codecs/jsonSchema/toJsonSchema.ts',
    ];
    expect(cores.filter((file) => !byFile.has(file))).to.deep.equal([]);
    expectNone(
      reachedFrom(cores)
        .filter(({ imports }) => imports.some((imported) => packageOf(imported) === 'rxjs'))
        .map(({ file }) => `lib/${file} imports rxjs`),
    );
  });

  it('has one operator in an operator file, and none that imports another: they meet in answers/', () => {
    expectNone(
      sources.flatMap((source) => {
        if (source.operators.length === 0 || partOf(source.file) === 'answers') return [];
        const others = source.imports
          .filter((imported) => isRelative(imported) && byFile.get(target(source, imported))?.operators.length)
          .map(({ specifier }) => `lib/${source.file} imports the operator ${specifier}`);
        return source.operators.length > 1
          ? [...others, `lib/${source.file} holds ${source.operators.join(', ')}`]
          : others;
      }),
    );
  });

  it('names a file as its export', () => {
    expectNone(
      sources
        .filter(({ file, exports, name }) => !entries.includes(file) && !exports.includes(name))
        .map(({ file, exports }) => `lib/${file} exports ${exports.join(', ')}`),
    );
  });

  it('has an index.ts only where a package entry is', () => {
    expectNone(
      sources.map(({ file }) => file).filter((file) => basename(file) === 'index.ts' && !entries.includes(file)),
    );
  });

  it('has no file that no entry leads to', () => {
    // The inspector's page is a bundle of its own, see scripts/bundlePage.mjs.
    const reached = reachedFrom([...entries, 'inspector/page/main.ts']);
    expectNone(sources.filter((source) => !reached.includes(source)).map(({ file }) => `lib/${file}`));
  });

  it('tries each law as often as LAW_RUNS says, under a title with its number', () => {
    const folder = join(lib, '../spec/laws');
    expectNone(
      readdirSync(folder).flatMap((file) => {
        const text = readFileSync(join(folder, file), 'utf8');
        const unnumbered = Array.from(text.matchAll(/^ +it\((.*)/gm), ([, title = '']) => title)
          .filter((title) => !/^['`]laws? \d+/.test(title))
          .map((title) => `spec/laws/${file}: ${title}`);
        const asserts = text.match(/fc\.assert\(/g)?.length ?? 0;
        const runs = (text.match(/lawRuns\(|^ +usual,$/gm)?.length ?? 0) - (text.includes('usual = lawRuns(') ? 1 : 0);
        return runs < asserts ? [...unnumbered, `spec/laws/${file}: a law that does not obey LAW_RUNS`] : unnumbered;
      }),
    );
  });

  it('keeps files small', () => {
    expectNone(
      sources
        .filter(({ lines, operators }) => lines > (operators.length > 0 ? 150 : 400))
        .map(({ file, lines }) => `lib/${file}: ${lines} lines`),
    );
  });

  it('has a spec and a documented, runnable example for every operator', () => {
    expectNone(
      sources.flatMap(({ file, folder, operators, name, text }) => {
        if (operators.length === 0) return [];
        const spec = join(lib, '../spec', folder, `${name}-spec.ts`);
        return [
          ...(existsSync(spec) ? [] : [`lib/${file} has no spec/${folder}/${name}-spec.ts`]),
          ...['```text', '@example', '// Logs:', '@returns', '@since']
            .filter((part) => !text.includes(part))
            .map((part) => `lib/${file} has no ${part}`),
        ];
      }),
    );
  });
});
