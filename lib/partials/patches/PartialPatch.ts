import type { Json, JsonPath } from '../PartialJson.js';

/** An operation of RFC 6902: adds a member or an element, or the whole document at the path `''`. */
export interface AddOperation {
  readonly op: 'add';
  /** A JSON Pointer, as in RFC 6901. */
  readonly path: string;
  readonly value: Json;
}

/** An operation of RFC 6902: replaces a value. */
export interface ReplaceOperation {
  readonly op: 'replace';
  readonly path: string;
  readonly value: Json;
}

/** Adds to the end of a string. RFC 6902 could only replace the whole string, time and again while it grows. */
export interface AppendOperation {
  readonly op: 'append';
  readonly path: string;
  readonly value: string;
}

/** A step from one partial to the next, told apart by `op`. */
export type PatchOperation = AddOperation | ReplaceOperation | AppendOperation;

/**
 * The changes from one partial to the next. It is plain JSON, about as long as the text that the model wrote for it.
 */
export interface PartialPatch {
  /** In the order in which they are to be applied. */
  readonly operations: readonly PatchOperation[];
  /** The open path, where it is another one than before; at first it was empty. */
  readonly path?: JsonPath;
  /** The document is closed. */
  readonly complete?: true;
}
