/** The length of a text in bytes of UTF-8. */
export function countBytes(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += countBytesOfCharacter(character);
  return bytes;
}

function countBytesOfCharacter(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/** The characters of a text that fit into so many bytes, and an ellipsis where there are more of them. */
export function cutBytes(text: string, longest: number): string {
  let bytes = 0;
  let length = 0;
  for (const character of text) {
    bytes += countBytesOfCharacter(character);
    if (bytes > longest) return `${text.slice(0, length)}…`;
    length += character.length;
  }
  return text;
}
