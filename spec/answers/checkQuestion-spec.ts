import { expect } from 'chai';
import * as t from 'io-ts';
import type { Observable } from 'rxjs';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { structuredElements } from '../../lib/answers/structuredElements.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';

const codec = t.type({ name: t.string });
const messages = ['Who?'];
const model = () => scriptedModel(['{"name":"Ann","items":[]}']);

// As JavaScript may call them.
const chains = { structuredCompletion, structuredElements } as unknown as Readonly<
  Record<string, (model?: unknown, config?: unknown) => Observable<unknown>>
>;

/** The error that a subscriber gets; making the chain must not throw. */
function errorOf(answer: Observable<unknown> | undefined): unknown {
  let told: unknown;
  answer?.subscribe({ error: (error: unknown) => (told = error) });
  return told;
}

describe('checkQuestion', () => {
  const cases: readonly (readonly [string, unknown, unknown, string])[] = [
    ['no model', undefined, { codec, messages }, 'expected a model first, as openaiChat(client, { model:'],
    ['a client', { chat: { completions: {} } }, { codec, messages }, 'got an object'],
    ['a list with a client in it', [model(), new Map()], { codec, messages }, 'got an instance of Map'],
    ['an empty list of models', [], { codec, messages }, 'got an empty list'],
    ['no config', model(), undefined, 'expected { codec, messages } after the model, got undefined'],
    ['no codec', model(), { messages }, 'expected a codec, which says what the answer must be, got undefined'],
    ['a JSON Schema', model(), { codec: { type: 'object' }, messages }, 'got a JSON Schema'],
    [
      'no messages',
      model(),
      { codec },
      "expected messages to be a list, as [{ role: 'user', content: '…' }], got undefined",
    ],
    ['messages that are a text', model(), { codec, messages: 'Who?' }, 'got "Who?"'],
  ];
  for (const [name, chain] of Object.entries(chains))
    for (const [title, asked, config, message] of cases)
      it(`tells the subscriber of ${name} of ${title}`, () => {
        expect(errorOf(chain(asked, config)))
          .to.be.instanceOf(TypeError)
          .with.property('message')
          .that.includes(message);
      });

  it('takes an empty list of messages, and messages of any kind: the model judges those', () => {
    for (const asked of [[], [undefined], [{ role: 'poet' }]])
      for (const chain of Object.values(chains)) {
        const scripted = model();
        expect(errorOf(chain(scripted, { codec, messages: asked }))).to.equal(undefined);
        expect(scripted.requests[0]?.question.messages).to.deep.equal(asked);
      }
  });
});
