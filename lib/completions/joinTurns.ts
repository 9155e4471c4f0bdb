/** The fields that messages of all APIs have in common. */
interface Told {
  readonly role?: unknown;
  readonly content?: unknown;
}

/**
 * A conversation and the turns after it, in which roles alternate: after a blank answer, which leaves no turn, the next
 * message of the user is added to the last one. Strict chat templates reject two turns of one role.
 *
 * @param toPart A text as a part of a message of this API.
 */
export function joinTurns<M extends object>(
  messages: readonly M[],
  turns: readonly M[],
  toPart: (text: string) => object,
): M[] {
  const last: (M & Told) | undefined = messages.at(-1);
  const [first, ...rest]: readonly (M & Told)[] = turns;
  if (last?.role !== 'user' || first?.role !== 'user' || typeof first.content !== 'string')
    return [...messages, ...turns];
  return [...messages.slice(0, -1), withText(last, first.content, toPart), ...rest];
}

/**
 * A conversation whose system message says this too: the one there is, in a string or in parts, under either of its
 * names; some models take one only. Without one, it begins with `system`.
 */
export function joinSystem<M extends object>(
  messages: readonly M[],
  prompt: string,
  toPart: (text: string) => object,
  system: M,
): M[] {
  const at = messages.findIndex(({ role }: Told) => role === 'system' || role === 'developer');
  if (at < 0) return [system, ...messages];
  return messages.map((message, place) => (place === at ? withText(message, prompt, toPart) : message));
}

function withText<M extends object>(message: M & Told, text: string, toPart: (text: string) => object): M {
  const { content } = message;
  const parts: readonly unknown[] = Array.isArray(content) ? content : [];
  return { ...message, content: typeof content === 'string' ? `${content}\n\n${text}` : [...parts, toPart(text)] };
}
