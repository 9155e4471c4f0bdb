export type * from './completions/CompletionEvent.js';
export type * from './completions/CompletionModel.js';
export type { Json, JsonPath, PartialJson } from './partials/PartialJson.js';
export type { PartialOf } from './codecs/PartialOf.js';
export type { Decoded, DecodedComplete, DecodedPartial } from './decoded/Decoded.js';
export type { Invalid } from './decoded/Invalid.js';
