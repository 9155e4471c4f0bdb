/** Lines that a model is told at most. */
const LINES = 20;

/**
 * Tells the model which elements are wrong. The first messages are written out: one at least, and 20 lines at most. For
 * the other elements only their places follow: mostly the same is wrong with them.
 *
 * @param wrong In the order of the list; each message begins with the place of its element.
 */
export function joinComplaints(wrong: readonly { readonly message: string }[]): string {
  let lines = 0;
  const shown = wrong.filter(({ message }, at) => {
    lines += message.split('\n').length;
    return at === 0 || lines <= LINES;
  });
  const others = wrong.slice(shown.length).map(({ message }) => /^[^\]\n]*\]/.exec(message)?.[0] ?? message);
  return [
    ...shown.map(({ message }) => message),
    ...(others.length > 0 ? [`These are wrong as well: ${others.join(', ')}`] : []),
  ].join('\n');
}
