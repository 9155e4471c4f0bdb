import { expect } from 'chai';
import { createParser } from 'eventsource-parser';
import * as fc from 'fast-check';
import { EventStream, type ServerSentEvent } from '../../lib/foundation/EventStream.js';
import { lawRuns } from '../support/lawRuns.js';

/** The events of a stream that comes in these pieces. */
function read(pieces: Iterable<string>): readonly ServerSentEvent[] {
  const events: ServerSentEvent[] = [];
  const stream = new EventStream({ next: (event) => events.push(event) });
  for (const piece of pieces) stream.push(piece);
  return events;
}

/** What another reader makes of it. */
function readElsewhere(text: string): readonly ServerSentEvent[] {
  const events: ServerSentEvent[] = [];
  const parser = createParser({ onEvent: ({ event, id, data }) => events.push({ event, id, data }) });
  parser.feed(text);
  return events;
}

const event = (data: string, others: Partial<ServerSentEvent> = {}): ServerSentEvent => ({
  event: undefined,
  id: undefined,
  data,
  ...others,
});

const cases: readonly (readonly [title: string, text: string, events: readonly ServerSentEvent[]])[] = [
  ['an event', 'data: a\n\n', [event('a')]],
  ['its type and its id', 'event: tool\nid: 7\ndata: a\n\n', [event('a', { event: 'tool', id: '7' })]],
  [
    'fields for one event only',
    'id: 7\nevent: tool\ndata: a\n\ndata: b\n\n',
    [event('a', { event: 'tool', id: '7' }), event('b')],
  ],
  ['several lines of data', 'data: a\ndata\ndata: b\n\n', [event('a\n\nb')]],
  ['one space only as the beginning of a value', 'data:  a\n\ndata:b\n\n', [event(' a'), event('b')]],
  ['colons within a value', 'data: {"a":1}\n\n', [event('{"a":1}')]],
  ['lines with two characters at their end', 'data: a\r\ndata: b\r\n\r\n', [event('a\nb')]],
  ['every end of a line', 'data: a\r\n\r\ndata: b\r\rdata: c\n\n', [event('a'), event('b'), event('c')]],
  ['no event without data', ': comment\n\nevent: tool\n\nretry: 10\n\n', []],
  ['no event without its empty line', 'data: a\n\ndata: b\n', [event('a')]],
  ['no id with a null character', 'id: a\0\ndata: a\n\n', [event('a')]],
  ['unknown fields as nothing', 'datum: a\ndata : b\ndata: c\n\n', [event('c')]],
];

describe('EventStream', () => {
  for (const [title, text, events] of cases)
    it(`reads ${title}, however it is cut`, () => {
      expect(read([text])).to.deep.equal(events);
      expect(read(text)).to.deep.equal(events);
      for (let at = 0; at <= text.length; at++)
        expect(read([text.slice(0, at), text.slice(at)]), `cut at ${at}`).to.deep.equal(events);
    });

  it('reads what eventsource-parser reads, however it is cut', () => {
    const words = ['data', 'event', 'id', 'retry', 'other', ':', ' ', '\n', '\n', '\n\n', '\r', '\r\n', 'a', 'é', '\0'];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...words), { maxLength: 30 }),
        fc.integer({ min: 1, max: 9 }),
        (parts, size) => {
          // A carriage return at the end may be half an end of a line: the other reader waits for more.
          const text = `${parts.join('')}\n`;
          const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
            text.slice(at * size, (at + 1) * size),
          );
          expect(read(pieces)).to.deep.equal(readElsewhere(text));
        },
      ),
      lawRuns(2_000),
    );
  });

  describe('of a limited length', () => {
    const readWithin = (pieces: readonly string[]): readonly string[] => {
      const log: string[] = [];
      const observer = { next: ({ data }: ServerSentEvent) => log.push(data), tooLong: () => log.push('too long') };
      const stream = new EventStream(observer, 10);
      for (const piece of pieces) stream.push(piece);
      return log;
    };

    it('takes an event of that length', () => {
      expect(readWithin(['data: 1234', '\n\n'])).to.deep.equal(['1234']);
    });

    it('says once that a line is longer, and reads no more', () => {
      expect(readWithin(['data: 1234', '5', '6\n\n', 'data: a\n\n'])).to.deep.equal(['too long']);
    });

    it('counts the lines that came before', () => {
      expect(readWithin(['data: 1234\n', 'data: 5', 'data: a\n\n'])).to.deep.equal(['too long']);
    });
  });
});
