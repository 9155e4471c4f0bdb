import { isObject } from '../foundation/isObject.js';
import { toBase64 } from './toBase64.js';

/** An image or a file, as an API may be told of it: where it is, or its bytes in base64. */
export interface Attachment {
  readonly type: 'image' | 'file';
  /** Instead of `base64`: the provider fetches it. */
  readonly url?: string;
  readonly base64?: string;
  /** Always there beside `base64`; lower case, without parameters. */
  readonly mediaType?: string;
  readonly filename?: string;
}

/** An image or a file, as a user writes it; JavaScript may put anything into its fields. */
type NeutralAttachment = Readonly<Record<string, unknown>> & { readonly type: 'image' | 'file' };

/** How an API is told the parts of a neutral message. */
export interface Telling<P> {
  /** The API's name in an error. */
  readonly api: string;
  /** Which images and files it takes, in an error. */
  readonly takes: string;
  readonly text: (text: string) => P;
  /** `undefined` for a part that the API does not take. */
  readonly attachment: (attachment: Attachment, part: Readonly<Record<string, unknown>>) => P | undefined;
  /** Whether an image or a file is in the form of the API's own SDK already, where that has the same `type`. */
  readonly isOwn?: (part: Readonly<Record<string, unknown>>) => boolean;
}

/** Where a part stands: `messages[1].content[0]`, of a message with this role. */
export interface PartPlace {
  readonly at: string;
  readonly role: unknown;
}

/**
 * The parts of a message in an API's own form; parts that are in it already stay as they are.
 *
 * @throws TypeError that names the part, where the API does not take it.
 */
export function tellParts<P>(parts: readonly unknown[], place: PartPlace, telling: Telling<P>): P[] {
  return parts.map((part, index) => {
    const at = `${place.at}.content[${index}]`;
    if (isText(part)) return telling.text(part.text);
    // Another type, or the same type in another form, belongs to the API's own SDK.
    if (!isAttachment(part) || telling.isOwn?.(part) === true) return part as P;
    const attachment = readAttachment(part, at);
    const { api, takes } = telling;
    const what = attachment.type === 'image' ? 'an image' : 'a file';
    const kind = attachment.mediaType === undefined ? what : `${what} (${attachment.mediaType})`;
    if (place.role !== 'user') throw new TypeError(`${at} is ${kind}: ${api} takes it in messages of the user only`);
    const told = telling.attachment(attachment, part);
    const source = attachment.url === undefined ? '' : ' by its URL';
    if (told === undefined) throw new TypeError(`${at} is ${kind}: ${api} does not take it${source}, only ${takes}`);
    return told;
  });
}

/** Text with nothing besides: what an SDK adds to a part of its own, such as a cache mark, must not be lost. */
function isText(part: unknown): part is { readonly text: string } {
  return (
    isObject(part) && part['type'] === 'text' && typeof part['text'] === 'string' && Object.keys(part).length === 2
  );
}

function isAttachment(part: unknown): part is NeutralAttachment {
  return isObject(part) && (part['type'] === 'image' || part['type'] === 'file') && ('url' in part || 'data' in part);
}

function readAttachment({ type, url, data, mediaType, filename }: NeutralAttachment, at: string): Attachment {
  const named = typeof filename === 'string' && { filename };
  const media = typeof mediaType === 'string' ? stripParameters(mediaType) : '';
  const source = data ?? url;
  const address = typeof source === 'string' || source instanceof URL ? String(source) : '';
  const inline = readDataUrl(address);
  if (inline === undefined && (data === undefined || /^https?:/i.test(address)))
    return { type: pickKind(type, media), url: address, ...(media !== '' && { mediaType: media }), ...named };

  const base64 = inline?.base64 ?? (typeof data === 'string' ? data : isBytes(data) ? toBase64(data) : undefined);
  const what = type === 'image' ? 'an image' : 'a file';
  if (base64 === undefined) throw new TypeError(`${at} is ${what} whose data is neither base64 nor a Uint8Array`);
  const known = media || inline?.mediaType;
  if (!known) throw new TypeError(`${at} is ${what} without a mediaType`);
  return { type: pickKind(type, known), base64, mediaType: known, ...named };
}

/** An image may come as a file. */
function pickKind(type: 'image' | 'file', mediaType: string): 'image' | 'file' {
  return mediaType.startsWith('image/') ? 'image' : type;
}

function stripParameters(mediaType: string): string {
  return (mediaType.split(';', 1)[0] ?? '').trim().toLowerCase();
}

/** The bytes within a `data:` URL. */
function readDataUrl(url: string): { readonly base64: string; readonly mediaType: string } | undefined {
  const [, head, body] = /^data:([^,]*),([^]*)$/i.exec(url) ?? [];
  if (head === undefined || body === undefined) return undefined;
  const base64 = /;base64$/i.test(head) ? body : toBase64(new TextEncoder().encode(decodeURIComponent(body)));
  return { base64, mediaType: stripParameters(head) || 'text/plain' };
}

function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]';
}
