/** The reasons why an answer was rejected, for people. */
export interface Reason {
  /** `Line items 2, quantity` */
  readonly where: string;
  readonly what: string;
}

/** The messages are written for the model: `$.lineItems[1].quantity: expected Int, got "two"`, a line each. */
export function reasonsOf(message: string): readonly Reason[] {
  return message.split('\n').map((line) => {
    const [, path = '', what = line] = /^\$(\S*): (.*)$/.exec(line) ?? [];
    return { where: inWords(path), what };
  });
}

function inWords(path: string): string {
  const words = path
    .replace(/^\./, '')
    .replace(/\[(\d+)\]/g, (_, index: string) => ` ${Number(index) + 1}`)
    .replace(/\./g, ', ')
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
