import Anthropic from '@anthropic-ai/sdk';
import { expect } from 'chai';
import OpenAI from 'openai';
import { lastValueFrom } from 'rxjs';
import type { AnswerMode } from '../../lib/completions/AnswerMode.js';
import type { CompletionModel } from '../../lib/completions/CompletionModel.js';
import type { Message, MessagePart } from '../../lib/completions/Message.js';
import { anthropicMessages } from '../../lib/providers/anthropic/anthropicMessages.js';
import { openaiChat } from '../../lib/providers/openai/openaiChat.js';
import { openaiResponses } from '../../lib/providers/openai/openaiResponses.js';
import { ModelServer, sse } from '../support/modelServer.js';
import { chatWire, messagesWire, responsesWire, type Wire } from '../support/wire.js';

type Body = Readonly<Record<string, unknown>>;

interface Api {
  readonly name: string;
  readonly wire: Wire;
  readonly model: (url: string, mode: Exclude<AnswerMode, 'json-object'>) => CompletionModel<never>;
  /** Where the body says what was asked. */
  readonly asked: (body: Body) => unknown;
}

const apis = {
  chat: {
    name: 'openaiChat',
    wire: chatWire,
    model: (url, mode) =>
      openaiChat(new OpenAI({ apiKey: 'none', baseURL: `${url}/v1`, maxRetries: 0 }), { model: 'm' }, { mode }),
    asked: ({ messages }) => messages,
  },
  responses: {
    name: 'openaiResponses',
    wire: responsesWire,
    model: (url, mode) =>
      openaiResponses(new OpenAI({ apiKey: 'none', baseURL: `${url}/v1`, maxRetries: 0 }), { model: 'm' }, { mode }),
    asked: ({ input }) => input,
  },
  anthropic: {
    name: 'anthropicMessages',
    wire: messagesWire,
    model: (url, mode) =>
      anthropicMessages(
        new Anthropic({ apiKey: 'none', baseURL: url, maxRetries: 0 }),
        { model: 'm', max_tokens: 9 },
        { mode },
      ),
    asked: ({ system, messages }) => ({ ...(system !== undefined && { system }), messages }),
  },
} satisfies Record<string, Api>;

/** The sent request, or the error that came instead. */
async function tell(
  { wire, model, asked }: Api,
  messages: readonly Message[],
  mode: Exclude<AnswerMode, 'json-object'> = 'json-schema',
): Promise<unknown> {
  const server = await ModelServer.start(sse(...wire({ text: ['{}'], finish: 'stop' })));
  try {
    const answer = { name: 'answer', schema: { type: 'object' } };
    const events = model(server.url, mode).ask({ messages, answer, failures: [] });
    const error: unknown = await lastValueFrom(events, { defaultValue: null }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(server.exchanges).to.have.length(error === undefined ? 1 : 0);
    return error ?? asked(server.exchanges[0]!.body);
  } finally {
    await server.stop();
  }
}

const user = (...content: readonly MessagePart[]): Message => ({ role: 'user', content });
const text = { type: 'text', text: 'Look.' } as const;
const pixel = 'iVBORw0KGgo=';
const bytes = new Uint8Array(Buffer.from(pixel, 'base64'));
const url = 'https://example.com/a.png';

/** The form of a part in each API; a string is the error's message. */
interface Case {
  readonly title: string;
  readonly part: MessagePart;
  readonly chat: unknown;
  readonly responses: unknown;
  readonly anthropic: unknown;
}

const inlinePicture = {
  chat: { type: 'image_url', image_url: { url: `data:image/png;base64,${pixel}` } },
  responses: { type: 'input_image', detail: 'auto', image_url: `data:image/png;base64,${pixel}` },
  anthropic: { type: 'image', source: { type: 'base64', media_type: 'image/png', data: pixel } },
};
const pdf = {
  chat: { type: 'file', file: { filename: 'a.pdf', file_data: `data:application/pdf;base64,${pixel}` } },
  responses: { type: 'input_file', filename: 'a.pdf', file_data: `data:application/pdf;base64,${pixel}` },
  anthropic: {
    type: 'document',
    source: { type: 'base64', media_type: 'application/pdf', data: pixel },
    title: 'a.pdf',
  },
};
const sound = { type: 'file', data: pixel, mediaType: 'audio/mpeg' } as const;

const cases: readonly Case[] = [
  {
    title: 'a picture by its URL',
    part: { type: 'image', url },
    chat: { type: 'image_url', image_url: { url } },
    responses: { type: 'input_image', detail: 'auto', image_url: url },
    anthropic: { type: 'image', source: { type: 'url', url } },
  },
  { title: 'a picture in base64', part: { type: 'image', data: pixel, mediaType: 'image/png' }, ...inlinePicture },
  { title: 'the bytes of a picture', part: { type: 'image', data: bytes, mediaType: 'IMAGE/PNG' }, ...inlinePicture },
  { title: 'a data URL', part: { type: 'image', url: `data:image/png;base64,${pixel}` }, ...inlinePicture },
  {
    title: 'a data URL among the data',
    part: { type: 'image', data: `data:image/png;base64,${pixel}`, mediaType: 'image/png' },
    ...inlinePicture,
  },
  { title: 'a picture as a file', part: { type: 'file', data: bytes, mediaType: 'image/png' }, ...inlinePicture },
  {
    title: 'a PDF',
    part: { type: 'file', data: bytes, mediaType: 'application/pdf', filename: 'a.pdf' },
    ...pdf,
  },
  {
    title: 'a PDF without a name',
    part: { type: 'file', data: pixel, mediaType: 'application/pdf' },
    chat: { ...pdf.chat, file: { ...pdf.chat.file, filename: 'file' } },
    responses: { ...pdf.responses, filename: 'file' },
    anthropic: { type: 'document', source: pdf.anthropic.source },
  },
  {
    title: 'a text file',
    part: { type: 'file', data: Buffer.from('naïve'), mediaType: 'text/csv; charset=utf-8', filename: 'a.csv' },
    chat: { type: 'file', file: { filename: 'a.csv', file_data: 'data:text/csv;base64,bmHDr3Zl' } },
    responses: { type: 'input_file', filename: 'a.csv', file_data: 'data:text/csv;base64,bmHDr3Zl' },
    anthropic: { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'naïve' }, title: 'a.csv' },
  },
  {
    title: 'a sound',
    part: sound,
    chat: { type: 'input_audio', input_audio: { data: pixel, format: 'mp3' } },
    responses: 'messages[1].content[1] is a file (audio/mpeg): the responses API does not take it',
    anthropic: 'messages[1].content[1] is a file (audio/mpeg): the messages API does not take it',
  },
  {
    title: 'a picture of a kind that one API does not take',
    part: { type: 'image', data: pixel, mediaType: 'image/tiff' },
    chat: { type: 'image_url', image_url: { url: `data:image/tiff;base64,${pixel}` } },
    responses: { type: 'input_image', detail: 'auto', image_url: `data:image/tiff;base64,${pixel}` },
    anthropic: 'messages[1].content[1] is an image (image/tiff): the messages API does not take it',
  },
  {
    title: 'an archive',
    part: { type: 'file', data: pixel, mediaType: 'application/zip' },
    chat: 'messages[1].content[1] is a file (application/zip): the chat completions API does not take it',
    responses: 'messages[1].content[1] is a file (application/zip): the responses API does not take it',
    anthropic: 'messages[1].content[1] is a file (application/zip): the messages API does not take it',
  },
];

