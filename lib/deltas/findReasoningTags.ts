/** The tags around a model's reasoning, if the server does not take it out; case does not matter. */
const NAMES = [
  ...['think', 'thinking', 'thought', 'thoughts', 'reason', 'reasoning', 'reflect', 'reflection', 'analysis'],
  ...['scratchpad', 'seed:think', 'antml:thinking', 'antml:think'],
];

/** Special tokens, which stand in no prose. */
const TOKENS: readonly (readonly [open: string, close: string])[] = [
  ['[think]', '[/think]'],
  ['◁think▷', '◁/think▷'],
  ['<|begin_of_thought|>', '<|end_of_thought|>'],
  ['<|start_thinking|>', '<|end_thinking|>'],
  ['<|think|>', '<|/think|>'],
];

/** Harmony, the format of gpt-oss: the name of a channel follows, then a token and the words. */
const CHANNEL = '<|channel|>';

/** A tag as it is met in a text, in lower case. */
export type ReasoningTag =
  | { readonly is: 'open'; readonly closer: RegExp; readonly inProse: boolean }
  | { readonly is: 'close' }
  | { readonly is: 'channel' };

const PAIRS = [
  ...NAMES.map((name) => ({ open: `<${name}>`, close: `</${name}>`, inProse: true })),
  ...TOKENS.map(([open, close]) => ({ open, close, inProse: false })),
];

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
const matchAny = (texts: readonly string[]): RegExp => new RegExp(texts.map(escape).join('|'), 'gi');

const TAGS = new Map<string, ReasoningTag>([
  [CHANNEL, { is: 'channel' }],
  ...PAIRS.map(
    ({ open, close, inProse }) => [open, { is: 'open', closer: matchAny([close]), inProse }] as [string, ReasoningTag],
  ),
  ...PAIRS.map(({ close }) => [close, { is: 'close' }] as [string, ReasoningTag]),
]);

const BEGINNINGS = new Set(
  [...TAGS.keys()].flatMap((tag) => Array.from({ length: tag.length }, (_, end) => tag.slice(0, end))),
);

/** Characters that a tag can begin with. */
export const TAG_STARTS = '<[◁';

/** As long as the longest of them. */
export const LONGEST_TAG = Math.max(...[...TAGS.keys()].map((tag) => tag.length));

/** Ends the name of a channel. */
export const MESSAGE = /<\|message\|>/gi;

/** Ends the words in a channel; the last two begin the next one. */
export const CHANNEL_END = /<\|(?:end|call|return|start|channel)\|>/gi;

/** Every tag that ends reasoning. */
export const ANY_CLOSER = matchAny(PAIRS.map(({ close }) => close));

/** Every tag that begins or ends reasoning. */
export const ANY_TAG = matchAny(PAIRS.flatMap(({ open, close }) => [close, open]));

/** The tag that a text is, or whether it can become one. */
export function findReasoningTags(text: string): ReasoningTag | 'beginning' | undefined {
  const lower = text.toLowerCase();
  return TAGS.get(lower) ?? (BEGINNINGS.has(lower) ? 'beginning' : undefined);
}
