import type { OpenAI } from 'openai';
import type { Message } from '../../completions/Message.js';
import { tellMessages } from '../../completions/tellMessages.js';
import type { Telling } from '../../completions/tellParts.js';
import { isDocument } from './isDocument.js';

type ChatMessage = OpenAI.ChatCompletionMessageParam;
type ChatPart = OpenAI.ChatCompletionContentPart;

/** The two audio formats that the API takes. */
const AUDIO: Readonly<Record<string, 'wav' | 'mp3'>> = {
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/wave': 'wav',
  'audio/mp3': 'mp3',
  'audio/mpeg': 'mp3',
};

const TELLING: Telling<ChatPart> = {
  api: 'the chat completions API',
  takes: 'images, documents, and audio as WAV or MP3',
  text: (text) => ({ type: 'text', text }),
  attachment: ({ type, url, base64 = '', mediaType = '', filename }) => {
    if (type === 'image') return { type: 'image_url', image_url: { url: url ?? `data:${mediaType};base64,${base64}` } };
    if (url !== undefined) return undefined;
    const format = AUDIO[mediaType];
    if (format !== undefined) return { type: 'input_audio', input_audio: { data: base64, format } };
    if (!isDocument(mediaType)) return undefined;
    // The API does not take a file without a name.
    return { type: 'file', file: { filename: filename ?? 'file', file_data: `data:${mediaType};base64,${base64}` } };
  },
};

/**
 * Messages as the chat completions API has them.
 *
 * @throws TypeError that names the part, where the API does not take it.
 */
export function tellChat(messages: readonly (ChatMessage | Message)[]): ChatMessage[] {
  return tellMessages(messages, () => TELLING);
}
