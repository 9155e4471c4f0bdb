import { expect } from 'chai';
import * as fc from 'fast-check';
import {
  arbitraryCuts,
  arbitraryDamagedText,
  arbitraryJsonText,
  cutAt,
  everyCut,
  everyUnit,
} from '../support/arbitraryJson.js';
import { readJson, uncut, type JsonReading } from '../support/readJson.js';
import { lawRuns } from '../support/lawRuns.js';
import type { JsonToken } from '../../lib/tokens/JsonToken.js';

const anyText = fc.oneof(arbitraryJsonText, arbitraryDamagedText, fc.string({ unit: 'binary' }));

/** All that the cuts of a text must not change. */
function outcome({ batches, error }: JsonReading): unknown {
  return { tokens: uncut(batches), error: error && Object.entries(error), message: error?.message };
}

/** Whether `JSON.parse` takes a text. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The value that tokens spell, built without any of the library's own code. */
function valueOf(tokens: readonly JsonToken[]): unknown {
  const text = tokens.map((token, index) => {
    const next = tokens[index + 1]?.type;
    const comma = next === undefined || next === 'object-end' || next === 'array-end' ? '' : ',';
    switch (token.type) {
      case 'object-start':
        return '{';
      case 'array-start':
        return '[';
      case 'object-end':
        return `}${comma}`;
      case 'array-end':
        return `]${comma}`;
      case 'key':
        return `${JSON.stringify(token.key)}:`;
      case 'string':
        return JSON.stringify(token.text) + comma;
      case 'number':
        return token.text + comma;
      case 'literal':
        return String(token.value) + comma;
    }
  });
  return JSON.parse(text.join(''));
}

/** Texts that may complete the end of a prefix: a scalar, then a member, then the containers. */
const scalarEnds = ['', '0', '"', '""', 'n"', 'u0000"', '0000"', '000"', '00"', '0"'].concat(
  ['true', 'false', 'null'].flatMap((word) => [1, 2, 3, 4].map((at) => word.slice(at))),
);
const memberEnds = ['', '0', ':0', '"":0'];

/** Whether some continuation of a text is JSON, found by trying: an oracle that knows nothing of the tokenizer. */
function hasContinuation(prefix: string): boolean {
  const closers = prefix
    .replace(/"(?:[^"\\]|\\.)*(?:"|\\?$)/gs, '')
    .replace(/[^[\]{}]/g, '')
    .split('')
    .reduce<string[]>((open, bracket) => {
      if (bracket === '[' || bracket === '{') return [bracket === '[' ? ']' : '}', ...open];
      return open.slice(1);
    }, [])
    .join('');
  return scalarEnds.some((scalar) => memberEnds.some((member) => isJson(prefix + scalar + member + closers)));
}

describe('the laws of tokens', () => {
  it('law 1: however a text is cut, the tokens are the same, and the error with its offset and message', () => {
    fc.assert(
      fc.property(anyText, arbitraryCuts, (text, cuts) => {
        const whole = outcome(readJson([text]));
        expect(outcome(readJson(cutAt(text, cuts)))).to.deep.equal(whole);
        expect(outcome(readJson(everyUnit(text)))).to.deep.equal(whole);
      }),
      lawRuns(2000),
    );
  });

  it('law 1: a text that is cut in two, anywhere, gives the same', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const whole = outcome(readJson([text]));
        for (const deltas of everyCut(text)) expect(outcome(readJson(deltas))).to.deep.equal(whole);
      }),
      lawRuns(200),
    );
  });

  it('law 1: the tokens are those of the value that JSON.parse reads', () => {
    fc.assert(
      fc.property(arbitraryJsonText, arbitraryCuts, (text, cuts) => {
        const { batches, error } = readJson(cutAt(text, cuts));
        expect(error).to.equal(undefined);
        expect(valueOf(uncut(batches))).to.deep.equal(JSON.parse(text));
      }),
      lawRuns(2000),
    );
  });

  it('law 1: the verdict is that of JSON.parse, duplicate keys aside', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { error } = readJson(everyUnit(text));
        if (error?.code !== 'duplicate-key') expect(error === undefined).to.equal(isJson(text));
      }),
      lawRuns(5000),
    );
  });

  it('law 8: an error is at the first character after which no continuation is JSON', () => {
    fc.assert(
      fc.property(arbitraryDamagedText, (text) => {
        const { error } = readJson([text]);
        fc.pre(error !== undefined && error.code !== 'duplicate-key');
        expect(hasContinuation(text.slice(0, error.offset)), 'before it').to.equal(true);
        if (error.code === 'unexpected-end') expect(error.offset).to.equal(text.length);
        else expect(hasContinuation(text.slice(0, error.offset + 1)), 'with it').to.equal(false);
      }),
      lawRuns(1500),
    );
  });

  it('law 11: the texts of the batches are the text, up to where nothing more is told', () => {
    fc.assert(
      fc.property(anyText, arbitraryCuts, (text, cuts) => {
        const { batches, error } = readJson(cutAt(text, cuts));
        const told = batches.map((batch) => batch.text).join('');
        expect((error?.text ?? text).startsWith(told)).to.equal(true);
        if (error === undefined) expect(text.slice(told.length).trim()).to.equal('');
      }),
      lawRuns(1000),
    );
  });

  it('law 4: no piece ends in half of a surrogate pair that the next one completes', () => {
    fc.assert(
      fc.property(arbitraryJsonText, (text) => {
        const pieces = readJson(everyUnit(text)).batches.flat();
        pieces.forEach((piece, index) => {
          const next = pieces[index + 1];
          if (piece.type !== 'string' || next?.type !== 'string' || next.start) return;
          expect(/[\ud800-\udbff]$/.test(piece.text) && /^[\udc00-\udfff]/.test(next.text)).to.equal(false);
        });
      }),
      lawRuns(1000),
    );
  });
});
