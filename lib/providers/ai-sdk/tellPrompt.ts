import { tellMessages } from '../../completions/tellMessages.js';
import type { Attachment, Telling } from '../../completions/tellParts.js';
import type { AnyLanguageModel } from './AnyLanguageModel.js';

/** A message of a prompt, as V2, V3 and V4 have it: only the data of files differ. */
export interface PromptMessage {
  readonly role: string;
  readonly content: string | readonly PromptPart[];
}

/** A part of a message, of which only what is written here is known. */
export type PromptPart =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'file';
      readonly data: unknown;
      readonly mediaType: string;
      readonly filename?: string;
      readonly providerOptions?: unknown;
    }
  | { readonly type: 'tool-call'; readonly toolCallId: string; readonly toolName: string; readonly input: unknown }
  | { readonly type: 'tool-result'; readonly toolCallId: string; readonly toolName: string; readonly output: unknown };

type SupportedUrls = Readonly<Record<string, readonly RegExp[]>>;

/** How a model is told the parts of a message. */
function createTelling(model: AnyLanguageModel, urls: SupportedUrls): Telling<PromptPart> {
  const isV4 = model.specificationVersion === 'v4';
  // The AI SDK's provider for Ollama leaves out whatever else there is, without a word.
  const onlyImages = model.provider.startsWith('ollama');

  const toData = ({ url, base64 = '' }: Attachment): unknown => {
    if (url !== undefined) return isV4 ? { type: 'url', url: new URL(url) } : new URL(url);
    return isV4 ? { type: 'data', data: base64 } : base64;
  };

  return {
    api: `the model ${model.provider}`,
    takes: onlyImages ? 'images as base64 or bytes' : 'bytes, base64 and the URLs it fetches by itself',
    text: (text) => ({ type: 'text', text }),
    attachment: (attachment, { providerOptions }) => {
      const { type, url, filename, mediaType = type === 'image' ? 'image/*' : 'application/octet-stream' } = attachment;
      if (onlyImages && (type !== 'image' || url !== undefined)) return undefined;
      if (url !== undefined && !isFetched(url, mediaType, urls)) return undefined;
      const named = filename !== undefined && { filename };
      const optional = providerOptions !== undefined && { providerOptions };
      return { type: 'file', mediaType, data: toData(attachment), ...named, ...optional };
    },
    // A file as V4 has it; as V2 and V3 have it, it is the same as a neutral one.
    isOwn: ({ type, data }) => isV4 && type === 'file' && isV4Data(data),
  };
}

function isV4Data(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && typeof data.type === 'string';
}

/** Whether the provider fetches what is at a URL. The AI SDK itself fetches the rest, which is not done here. */
function isFetched(url: string, mediaType: string, urls: SupportedUrls): boolean {
  const patterns = Object.entries(urls);
  // A provider without a list leaves it to the server behind it.
  return (
    patterns.length === 0 ||
    patterns.some(([pattern, expressions]) => {
      const prefix = pattern.replace(/\*.*$/, '').toLowerCase();
      // The exact kind of an image by its URL is seldom known.
      const takes = mediaType.startsWith(prefix) || prefix.startsWith(mediaType.replace(/\*$/, ''));
      return takes && expressions.some((expression) => expression.test(url));
    })
  );
}

/**
 * A prompt as a model of the AI SDK has it.
 *
 * @throws TypeError that names the part, where the model does not take it.
 */
export async function tellPrompt(model: AnyLanguageModel, messages: readonly unknown[]): Promise<PromptMessage[]> {
  const telling = createTelling(model, await model.supportedUrls);
  return tellMessages<PromptMessage, PromptPart>(messages, () => telling).map((message) => {
    const { role, content } = message;
    if (role === 'system') return { ...message, content: typeof content === 'string' ? content : joinWords(content) };
    return typeof content === 'string' ? { ...message, content: [{ type: 'text', text: content }] } : message;
  });
}

/** System messages are one text. */
function joinWords(parts: readonly PromptPart[]): string {
  return parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');
}
