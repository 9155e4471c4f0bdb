import type { PromptMessage } from './tellPrompt.js';

/** A provider names what it does not take, and not where it stands: the part is found by its media type. */
export function namePart(error: unknown, prompt: readonly PromptMessage[]): unknown {
  if (!(error instanceof Error) || error.name !== 'AI_UnsupportedFunctionalityError') return error;
  const files = prompt.flatMap(({ content }, message) =>
    typeof content === 'string'
      ? []
      : content.flatMap((part, at) =>
          part.type === 'file' ? [{ place: `messages[${message}].content[${at}]`, mediaType: part.mediaType }] : [],
        ),
  );
  const file = files.find(({ mediaType }) => error.message.includes(mediaType)) ?? files[0];
  if (file === undefined) return error;
  return new TypeError(`${file.place} is a file (${file.mediaType}): ${error.message}`, { cause: error });
}
