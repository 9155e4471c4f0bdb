import type { FailedAnswer } from './CompletionModel.js';

/** How a provider writes down earlier turns. */
export interface Turns<M> {
  /** The model said this. */
  readonly assistant: (text: string) => M;
  /** It was told this. */
  readonly user: (text: string) => M;
  /** The model called the answer's tool with these arguments, and the tool gave this error. */
  readonly tool?: (call: {
    readonly id: string;
    readonly input: object;
    readonly json: string;
    readonly error: string;
  }) => readonly M[];
}

/** The object that a text is, if it is one from its first character to its last. */
export function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The turns by which a conversation grows after rejected answers.
 *
 * A tool call whose arguments are not a whole object is told as plain text: Anthropic wants an object, and servers that
 * copy OpenAI's API parse the arguments they are sent. A blank answer is left out: no provider takes an empty turn.
 * The correction is added to the turn before, so that roles alternate.
 *
 * @param before How many answers had failed before these: calls are numbered through.
 */
export function failedTurns<M>(failures: readonly FailedAnswer[], turns: Turns<M>, before = 0): M[] {
  return withoutBlanks(failures).flatMap(({ text, correction, nth }) => {
    const input = turns.tool && parseObject(text);
    if (turns.tool && input)
      // Nine letters and digits: the strictest rule for ids in use.
      return turns.tool({
        id: `answer${String(before + nth + 1).padStart(3, '0')}`,
        input,
        json: text,
        error: correction,
      });
    const said = text.trim() === '' ? [] : [turns.assistant(text)];
    return [...said, turns.user(correction)];
  });
}

/**
 * The answers in which something was said, and the first one in any case; corrections of the others are added to
 * theirs.
 */
function withoutBlanks(failures: readonly FailedAnswer[]): (FailedAnswer & { readonly nth: number })[] {
  const said: (FailedAnswer & { readonly nth: number })[] = [];
  for (const [nth, failure] of failures.entries()) {
    const last = said.at(-1);
    if (last === undefined || failure.text.trim() !== '') said.push({ ...failure, nth });
    else said[said.length - 1] = { ...last, correction: `${last.correction}\n\n${failure.correction}` };
  }
  return said;
}
