import * as fc from 'fast-check';
import { arbitraryToolScript, expectPlainReading } from '../../support/arbitraryToolScript.js';
import type { FuzzTarget } from '../FuzzTarget.js';

/** Conversations with tools: the stream, what the model is told, and the requests are those of a plain reading. */
export const tools: FuzzTarget = {
  name: 'tool scripts',
  property: fc.property(arbitraryToolScript, expectPlainReading),
};
