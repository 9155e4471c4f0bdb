import { expect } from 'chai';
import { withoutKeys } from '../../lib/foundation/withoutKeys.js';

/** Messages as servers, SDKs and `fetch` write them. */
const messages: Readonly<Record<string, string>> = {
  'Incorrect API key provided: sk-proj-SECRET1234. You can find it at':
    'Incorrect API key provided: sk-… You can find it at',
  'Incorrect API key provided: sk-SEC**********1234.': 'Incorrect API key provided: sk-…',
  'invalid x-api-key: SECRET-0123456789': 'invalid x-api-key: …',
  '{"authorization":"Bearer SECRET0123","host":"a"}': '{"authorization":"Bearer …","host":"a"}',
  '{"api-key":"0123456789abcdefSECRET"}': '{"api-key":"…"}',
  'GET https://a.test/v1?key=AIzaSECRET0123456&alt=sse failed': 'GET https://a.test/v1?key=AIza…&alt=sse failed',
  'no model at https://a.test/v1?subscription-key=SECRET01&x=1': 'no model at https://a.test/v1?subscription-key=…&x=1',
  'URL that includes credentials: http://ann:SECRET@a.test/v1': 'URL that includes credentials: http://…@a.test/v1',
  'API key AIzaSECRET0123456789 not valid': 'API key AIza… not valid',
  'Basic YW5uOlNFQ1JFVA== is not': 'Basic … is not',
};

/** Messages without a key. */
const harmless: readonly string[] = [
  'The model `gpt-5` does not exist',
  'Basic authentication is required',
  'required key is missing, expected string',
  "This model's maximum context length is 128000 tokens: your messages have 130000",
  'key-value pairs are not allowed here',
  'see https://a.test/docs?page=12&lang=en, or write to help@a.test',
];

describe('withoutKeys', () => {
  for (const [message, expected] of Object.entries(messages))
    it(`cuts the key out of ${JSON.stringify(message)}`, () => {
      expect(withoutKeys(message)).to.equal(expected).and.not.include('SECRET');
    });

  it('leaves everything else', () => {
    for (const message of harmless) expect(withoutKeys(message)).to.equal(message);
  });

  it('bears megabytes of what it looks for', () => {
    for (const part of ['sk-', 'key=0', '//', 'Bearer a', '🎉'])
      expect(withoutKeys(part.repeat(3_000_000)).length).to.be.below(4_100);
  });
});
