/** Lines that a model is told at most. */
const LINES = 20;

/**
 * What is wrong with elements, for the model: their messages, up to 20 lines and at least one message. Of the others it is
 * told where they stand: it has to correct them as well, and what is wrong with them is mostly the same.
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
