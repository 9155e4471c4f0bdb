import { expect } from 'chai';
import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, extname, join, relative } from 'node:path';
import { format, promisify } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import ts from 'typescript';
import { answerTo, programOf, works } from '../support/comparison.js';
import { ModelServer } from '../support/modelServer.js';
import { installTarball, packPackage, root } from '../support/packPackage.js';
import { typeCheck } from '../support/typeCheck.js';

const run = promisify(execFile);
const require = createRequire(import.meta.url);

const chainLogs = [
  'Right Partial {"name":"J"}',
  'Right Partial {"name":"John","age":3}',
  'Right Partial {"name":"John","age":30}',
  'Right Complete {"name":"John","age":30}',
];

describe('the packed package', function () {
  this.timeout(120_000);

  let folder: string;
  let tarball: string;
  let installed: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rx-structured-'));
    tarball = await packPackage(folder);
    // The SDKs are left out where code runs: who does not use a provider does not install its SDK.
    const peers = Object.fromEntries(
      ['rxjs', 'io-ts', 'fp-ts', 'eventsource-parser', '@opentelemetry/api'].map((name) => [
        name,
        join(root, 'node_modules', name),
      ]),
    );
    installed = await installTarball(tarball, folder, peers);
    await cp(join(import.meta.dirname, 'consumer'), folder, { recursive: true });
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('runs in Node as ES modules and as CommonJS, with the same classes behind every entry', async () => {
    for (const file of ['esm.mjs', 'cjs.cjs']) {
      const { stdout, stderr } = await run(process.execPath, [join(folder, file)], { cwd: folder });
      expect(stderr).to.equal('');
      expect(stdout.trimEnd().split('\n'), file).to.deep.equal([...chainLogs, 'ProviderError true']);
    }
  });

  it('knows the errors and the snapshots of its other copy, where a process both imports and requires it', async () => {
    const { stdout, stderr } = await run(process.execPath, [join(folder, 'copies.mjs')], { cwd: folder });
    expect(stderr).to.equal('');
    expect(stdout.trimEnd().split('\n')).to.deep.equal([
      'esm to cjs: Left InvalidJson {"a": [1, ]',
      'cjs to esm: Left InvalidJson {"a": [1, ]',
      'esm error of its own class only: true true false',
      'esm text: [1.0,  2] append true',
      'cjs text: [1.0,  2] append true',
    ]);
  });

  it('reads JSON with the tokens that are left of jsonparse as JSON.parse does', async () => {
    const { stdout, stderr } = await run(process.execPath, [join(folder, 'tokens.mjs')], { cwd: folder });
    expect(stderr).to.equal('');
    expect(stdout).to.match(/^[1-9]\d+ texts, at every cut: the same\n$/);
  });

  it('runs the programs of the comparison in a fresh project, with zod and without an SDK', async () => {
    const fresh = join(folder, 'fresh');
    const names = ['rxjs', 'io-ts', 'fp-ts', 'eventsource-parser', 'zod'];
    const peers = Object.fromEntries(names.map((name) => [name, join(root, 'node_modules', name)]));
    await installTarball(tarball, fresh, peers);
    await cp(join(folder, 'localOllama.mjs'), join(fresh, 'localOllama.mjs'));
    const server = await ModelServer.startWith(answerTo);
    const env = { ...process.env, LOCAL_OLLAMA: server.url };

    for (const work of Object.keys(works) as (keyof typeof works)[]) {
      const { code, prints } = programOf('rx-structured', work);
      const { outputText } = ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
      await writeFile(join(fresh, `${work}.mjs`), outputText);
      const { stdout } = await run(process.execPath, ['--import', './localOllama.mjs', `${work}.mjs`], {
        cwd: fresh,
        env,
      });
      expect(stdout.trimEnd(), work).to.equal(prints);
    }
    await server.stop();
  });

  it('imports every entry without the SDKs of the providers', async () => {
    const { exports } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as { exports: object };
    const entries = Object.keys(exports).filter((subpath) => subpath !== './package.json');
    const names = entries.map((subpath) => `rx-structured${subpath.slice(1)}`);
    const esm = names.map((name) => `await import('${name}');`).join('\n');
    const cjs = names.map((name) => `require('${name}');`).join('\n');
    await run(process.execPath, ['--input-type=module', '-e', esm], { cwd: folder });
    await run(process.execPath, ['--input-type=commonjs', '-e', cjs], { cwd: folder });
  });

  it('defines every class once', async () => {
    const files = (await readdir(join(installed, 'dist'), { recursive: true })).filter((file) => file.endsWith('.js'));
    const texts = await Promise.all(files.map((file) => readFile(join(installed, 'dist', file), 'utf8')));
    const classes = texts.flatMap((text) =>
      Array.from(text.matchAll(/^(?:var (\w+) = )?class (\w*)/gm), ([, name, own]) => name ?? own),
    );
    expect(classes).to.include('JsonSyntaxError');
    expect(classes).to.have.lengthOf(new Set(classes).size);
  });

  it('is two files for the main entry, since each costs Node more than what is in it', async () => {
    for (const [extension, imported] of [
      ['js', /^(?:import|export) .*?from "(\..*?)"|^\} from "(\..*?)"/gm],
      ['cjs', /\brequire\("(\..*?)"\)/g],
    ] as const) {
      const files = [join(installed, 'dist', `index.${extension}`)];
      for (const file of files)
        for (const [, path = '', other = path] of (await readFile(file, 'utf8')).matchAll(imported))
          if (!files.includes(join(file, '..', other))) files.push(join(file, '..', other));
      expect(files, extension).to.have.lengthOf(2);
    }
  });

  describe('in a browser bundle', () => {
    const bundle = async (contents: string) => {
      const { outputFiles, metafile } = await build({
        stdin: { contents, resolveDir: folder },
        bundle: true,
        write: false,
        metafile: true,
        platform: 'browser',
        format: 'iife',
        logLevel: 'silent',
      });
      const [output] = Object.values(metafile.outputs);
      const used = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
      return { text: outputFiles[0]?.text ?? '', files: used.map(([file]) => file) };
    };

    it('runs without Buffer, process and the other globals of Node', async () => {
      const logs: string[] = [];
      const console = { log: (...values: unknown[]) => logs.push(format(...values)) };
      const context = createContext({ console, setTimeout, clearTimeout, AbortController });
      expect(runInContext('typeof Buffer + typeof process + typeof require', context)).to.equal('undefined'.repeat(3));
      const { text } = await bundle(await readFile(join(folder, 'browser.mjs'), 'utf8'));
      runInContext(text, context);
      expect(logs).to.deep.equal(chainLogs);
    });

    it('contains only what is used', async () => {
      const { files, text } = await bundle(`import { textDeltas } from 'rx-structured'; console.log(textDeltas);`);
      const packages = files.map((file) => /node_modules\/([\w-]+)\//.exec(file)?.[1] ?? 'the stdin');
      expect(new Set(packages)).to.have.all.keys('the stdin', 'rx-structured', 'rxjs', 'tslib');
      expect(text).to.include('class extends Error').and.not.include('JsonSyntaxError').and.not.include('Tim Caswell');
    });

    it('imports a package once, where it is left out of the bundle', async () => {
      const { outputFiles } = await build({
        stdin: { contents: `export { decodeWith, fromCompletion } from 'rx-structured';`, resolveDir: folder },
        bundle: true,
        write: false,
        format: 'esm',
        external: ['rxjs', 'io-ts'],
        logLevel: 'silent',
      });
      const text = outputFiles[0]?.text ?? '';
      expect(text.match(/from ["']rxjs["']/g)).to.have.lengthOf(1);
      expect(text.match(/from ["']io-ts["']/g)).to.have.lengthOf(1);
    });
  });

  it('is clean by publint', async () => {
    const { messages, pkg } = await publint({ pkgDir: installed, strict: true, pack: false });
    expect(messages.map((message) => formatMessage(message, pkg)).join('\n')).to.equal('');
  });

  it('is clean by arethetypeswrong', async () => {
    // node16: the old `moduleResolution: node` knows no `exports`, so it finds no subpath of any package like this.
    const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    await run(process.execPath, [attw, tarball, '--profile', 'node16']);
  });

  it('has types for both module systems', async () => {
    const typed = join(folder, 'typed');
    const libraries = ['rxjs', 'io-ts', 'fp-ts', 'eventsource-parser', '@types/node'];
    const sdks = ['openai', '@anthropic-ai/sdk', '@ai-sdk/provider', '@opentelemetry/api'];
    const peers = [...libraries, ...sdks].map((name) => [name, join(root, 'node_modules', name)]);
    await installTarball(tarball, typed, Object.fromEntries(peers) as Record<string, string>);
    const files = ['types.mts', 'types.cts', 'entries.mts', 'entries.cts'];
    for (const file of files) await cp(join(folder, file), join(typed, file));
    const tsc = require.resolve('typescript/bin/tsc');
    expect(await typeCheck(tsc, typed, files)).to.deep.equal([]);
    // A server names no DOM: the web's globals are those of Node.
    const server = ['--module', 'nodenext', '--lib', 'es2022,esnext.disposable', '--types', 'node'];
    expect(await typeCheck(tsc, typed, files, server)).to.deep.equal([]);
  });

  it('holds the library and nothing else', async () => {
    const folders = await readdir(installed);
    expect(folders).to.have.members(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'docs', 'lib', 'package.json']);
    const files = (await readdir(join(installed, 'dist'), { recursive: true })).filter((file) => /\.c?js$/.test(file));
    const texts = await Promise.all(files.map((file) => readFile(join(installed, 'dist', file), 'utf8')));
    const noticed = files.filter((_, index) => /\/\*! jsonparse 1\.3\.1[^]*Tim Caswell/.test(texts[index] ?? ''));
    // In the CommonJS copy, and in the chunk of the ES modules that holds the tokenizer.
    expect(noticed.map((file) => extname(file)).sort()).to.deep.equal(['.cjs', '.js']);
  });

  it('holds the licence of each package that the page of the inspector has a copy of', async () => {
    const licences = await readFile(join(installed, 'dist/inspector/licences.txt'), 'utf8');
    expect(Array.from(licences.matchAll(/^([a-z-]+) \d+\.\d+\.\d+$/gm), ([, name]) => name)).to.deep.equal([
      'jsonparse',
      'rxjs',
      'tslib',
    ]);
    expect(licences).to.include('Tim Caswell').and.include('Apache License').and.include('Microsoft Corporation');
  });

  it('holds what runs, types, docs and the sources of its maps, once, and no stray files', async () => {
    const kinds =
      /^(dist\/.*\.(js|cjs|d\.ts|d\.cts|js\.map|cjs\.map|d\.ts\.map)|dist\/inspector\/licences\.txt|docs\/.*\.md|lib\/.*\.(ts|css|html)|README\.md|CHANGELOG\.md|LICENSE|package\.json)$/;
    const entries = await readdir(installed, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(installed, join(entry.parentPath, entry.name)));
    expect(files.filter((file) => !kinds.test(file))).to.deep.equal([]);
    const maps = files.filter((file) => file.endsWith('.map'));
    expect(maps).not.to.deep.equal([]);
    for (const file of maps) {
      const map = JSON.parse(await readFile(join(installed, file), 'utf8')) as SourceMap;
      expect(map.sourcesContent, file).to.equal(undefined);
      const own = map.sources.filter((source) => source.includes('lib/'));
      const missing = own.filter((source) => !files.includes(join(dirname(file), source)));
      expect(missing, file).to.deep.equal([]);
    }
    expect((await stat(tarball)).size, 'bytes, packed').to.be.below(1_200_000);
  });

  it('depends on packages that are free to use, and run nothing when they are installed', async () => {
    const { dependencies } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as Manifest;
    expect(Object.keys(dependencies ?? {})).to.deep.equal(['eventsource-parser']);
    for (const name of [
      ...Object.keys(dependencies ?? {}),
      'rxjs',
      'io-ts',
      'fp-ts',
      'openai',
      '@anthropic-ai/sdk',
      'zod',
    ]) {
      const manifest = JSON.parse(await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8')) as Manifest;
      expect(manifest.license, name).to.be.oneOf(['MIT', 'Apache-2.0']);
      for (const script of ['preinstall', 'install', 'postinstall'])
        expect(manifest.scripts ?? {}).not.to.have.property(script);
    }
  });

  it('says in its README under which licence each package stands that runs with it', async () => {
    const readme = await readFile(join(installed, 'README.md'), 'utf8');
    for (const name of ['rxjs', 'io-ts', 'fp-ts', 'eventsource-parser', 'jsonparse']) {
      const manifest = JSON.parse(await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8')) as Manifest;
      expect(readme).to.include(`${name} (${manifest.license ?? 'MIT'})`);
    }
  });
});

interface SourceMap {
  readonly sources: readonly string[];
  readonly sourcesContent?: readonly string[];
}

interface Manifest {
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}
