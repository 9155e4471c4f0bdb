/** What `ng new` makes around the files of a page, as far as a page without server-side rendering needs it. */
export const angularProject: Readonly<Record<string, string>> = {
  'angular.json': JSON.stringify({
    version: 1,
    cli: { analytics: false },
    projects: {
      recipes: {
        projectType: 'application',
        root: '',
        sourceRoot: 'src',
        architect: {
          build: {
            builder: '@angular/build:application',
            options: { browser: 'src/main.ts', index: 'src/index.html', tsConfig: 'tsconfig.app.json' },
            // `ng test` builds as in development, and finds its options there.
            configurations: { development: { optimization: false } },
          },
          test: {
            builder: '@angular/build:unit-test',
            options: { buildTarget: 'recipes:build:development', tsConfig: 'tsconfig.spec.json' },
          },
        },
      },
    },
  }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      noImplicitOverride: true,
      noPropertyAccessFromIndexSignature: true,
      noImplicitReturns: true,
      noFallthroughCasesInSwitch: true,
      skipLibCheck: true,
      isolatedModules: true,
      experimentalDecorators: true,
      importHelpers: true,
      target: 'ES2022',
      module: 'preserve',
    },
    angularCompilerOptions: { strictInjectionParameters: true, strictInputAccessModifiers: true },
  }),
  'tsconfig.app.json': JSON.stringify({
    extends: './tsconfig.json',
    compilerOptions: { types: ['node'] },
    include: ['src/**/*.ts'],
    exclude: ['src/**/*.spec.ts'],
  }),
  'tsconfig.spec.json': JSON.stringify({
    extends: './tsconfig.json',
    compilerOptions: { types: ['vitest/globals'] },
    include: ['src/**/*.spec.ts'],
  }),
  'src/index.html': '<!doctype html><html lang="en"><base href="/" /><body><app-root></app-root></body></html>',
  'src/main.ts': `import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';

bootstrapApplication(App).catch((error: unknown) => console.error(error));
`,
};
