import { serve, type Frame } from './serving.js';
import { COMPLETE, DELTAS, type Protocol, type Source } from './Source.js';
import { comes, eitherOf, type Law } from './Law.js';
import type { Trial } from './Trial.js';

const isRight = comes(COMPLETE);
const MB = 'x'.repeat(1_000_000);

/** A place in an answer. */
const PLACES = ['before', 'within', 'after'] as const;

type Place = (typeof PLACES)[number];

/** The frames of an answer, with another one in a place. */
function put(source: Source, place: Place, frame: Frame): readonly Frame[] {
  const frames = source.say(DELTAS);
  const at = { before: 0, within: frames.findIndex((each) => each.includes('Än')) + 1, after: frames.length }[place];
  return [...frames.slice(0, at), frame, ...frames.slice(at)];
}

/** Values of another shape than a chunk has. */
const VALUES = ['null', '5', 'true', '"text"', '[]', '{}', '[null]'];

/** Chunks of each API whose fields have other types than they should. */
const CHUNKS: Readonly<Record<Protocol, readonly object[]>> = {
  chat: [
    { id: 'c' },
    { choices: null },
    { choices: {} },
    { choices: [null] },
    { choices: [{ index: 0 }] },
    { choices: [{ index: 0, delta: null }] },
    { choices: [{ index: 0, delta: { content: 5 } }] },
    { choices: [{ index: 0, delta: { content: {} } }] },
    { choices: [{ index: 0, delta: { content: [null] } }] },
    { choices: [{ index: 0, delta: { tool_calls: 5 } }] },
    { choices: [{ index: 0, delta: {}, finish_reason: 5 }] },
    { choices: [], usage: 5 },
  ],
  responses: [
    { type: 5 },
    { type: 'response.output_text.delta' },
    { type: 'response.output_text.delta', delta: 5 },
    { type: 'response.output_text.delta', delta: null, output_index: 'x' },
    { type: 'response.output_item.added', item: null },
    { type: 'response.output_item.done', item: 5 },
    { type: 'response.created', response: null },
    { type: 'response.completed', response: null },
  ],
  messages: [
    { type: 5 },
    { type: 'content_block_delta' },
    { type: 'content_block_delta', index: 0, delta: null },
    { type: 'content_block_delta', index: 'x', delta: { text: 5 } },
    { type: 'content_block_start', index: 7, content_block: null },
    { type: 'content_block_stop', index: null },
    { type: 'message_delta', delta: null },
    { type: 'message_delta', delta: {}, usage: 5 },
  ],
  gemini: [
    { candidates: null },
    { candidates: {} },
    { candidates: [null] },
    { candidates: [{ content: null }] },
    { candidates: [{ content: { parts: null } }] },
    { candidates: [{ content: { parts: [null] } }] },
    { candidates: [{ content: { parts: [{ text: 5 }] } }] },
    { usageMetadata: 5 },
  ],
  ollama: [
    { message: null },
    { message: 5 },
    { message: { content: 5 } },
    { message: { content: null, thinking: 5 } },
    { message: { tool_calls: 5 } },
    { message: { tool_calls: [null] } },
    { model: 5, done: 'no' },
  ],
  sse: [],
};

const isLines = ({ protocol }: Source): boolean => protocol === 'ollama';

/** Bytes that are no text in UTF-8, none of them a line break. */
const BINARY = Uint8Array.from({ length: 200 }, (_, at) => 0x80 + (at % 0x80));

const join = (...parts: readonly Frame[]): Uint8Array => Buffer.concat(parts.map((part) => Buffer.from(part)));

/** The answer with one text of its frames replaced. */
const replaced = (source: Source, from: string, to: Frame): readonly Frame[] =>
  source.say(DELTAS).map((frame) => {
    const at = frame.indexOf(from);
    return at === -1 ? frame : join(frame.slice(0, at), to, frame.slice(at + from.length));
  });

