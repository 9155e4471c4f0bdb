/** Words in which SDKs are known to repeat keys. */
const SECRETS = /\b(?:sk|pk|rk|key|xai|gsk|AIza)[-_][\w*.-]{6,}|\bAIza[\w-]{10,}|\b(Bearer|Basic)\s+[\w.~+/=*-]+/g;

/** How much of an error's message is shown. */
const LIMIT = 2000;

/** An error in words, without the keys that SDKs repeat in theirs. */
export function showError(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const clean = text.replace(
    SECRETS,
    (_, scheme: string | undefined) => `${scheme === undefined ? '' : `${scheme} `}…`,
  );
  return clean.length > LIMIT ? `${clean.slice(0, LIMIT)}… (cut)` : clean;
}
