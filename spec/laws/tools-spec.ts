import * as fc from 'fast-check';
import { arbitraryToolScript, expectPlainReading } from '../support/arbitraryToolScript.js';
import { lawRuns } from '../support/lawRuns.js';

describe('laws of tools', () => {
  it('law 12: the stream, the conversation and the number of requests are what a plain reading of the script says', () => {
    fc.assert(fc.property(arbitraryToolScript, expectPlainReading), lawRuns(300));
  });
});
