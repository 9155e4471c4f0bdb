import type { Anthropic } from '@anthropic-ai/sdk';
import type { Message } from '../../completions/Message.js';
import { tellMessages } from '../../completions/tellMessages.js';
import type { Telling } from '../../completions/tellParts.js';

type Block = Anthropic.ContentBlockParam;
type ImageType = Anthropic.Base64ImageSource['media_type'];

const IMAGES: readonly string[] = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'] satisfies ImageType[];

const TELLING: Telling<Block> = {
  api: 'the messages API',
  takes: 'images (JPEG, PNG, GIF, WebP), PDF and text files',
  text: (text) => ({ type: 'text', text }),
  attachment: ({ type, url, base64 = '', mediaType = '', filename }) => {
    const title = filename !== undefined && { title: filename };
    if (type === 'image') {
      if (url !== undefined) return { type: 'image', source: { type: 'url', url } };
      return isImageType(mediaType)
        ? { type: 'image', source: { type: 'base64', media_type: mediaType, data: base64 } }
        : undefined;
    }
    if (url !== undefined) return { type: 'document', source: { type: 'url', url }, ...title };
    if (mediaType === 'application/pdf')
      return { type: 'document', source: { type: 'base64', media_type: mediaType, data: base64 }, ...title };
    // Every text is told as plain text: the API has no other.
    return mediaType.startsWith('text/')
      ? { type: 'document', source: { type: 'text', media_type: 'text/plain', data: decode(base64) }, ...title }
      : undefined;
  },
};

function isImageType(mediaType: string): mediaType is ImageType {
  return IMAGES.includes(mediaType);
}

/** Without Buffer, which browsers do not have. */
function decode(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
}

/** A conversation as the messages API has it: what the system says first is a parameter of its own. */
export interface ToldAnthropic {
  readonly system: readonly Anthropic.SystemMessageParam['content'][];
  readonly messages: Anthropic.MessageParam[];
}

/**
 * Messages as the messages API has them. Those of the system that come first belong in `system`; a later one stays
 * where it is, as newer models take it.
 *
 * @throws TypeError that names the part, where the API does not take it.
 */
export function tellAnthropic(messages: readonly (Anthropic.MessageParam | Message)[]): ToldAnthropic {
  const told = tellMessages<Anthropic.MessageParam, Block>(messages, () => TELLING);
  const first = told.findIndex(({ role }) => role !== 'system');
  const count = first === -1 ? told.length : first;
  return {
    system: told.slice(0, count).flatMap((message) => (message.role === 'system' ? [message.content] : [])),
    messages: told.slice(count),
  };
}