/** The law of a chunk that is no JSON. */
function lawOfNoJson({ reader, protocol, name }: Source, place: Place): Law {
  // It writes to the console, and goes on.
  if (name.startsWith('ollama-ai-provider')) return isRight;
  if (reader === 'page') return comes(/^SseError: The event stream holds a message that is not an answer's/);
  if (reader === 'own' && protocol === 'ollama')
    return comes(place === 'before' ? /^ProviderError: No event came: / : /^ProviderError: A line of \d+ characters/);
  // Anthropic's SDK passes over events without a name.
  if (reader === 'iteration' && protocol === 'messages') return isRight;
  if (reader === 'iteration' && place === 'before') return comes(/^SyntaxError: /);
  if (reader === 'own' || place === 'within')
    return comes(/^IncompleteCompletionError interrupted ".*" <- (SyntaxError|AI_JSONParseError)$/);
  // The package for Anthropic wants an error to be an event of its own, if it is the first.
  return comes(
    protocol === 'messages' ? 'Error: Expected a normalized Anthropic stream error' : /^AI_JSONParseError: /,
  );
}

/** The law of a chunk whose shape is another one. */
function lawOfShape({ reader, protocol }: Source, place: Place): Law {
  if (reader === 'own') return isRight;
  if (reader === 'iteration' && protocol !== 'chat') return isRight;
  // OpenAI's SDK looks into the choices.
  if (reader === 'iteration') return eitherOf(isRight, comes(/^TypeError: .* \(reading 'finish_reason'\)$/));
  if (reader === 'page') return comes(/^SseError: The event stream holds a message that is not an answer's/);
  // A package checks every chunk, some of them more than others: what it does not know may have been more of the text.
  const first = place === 'before' && protocol === 'messages';
  return eitherOf(
    isRight,
    comes(first ? 'Error: Expected a normalized Anthropic stream error' : /^AI_TypeValidationError: /),
  );
}

const lawOfText = (_: Source, place: Place): Law =>
  comes(place === 'before' ? /^Left offset 1: / : 'Complete {"name":"Äntext€🎉","age":30}');

/** A frame that is put into an answer, and the law of each place but the last: after an answer nothing matters. */
type Stranger = readonly [name: string, frame: Frame, lawAt: (source: Source, place: Place) => Law];

const ofRight = (): Law => isRight;

/** Chunks that are not of the API. */
function chunksOf(source: Source): readonly Stranger[] {
  const noJson: Readonly<Record<string, Frame>> = {
    'binary bytes': BINARY,
    'NUL bytes': '\0\0\0\0',
    words: 'hello',
    'half of a document': '{"half',
  };
  const [before, after] = isLines(source) ? ['', '\n'] : ['data: ', '\n\n'];
  return [
    ...Object.entries(noJson).map(([name, frame]): Stranger => [
      `${name} for a chunk`,
      join(before, frame, after),
      lawOfNoJson,
    ]),
    ...[...VALUES, ...CHUNKS[source.protocol].map((chunk) => JSON.stringify(chunk))].map((value): Stranger => [
      `${value} for a chunk`,
      `${before}${value}${after}`,
      // To a page a string is more of the text: of the name, or before the document.
      source.reader === 'page' && value === '"text"' ? lawOfText : lawOfShape,
    ]),
  ];
}

/** Lines that are not chunks. */
function linesOf(source: Source): readonly Stranger[] {
  if (isLines(source)) return [['blank lines', '\n \n\t\r\n', ofRight]];
  const lines: Readonly<Record<string, Frame>> = {
    'a comment': ': hello\n\n',
    'a comment of 1 MB': `:${MB}\n\n`,
    'an unknown field': 'hello: there\n\n',
    'an unknown field of 1 MB': `${MB}\n\n`,
    'binary bytes': join(BINARY, '\n\n'),
    'NUL bytes': '\0\0\0\n\n',
    'a mark of byte order': '\uFEFF\n\n',
    'an id and a retry': 'retry: 9\n\n',
  };
  // A page knows its events by their names.
  const ofUnknown = source.reader === 'page' ? ofRight : lawOfShape;
  return [
    ...Object.entries(lines).map(([name, frame]): Stranger => [name, frame, ofRight]),
    ['an unknown event', 'event: hello\ndata: {"type":"hello"}\n\n', ofUnknown],
    ['an unknown event of 1 MB', `event: hello\ndata: {"type":"hello","text":"${MB}"}\n\n`, ofUnknown],
    // OpenAI's SDK takes no data for data that is no JSON.
    ['an event without data', 'event: hello\n\n', source.reader === 'iteration' ? lawOfNoJson : ofRight],
    ['an event with empty data', 'data:\n\n', source.reader === 'own' ? ofRight : lawOfNoJson],
  ];
}

/** Answers whose own text is strange. */
function textsOf(source: Source): readonly (readonly [string, readonly Frame[], Law])[] {
  const said = (value: string): Law => comes(`Complete ${JSON.stringify({ name: value, age: 30 })}`);
  const say = (name: string): readonly string[] =>
    source.say([`{"name":"`, ...(name.match(/[^]{1,400000}/g) ?? []), `","age":30}`]);
  return [
    ['an invalid byte in a text', replaced(source, 'Än', Uint8Array.of(0x41, 0xff, 0x6e)), said('A\uFFFDn€🎉')],
    [
      'half of a character in a text',
      replaced(source, 'Än', Uint8Array.of(0x41, 0xe2, 0x82, 0x6e)),
      said('A\uFFFDn€🎉'),
    ],
    ['a pair of surrogates in escapes', replaced(source, '🎉', '\\ud83c\\udf89'), isRight],
    ['half of a pair of surrogates', replaced(source, '🎉', '\\ud83c'), said('Än€\ud83c')],
    ['a pair of surrogates in two deltas', source.say(['{"name":"Än€\ud83c', '\udf89","age":30}']), isRight],
    ['half of a pair, escaped in the document', source.say(['{"name":"Än\\ud83c', '","age":30}']), said('Än\ud83c')],
    [
      'a pair, escaped in the document, in two deltas',
      source.say(['{"name":"Än€\\ud8', '3c\\udf89","age":30}']),
      isRight,
    ],
    ['a text of 1 MB', say(MB), said(MB)],
    ['a mark of byte order at the beginning', ['\uFEFF', ...source.say(DELTAS)], isRight],
    ['no end of the last line', [source.say(DELTAS).join('').trimEnd()], isRight],
  ];
}

/** An answer whose text would be another document without the delta that is cut in half. */
function halfOf(source: Source): readonly [string, readonly Frame[], Law] {
  const frames = source.say(['{"name":"A', 'n', '€","age":30}']);
  const at = frames.findIndex((frame) => frame.includes('"n"'));
  const end = isLines(source) ? '\n' : '\n\n';
  const sent = frames.map((frame, nth) => (nth === at ? `${frame.slice(0, frame.indexOf('"n"'))}${end}` : frame));
  const { name, reader, protocol } = source;
  // The package loses it, and says so on the console only.
  if (name.startsWith('ollama-ai-provider')) return ['half of a delta', sent, comes('Complete {"name":"A€","age":30}')];
  const isNamed = reader === 'iteration' && protocol === 'messages';
  return [
    'half of a delta',
    sent,
    isNamed ? comes(/^IncompleteCompletionError interrupted .* <- SyntaxError$/) : lawOfNoJson(source, 'within'),
  ];
}

/** Ends that are there twice, or not at all. */
function endsOf(source: Source): readonly (readonly [string, readonly Frame[], Law])[] {
  const frames = source.say(DELTAS);
  if (isLines(source)) return [];
  const done = 'data: [DONE]\n\n';
  return [
    ['[DONE] twice at the end', [...frames, done, done], isRight],
    ...(source.protocol === 'chat' ? [['no [DONE]', frames.slice(0, -1), isRight] as const] : []),
  ];
}

/** Bytes that are no part of an answer. */
export function garbageOf(source: Source): readonly Trial[] {
  const trial = (name: string, frames: readonly Frame[], law: Law): Trial => ({
    source,
    kind: 'garbage',
    name,
    serve: serve(source, frames),
    law,
  });
  return [
    ...[...chunksOf(source), ...linesOf(source)].flatMap(([name, frame, lawAt]) =>
      PLACES.map((place) =>
        trial(
          `${name}, ${place} the answer`,
          put(source, place, frame),
          place === 'after' ? isRight : lawAt(source, place),
        ),
      ),
    ),
    ...[...textsOf(source), halfOf(source), ...endsOf(source)].map(([name, frames, law]) => trial(name, frames, law)),
  ];
}
