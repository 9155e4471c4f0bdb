/** A page of `docs/`, by its file without `.md`, and its name in the sidebar. */
export interface NavPage {
  readonly file: string;
  readonly title: string;
}

export interface NavGroup {
  readonly title: string;
  readonly pages: readonly NavPage[];
}

const group = (title: string, pages: Readonly<Record<string, string>>): NavGroup => ({
  title,
  pages: Object.entries(pages).map(([file, name]) => ({ file, title: name })),
});

/** Every page of `docs/`, in the order of the sidebar. A page that is not listed fails spec/site. */
export const nav: readonly NavGroup[] = [
  group('Start', {
    'getting-started': 'Ten minutes',
    concepts: 'Concepts',
    zod: 'Zod',
    recipes: 'Recipes',
    troubleshooting: 'Troubleshooting',
    errors: 'Errors',
    'json-schema': 'JSON Schema',
    testing: 'Testing',
  }),
  group('Models', {
    providers: 'Providers',
    'ai-sdk': 'The AI SDK’s packages',
    messages: 'Messages, images, files',
    chat: 'Conversations',
    states: 'States for a screen',
    tools: 'Tools',
    models: 'Operators on a model',
  }),
  group('Applications', {
    sse: 'Servers and browsers',
    resuming: 'Resuming',
    angular: 'Angular',
    react: 'React',
    vue: 'Vue',
    svelte: 'Svelte',
    nest: 'Nest',
    performance: 'Performance',
    opentelemetry: 'OpenTelemetry',
    inspector: 'The inspector',
  }),
  group('Compare', {
    comparison: 'Beside the AI SDK',
    'coming-from-ai-sdk': 'Coming from the AI SDK',
    'coming-from-instructor': 'Coming from Instructor',
    'coming-from-langchain': 'Coming from LangChain',
  }),
  group('The code', {
    'internals/decoding': 'How a document is decoded',
    'internals/wire': 'How provider events are read',
    'decisions/README': 'Decisions',
    'decisions/jsonparse': 'jsonparse',
    'decisions/duplicate-keys': 'Duplicate keys',
    'decisions/growing-numbers': 'Growing numbers',
    'decisions/eager-snapshots': 'Eager snapshots',
    'decisions/left-on-next': 'Left on next',
    'decisions/null-as-absent': 'Null as absent',
    'decisions/io-ts-peer': 'io-ts as a peer',
    'decisions/symbol-for': 'Symbol.for',
    'decisions/origins': 'Origins',
  }),
];
