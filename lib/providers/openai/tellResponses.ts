import type { OpenAI } from 'openai';
import type { Message } from '../../completions/Message.js';
import { tellMessages } from '../../completions/tellMessages.js';
import type { Telling } from '../../completions/tellParts.js';
import { isDocument } from './isDocument.js';

type Item = OpenAI.Responses.ResponseInputItem;
/** Messages to the model are input; its own messages are output. */
type Part = OpenAI.Responses.ResponseInputContent | { readonly type: 'output_text'; readonly text: string };

const createTelling = (role: unknown): Telling<Part> => ({
  api: 'the responses API',
  takes: 'images and documents',
  text: (text) => ({ type: role === 'assistant' ? 'output_text' : 'input_text', text }),
  attachment: ({ type, url, base64 = '', mediaType = '', filename }) => {
    const inline = `data:${mediaType};base64,${base64}`;
    if (type === 'image') return { type: 'input_image', detail: 'auto', image_url: url ?? inline };
    if (url !== undefined) return { type: 'input_file', file_url: url };
    // The API does not take a file without a name.
    return isDocument(mediaType) ? { type: 'input_file', filename: filename ?? 'file', file_data: inline } : undefined;
  },
});

/**
 * Input items as the responses API has them.
 *
 * @throws TypeError that names the part, where the API does not take it.
 */
export function tellResponses(messages: readonly (Item | Message)[]): Item[] {
  return tellMessages(messages, createTelling);
}
