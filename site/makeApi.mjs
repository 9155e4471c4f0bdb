// The API pages, from the doc comments in lib/: Markdown, a page for each name, in a folder for each entry.
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { Application, Converter, ReflectionKind } from 'typedoc';

const root = join(import.meta.dirname, '..');

/** The public entries, by the source of each: `rx-structured/sse` and the like. */
export async function readEntries() {
  const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const { paths } = JSON.parse(await readFile(join(root, 'tsconfig.json'), 'utf8')).compilerOptions;
  return Object.keys(exports)
    .filter((subpath) => subpath !== './package.json')
    .map((subpath) => `rx-structured${subpath.slice(1)}`)
    .map((name) => ({ name, source: join(root, paths[name][0]) }));
}

/** Writes the pages into a folder. A link of a doc comment that leads nowhere is an error. */
export async function makeApi(folder) {
  const entries = await readEntries();
  const app = await Application.bootstrapWithPlugins({
    entryPoints: entries.map(({ source }) => source),
    // Elsewhere it would empty docs/.
    out: folder,
    tsconfig: join(root, 'tsconfig.json'),
    plugin: ['typedoc-plugin-markdown'],
    readme: 'none',
    // The types are checked by the tests.
    skipErrorChecking: true,
    entryFileName: 'index',
    hideBreadcrumbs: true,
    hidePageHeader: true,
    hideGroupHeadings: true,
    parametersFormat: 'table',
    interfacePropertiesFormat: 'table',
    typeDeclarationFormat: 'table',
    useCodeBlocks: true,
    disableSources: true,
    excludePrivate: true,
    excludeInternal: true,
    githubPages: false,
    validation: { notExported: false, invalidLink: true, invalidPath: true },
    treatValidationWarningsAsErrors: true,
    treatWarningsAsErrors: true,
    logLevel: 'Warn',
    pageTitleTemplates: { index: 'API', module: '{name}', member: '{name}' },
  });

  // An entry is known by what one imports, not by its file.
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.getChildrenByKind(ReflectionKind.Module)) {
      const entry = entries.find(
        ({ source }) =>
          source === join(root, 'lib', `${module.name}.ts`) || source === join(root, 'lib', module.name, 'index.ts'),
      );
      if (entry !== undefined) module.name = entry.name;
    }
  });
  // A comment may speak of what another entry exports.
  app.converter.addUnknownSymbolResolver((reference, { project }, part) => {
    if (part === undefined) return undefined;
    const name = reference.symbolReference?.path?.map(({ path }) => path).join('.');
    if (name === undefined) return undefined;
    for (const module of project.getChildrenByKind(ReflectionKind.Module)) {
      const found = module.getChildByName(name);
      if (found !== undefined && found.kind !== ReflectionKind.Reference) return { target: found };
    }
    return undefined;
  });

  const project = await app.convert();
  if (project === undefined) throw new Error('the doc comments could not be read');
  app.validate(project);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error('the doc comments have faults, see above');
  await app.outputs.writeOutput({ name: 'markdown', path: folder }, project);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error('the API pages could not be written');
}

if (import.meta.filename === process.argv[1]) await makeApi(process.argv[2]);
