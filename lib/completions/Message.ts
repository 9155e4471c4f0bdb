/** Words. */
export interface TextPart {
  readonly type: 'text';
  readonly text: string;
}

/** A picture that the provider fetches, or whose bytes go along with the request. */
export type ImagePart =
  | {
      readonly type: 'image';
      /** Where the picture is, as `https:` or `data:` URL. */
      readonly url: string;
      /** Its media type, where you know it. */
      readonly mediaType?: string;
      readonly data?: never;
    }
  | {
      readonly type: 'image';
      /** The bytes, or their base64. */
      readonly data: string | Uint8Array;
      /** Such as `image/png`. */
      readonly mediaType: string;
      readonly url?: never;
    };

/** A document whose bytes go along with the request. */
export interface FilePart {
  readonly type: 'file';
  /** The bytes, or their base64. */
  readonly data: string | Uint8Array;
  /** Such as `application/pdf`. */
  readonly mediaType: string;
  readonly filename?: string;
}

/** A part of a message. */
export type MessagePart = TextPart | ImagePart | FilePart;

/**
 * A message that every model takes, beside the messages of its own SDK, and tells to its API in the API's own form.
 *
 * A part that an API does not take is a `TypeError` on the error channel, before any request.
 */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string | readonly MessagePart[];
}
