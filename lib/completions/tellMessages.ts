import { expectArgument } from '../foundation/expectArgument.js';
import { isObject } from '../foundation/isObject.js';
import { tellParts, type Telling } from './tellParts.js';

/** A conversation's roles; what has another role, or none, is an SDK's own. */
const ROLES: readonly unknown[] = ['system', 'user', 'assistant'];

/**
 * Messages in an API's own form: the parts of neutral ones are told as the API has them, and all else stays as it is.
 *
 * @param telling How the API is told a part, in a message of this role.
 * @throws TypeError that names a part which the API does not take, or a value which is not a message.
 */
export function tellMessages<M, P>(messages: readonly unknown[], telling: (role: unknown) => Telling<P>): M[] {
  return messages.map((message, index) => {
    expectArgument(`messages[${index}]`, isObject(message), "a message, { role: 'user', content: '…' }", message);
    const { role, content } = message as { readonly role?: unknown; readonly content?: unknown };
    if (!ROLES.includes(role) || !Array.isArray(content)) return message as M;
    const told = tellParts(content, { at: `messages[${index}]`, role }, telling(role));
    return { ...(message as object), content: told } as M;
  });
}
