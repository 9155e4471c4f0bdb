/** A framework whose page of the documentation is followed. */
export interface Framework {
  readonly page: string;
  /** What `npm create vite` makes around the files of the page, as far as they need it. */
  readonly files: Readonly<Record<string, string>>;
  /** What checks the types of its components: a program of the example's packages, and its arguments. */
  readonly check: readonly [program: string, ...args: string[]];
}

const tsconfig = (options: object): string =>
  JSON.stringify({
    compilerOptions: {
      target: 'es2022',
      module: 'esnext',
      moduleResolution: 'bundler',
      lib: ['es2023', 'dom', 'dom.iterable'],
      types: ['vite/client'],
      strict: true,
      skipLibCheck: true,
      noEmit: true,
      verbatimModuleSyntax: true,
      ...options,
    },
    include: ['src'],
  });

const page = (main: string): string =>
  `<!doctype html><html lang="en"><body><div id="app"></div><script type="module" src="${main}"></script></body></html>`;

const config = (name: string, plugin: string): string =>
  `import ${name} from '${plugin}';\nexport default { plugins: [${name}()] };\n`;

export const frameworks: readonly Framework[] = [
  {
    page: 'docs/react.md',
    files: {
      'vite.config.ts': config('react', '@vitejs/plugin-react'),
      'tsconfig.json': tsconfig({ jsx: 'react-jsx' }),
      'index.html': page('/src/main.tsx'),
      'src/main.tsx': `import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Recipes } from './Recipes';

createRoot(document.getElementById('app')!).render(<StrictMode><Recipes /></StrictMode>);
`,
    },
    check: ['typescript/bin/tsc'],
  },
  {
    page: 'docs/vue.md',
    files: {
      'vite.config.ts': config('vue', '@vitejs/plugin-vue'),
      'tsconfig.json': tsconfig({}),
      'index.html': page('/src/main.ts'),
      'src/main.ts': `import { createApp } from 'vue';
import Recipes from './Recipes.vue';

createApp(Recipes).mount('#app');
`,
    },
    check: ['vue-tsc/bin/vue-tsc.js'],
  },
  {
    page: 'docs/svelte.md',
    files: {
      'svelte.config.js': `import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
export default { preprocess: vitePreprocess() };
`,
      'tsconfig.json': tsconfig({ types: ['svelte', 'vite/client'] }),
      'index.html': page('/src/main.ts'),
      'src/main.ts': `import { mount } from 'svelte';
import Recipes from './Recipes.svelte';

mount(Recipes, { target: document.getElementById('app')! });
`,
    },
    check: ['svelte-check/bin/svelte-check', '--fail-on-warnings'],
  },
];
