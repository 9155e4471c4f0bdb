import { boundMessage } from './boundMessage.js';

/**
 * The forms in which messages are known to hold keys: those of providers, schemes of authorization, whatever is called a
 * key, and names and passwords in addresses. Where the form is one of words as well, a key has a digit or a star.
 */
const KEYS = [
  /\b((?:sk|pk|rk|gsk|xai)[-_]|(?:key|hf)[-_](?=\S*[\d*]))[\w*.-]{6,}/gi,
  /\b(AIza)[\w-]{10,}/g,
  /\b(Bearer\s+|Basic\s+(?=\S*[\d*=]))[\w.~+/=*-]{6,}/gi,
  /((?:key|token|secret|password|authorization|signature|sig)["']?\s*[:=]\s*["']?)(?=[^\s"',;&<>}]*[\d*])[^\s"',;&<>}]{6,}/gi,
  /(\/\/)[^\s/@"']+(?=@)/g,
];

/** A message as long as messages may be, without the keys that servers and SDKs repeat in theirs. */
export function withoutKeys(message: string): string {
  // First of all it is made short: on megabytes, regular expressions run out of stack.
  return KEYS.reduce((text, key) => text.replace(key, '$1…'), boundMessage(message));
}
