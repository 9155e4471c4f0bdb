import { expect } from 'chai';
import { compileProject, diagnosticsOf, explain, pathOfSnippet, snippets } from './support/project.js';

describe('the types', function () {
  this.timeout(240_000);

  it('are right, in lib/, spec/, examples/ and conformance/', () => {
    const project = compileProject();
    const shown = new Set(snippets.map((_, index) => pathOfSnippet(index)));
    const files = project
      .getSourceFiles()
      .filter((file) => !project.isSourceFileFromExternalLibrary(file) && !shown.has(file.fileName));
    const diagnostics = [
      ...project.getOptionsDiagnostics(),
      ...project.getGlobalDiagnostics(),
      ...files.flatMap((file) => diagnosticsOf(file)),
    ];
    expect(diagnostics.map(explain).join('\n')).to.equal('');
  });
});
