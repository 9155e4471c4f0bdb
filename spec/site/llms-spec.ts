import { expect } from 'chai';
import { llmsFull, llmsIndex, summaryOf } from '../../site/llms.js';
import { tidyApi } from '../../site/tidyApi.js';

const pages = [
  { place: 'errors.md', text: '# How an answer ends\n\nThere are [two](x.md) channels. More.\n' },
  { place: 'decisions/index.md', text: '# Decisions\n\n| a |\n\nWhy it is so:\n\n- x\n' },
];
const groups = [
  {
    title: 'Start',
    pages: [
      { file: 'errors', title: 'Errors' },
      { file: 'decisions/README', title: 'Decisions' },
    ],
  },
];

describe('llms.txt', () => {
  it('lists every page with its first sentence, and the API', () => {
    const api = [
      { place: 'api/x/functions/tool.md', text: '# tool()\n\n```ts\nfunction tool();\n```\n\nA tool. More.\n' },
    ];
    expect(llmsIndex('About.', '/base/', groups, pages, api)).to.equal(
      `# rx-structured

> About.

Everything in one file: /base/llms-full.txt

## Start

- [Errors](/base/errors.md): There are two channels.
- [Decisions](/base/decisions/index.md): Why it is so.

## API

- [tool()](/base/api/x/functions/tool.md): A tool.
`,
    );
  });

  it('has all pages in one file', () => {
    const full = llmsFull('About.', pages);
    for (const { text, place } of pages) expect(full).to.include(text.trim()).and.include(`<!-- ${place} -->`);
  });

  it('takes the first sentence, whatever stands before it', () => {
    expect(summaryOf('---\nedit: x\n---\n\n# T\n\n```ts\nx\n```\n\n`tool` is\none thing. And more.')).to.equal(
      '`tool` is one thing.',
    );
  });
});

describe('tidyApi', () => {
  const signature = (line: string, words: string): string =>
    `## Call Signature\n\n\`\`\`ts\n${line}\n\`\`\`\n\n${words}`;

  it('says what an overloaded function does once, and each way to call it', () => {
    const words = 'Does it.\n\n### Parameters\n\n| a |\n\n### Since\n\n0.1.0\n\n';
    const tidy = tidyApi(`# f()\n\n${signature('function f(a): A;', words)}${signature('function f(b): B;', words)}`);
    expect(tidy.match(/Does it\./g)).to.have.lengthOf(1);
    expect(tidy.match(/Since/g)).to.have.lengthOf(1);
    expect(tidy).to.include('function f(a): A;').and.include('## Overload\n\n```ts\nfunction f(b): B;');
    expect(tidy).to.include('\n## Parameters\n');
  });

  it('lists the errors under one heading', () => {
    expect(
      tidyApi('# f()\n\nDoes it.\n\n## Throws\n\nA here.\n\n## Throws\n\nB there.\n\n## Since\n\n0.1.0\n'),
    ).to.equal('# f()\n\nDoes it.\n\n## Throws\n\n- A here.\n- B there.\n\n## Since\n\n0.1.0\n');
  });
});
