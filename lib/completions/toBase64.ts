/** How many bytes become a string at once: a call takes only so many arguments. */
const CHUNK = 0x8000;

/** Bytes in base64; without Buffer, which browsers do not have. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
}
