import type { Message } from '../../completions/Message.js';
import { tellMessages } from '../../completions/tellMessages.js';
import type { Telling } from '../../completions/tellParts.js';
import type { OllamaToolCall } from './OllamaChunk.js';

/** A message as Ollama has it: its words, and the pictures beside them. */
export interface OllamaMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string;
  /** In base64. */
  readonly images?: readonly string[];
  readonly thinking?: string;
  readonly tool_calls?: readonly OllamaToolCall[];
  /** Whose result a message of the role `tool` is. */
  readonly tool_name?: string;
}

type Part = { readonly text: string } | { readonly image: string };

const TELLING: Telling<Part> = {
  api: 'Ollama',
  takes: 'images as base64 or bytes',
  text: (text) => ({ text }),
  attachment: ({ type, base64 }) => (type === 'image' && base64 !== undefined ? { image: base64 } : undefined),
};

/**
 * Messages as Ollama has them: a content is one text, and pictures stand beside it.
 *
 * @throws TypeError that names the part, where Ollama does not take it.
 */
export function tellOllama(messages: readonly (OllamaMessage | Message)[]): OllamaMessage[] {
  return tellMessages<ToldMessage, Part>(messages, () => TELLING).map((message, index) => {
    const { content = '' } = message;
    if (typeof content === 'string') return { ...message, content };
    const texts = content.flatMap((part, at) => {
      if ('text' in part) return [part.text];
      if ('image' in part) return [];
      const type = JSON.stringify((part as { readonly type?: unknown }).type);
      throw new TypeError(`messages[${index}].content[${at}] is a part of type ${type}: Ollama does not take it`);
    });
    const images = content.flatMap((part) => ('image' in part ? [part.image] : []));
    return { ...message, content: texts.join('\n\n'), ...(images.length > 0 && { images }) };
  });
}

/** A message whose parts are told, but still stand in its content. */
interface ToldMessage extends Omit<OllamaMessage, 'content'> {
  readonly content?: string | readonly Part[];
}
