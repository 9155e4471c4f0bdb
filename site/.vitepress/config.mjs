import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import { drawMarbles } from '../marbles/drawMarbles.ts';
import { nav } from '../nav.ts';

const root = join(import.meta.dirname, '../..');
const staged = join(import.meta.dirname, '../.staged');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const repository = manifest.repository.url.replace(/^git\+|\.git$/g, '');

const place = (file) => `/${file.replace(/README$/, 'index')}`;

const docs = nav.map(({ title, pages }) => ({
  text: title,
  items: pages.map(({ file, title: text }) => ({ text, link: place(file) })),
}));

/** The API's sidebars, one for each entry: what one calls. Types stand on the entry's page, and are found by the search. */
function apiSidebars() {
  const entries = Object.keys(manifest.exports)
    .filter((subpath) => subpath !== './package.json')
    .map((subpath) => `rx-structured${subpath.slice(1)}`);
  const items = (entry, kind) => {
    const folder = join(staged, 'api', entry, kind);
    if (!existsSync(folder)) return [];
    const names = readdirSync(folder).map((file) => file.replace(/\.md$/, ''));
    return names.sort().map((text) => ({ text, link: `/api/${entry}/${kind}/${text}` }));
  };
  const members = (entry) => [...items(entry, 'functions'), ...items(entry, 'classes')];
  const sidebar = (open) =>
    entries.map((entry) => ({
      text: entry,
      link: `/api/${entry}/`,
      ...(entry === open && { items: members(entry) }),
    }));
  return Object.fromEntries([
    ...entries.map((entry) => [`/api/${entry}/`, sidebar(entry)]).reverse(),
    ['/api/', sidebar('')],
  ]);
}

function slugify(heading) {
  const words = heading.trim().toLowerCase();
  return words.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
}

export default defineConfig({
  title: 'rx-structured',
  description: manifest.description,
  lang: 'en',
  base: process.env.DOCS_BASE ?? '/',
  srcDir: '.staged',
  srcExclude: ['public/**'],
  outDir: 'dist',
  cacheDir: '.staged/.cache',
  metaChunk: true,
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-default' },
    // As GitHub does, so that links to headings lead there in both.
    anchor: { slugify },
    config: (md) => {
      const { fence } = md.renderer.rules;
      md.renderer.rules.fence = (tokens, index, options, env, self) => {
        const { info, content } = tokens[index];
        const drawn = info.trim() === 'text' ? drawMarbles(content, `marbles-${index}`) : undefined;
        return drawn ?? fence(tokens, index, options, env, self);
      };
    },
  },
  themeConfig: {
    search: {
      provider: 'local',
      options: {
        // Letters in circles are nothing to search for.
        _render: (source, env, md) =>
          md.render(source, env).replace(/<figure class="marbles"[^>]*>[^]*?<\/figure>/g, ''),
      },
    },
    nav: [
      { text: 'Guide', link: '/concepts', activeMatch: '^/(?!api|changelog|contributing|$)' },
      { text: 'API', link: '/api/rx-structured/', activeMatch: '^/api/' },
      { text: 'Playground', link: '/playground/', target: '_self', noIcon: true },
      {
        text: manifest.version,
        items: [
          { text: 'Changes', link: '/changelog' },
          { text: 'Contributing', link: '/contributing' },
        ],
      },
    ],
    sidebar: { ...apiSidebars(), '/': docs },
    outline: [2, 3],
    socialLinks: [{ icon: 'github', link: repository }],
    editLink: {
      pattern: ({ frontmatter }) => frontmatter.edit ?? '',
      text: 'Edit this page',
    },
    docFooter: { prev: 'Previous', next: 'Next' },
    footer: { message: 'MIT licence. No cookies, no analytics, nothing from elsewhere.' },
  },
  transformPageData: (page) => {
    // The API is written in the doc comments, and the first page by hand.
    if (page.frontmatter.edit === undefined) page.frontmatter.editLink = false;
    // Its headings are whole messages, too long for the outline.
    if (page.relativePath === 'troubleshooting.md') page.frontmatter.outline = 2;
  },
});
