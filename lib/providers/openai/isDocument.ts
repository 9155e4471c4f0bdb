/** Documents besides PDF and text, by what their media types have in common. */
const DOCUMENT =
  /^application\/(pdf|rtf|json|xml|javascript|typescript|x-yaml|yaml|csv|msword|vnd\.ms-|vnd\.openxmlformats-officedocument|vnd\.oasis\.opendocument|vnd\.apple\.|[\w.+-]+\+(json|xml)$)/;

/** Whether a media type is one of a document with text in it: PDF, text, code, office. */
export function isDocument(mediaType: string): boolean {
  return mediaType.startsWith('text/') || DOCUMENT.test(mediaType);
}
