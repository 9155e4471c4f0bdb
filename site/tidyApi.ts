/**
 * An API page as TypeDoc's plugin writes it, made shorter: the words about a function stand once, whatever its overloads,
 * and its errors and hints in a list each.
 */
export function tidyApi(page: string): string {
  const [head = '', ...signatures] = page.split(/^## Call Signature\n/m);
  if (signatures.length === 0) return joinSections(page);
  const [first = '', ...others] = signatures;
  const told = new Set(blocksOf(first));
  const shorter = others.map((other) => {
    const blocks = blocksOf(other).filter(
      (block) => /^(?:```ts\nfunction|#+ (?:Type )?Parameters)/.test(block) || !told.has(block),
    );
    return `## Overload\n\n${blocks.join('\n\n')}\n\n`;
  });
  // The first one's parts are those of the page.
  const raised = first.replace(/^###/gm, '##');
  return joinSections([head, raised.trim(), '\n\n', ...shorter].join(''));
}

/** The code of the signature, its words, and each section with its heading. */
function blocksOf(signature: string): readonly string[] {
  const [code = '', rest = ''] = signature
    .trim()
    .split(/(?<=^```$)\n/m, 2)
    .map((part) => part.trim());
  const after = signature.trim().slice(signature.trim().indexOf(rest, code.length));
  return [code, ...after.split(/\n(?=### )/).map((block) => block.trim())].filter((block) => block !== '');
}

/** One heading for sections of one name that follow each other. */
function joinSections(page: string): string {
  const sections = page.split(/\n(?=#{2,} )/);
  const joined: string[] = [];
  let last = '';
  for (const section of sections) {
    const [, name = '', body = ''] = /^#+ (Throws|See)\n([^]*)$/.exec(section) ?? [];
    const item = (text: string): string => (text.trim().startsWith('- ') ? text.trim() : `- ${text.trim()}`);
    if (name === '') joined.push(section);
    else if (name === last) joined[joined.length - 1] = `${joined.at(-1)?.trimEnd() ?? ''}\n${item(body)}\n`;
    else joined.push(`${section.slice(0, section.indexOf('\n'))}\n\n${item(body)}\n`);
    last = name;
  }
  return `${joined.join('\n').trimEnd()}\n`;
}