describe('neutral messages', () => {
  for (const key of ['chat', 'responses', 'anthropic'] as const)
    describe(apis[key].name, () => {
      for (const { title, part, [key]: expected } of cases)
        it(`is told ${title}`, async () => {
          const told = await tell(apis[key], [{ role: 'user', content: 'Hello.' }, user(text, part)]);
          if (typeof expected === 'string') {
            expect(told).to.be.instanceOf(TypeError).and.to.have.property('message').that.includes(expected);
            return;
          }
          const messages = key === 'anthropic' ? (told as { readonly messages: unknown }).messages : told;
          const words = { type: key === 'responses' ? 'input_text' : 'text', text: 'Look.' };
          expect(messages).to.deep.equal([
            { role: 'user', content: 'Hello.' },
            { role: 'user', content: [words, expected] },
          ]);
        });

      it('takes images and files from the user only', async () => {
        for (const role of ['system', 'assistant'] as const)
          expect(await tell(apis[key], [{ role, content: [{ type: 'image', url }] }]))
            .to.be.instanceOf(TypeError)
            .and.to.have.property('message')
            .that.matches(/^messages\[0\]\.content\[0\] is an image: .* takes it in messages of the user only$/);
      });

      it('says which part has no media type, or is neither bytes nor base64', async () => {
        const nothing = { type: 'file', data: pixel, mediaType: '' } as const;
        expect(await tell(apis[key], [user(nothing)])).to.have.property(
          'message',
          'messages[0].content[0] is a file without a mediaType',
        );
        // JavaScript knows no types.
        const blob = JSON.parse('{"type":"image","data":{},"mediaType":"image/png"}') as MessagePart;
        expect(await tell(apis[key], [user(text, blob)])).to.have.property(
          'message',
          'messages[0].content[1] is an image whose data is neither base64 nor a Uint8Array',
        );
      });

      it('has parts in its own form left as they are', async () => {
        const own = JSON.parse(
          '{"role":"user","content":[{"type":"text","text":"Hi.","cache_control":{}},{"type":"image","source":{}}]}',
        ) as Message;
        const told = await tell(apis[key], [own]);
        expect(key === 'anthropic' ? told : { messages: told }).to.deep.equal({ messages: [own] });
      });
    });

  const conversation: readonly Message[] = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Who?' },
    { role: 'assistant', content: [text, text] },
    { role: 'user', content: [text] },
  ];

  it('are input for the responses API, and output where the model said it', async () => {
    expect(await tell(apis.responses, conversation)).to.deep.equal([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Who?' },
      {
        role: 'assistant',
        content: [
          { type: 'output_text', text: 'Look.' },
          { type: 'output_text', text: 'Look.' },
        ],
      },
      { role: 'user', content: [{ type: 'input_text', text: 'Look.' }] },
    ]);
  });

  it('are the chat completions API’s own where there is only text', async () => {
    expect(await tell(apis.chat, conversation)).to.deep.equal(conversation);
  });

  it('give Anthropic what the system says as the system parameter, with the schema where that is told', async () => {
    expect(await tell(apis.anthropic, conversation)).to.deep.equal({
      system: 'Be brief.',
      messages: conversation.slice(1),
    });
    const twice = await tell(apis.anthropic, [{ role: 'system', content: [text] }, ...conversation], 'text');
    expect(twice).to.have.property('system').that.has.length(3);
    expect(twice).to.have.nested.property('system[0]').that.deep.equals(text);
    expect(twice).to.have.nested.property('system[1].text', 'Be brief.');
    expect(await tell(apis.anthropic, conversation, 'text'))
      .to.have.property('system')
      .that.matches(/^Be brief\.\n\nAnswer with one JSON object/);
  });

  it('leave a system message that comes later where it is', async () => {
    const later = [...conversation, { role: 'system', content: 'Be very brief.' } as const];
    expect(await tell(apis.anthropic, later))
      .to.have.nested.property('messages[3]')
      .that.deep.equals(later[4]);
  });
});
