/** In bytes of UTF-8. Messages go into logs and over the wire, and models and servers write parts of them. */
const LONGEST = 4_096;

/** A message as long as messages may be: a longer one is cut between two characters, and ends with `…`. */
export function boundMessage(message: string): string {
  if (message.length * 3 <= LONGEST) return message;
  let bytes = 0;
  let end = 0;
  for (const character of message) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (bytes > LONGEST) return `${message.slice(0, fit(message, end))}…`;
    end += character.length;
  }
  return message;
}

/** An end that leaves room for the `…`, which has three bytes. */
function fit(message: string, end: number): number {
  const earlier = end - 3;
  return /[\ud800-\udbff]/.test(message.charAt(earlier - 1)) ? earlier - 1 : earlier;
}
