import tseslint from 'typescript-eslint';
import rxjsX from 'eslint-plugin-rxjs-x';

export default tseslint.config(
  {
    ignores: [
      'dist',
      'coverage',
      'node_modules',
      // These have packages of their own, which are not installed here.
      'bench',
      'examples/angular',
      'examples/nest',
      'examples/redis',
      'spec/package/consumer',
      'spec/golden',
      '**/*.mjs',
      '**/*.js',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  rxjsX.configs.strict,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Numbers in messages are the point of most messages here.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // A private member is private at run time as well: `#name`.
      'no-restricted-syntax': ['error', { selector: '[accessibility="private"]', message: 'Write #name.' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    // Programs to read: as short as people write them.
    files: ['examples/**/*.ts', 'spec/comparison/**/*.ts'],
    rules: {
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['spec/**/*.ts'],
    rules: {
      // chai's assertions are expressions; test doubles throw odd things and ignore values on purpose.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      'rxjs-x/no-ignored-subscription': 'off',
      'rxjs-x/no-ignored-error': 'off',
      'rxjs-x/no-nested-subscribe': 'off',
    },
  },
  {
    files: ['spec/comparison/**/*.ts'],
    rules: { 'rxjs-x/no-ignored-default-value': 'off' },
  },
);
