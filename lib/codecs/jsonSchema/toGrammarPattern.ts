/** Grammars that repeat something more often than this are rejected: llama.cpp stops at 2,000. */
export const maxRepeats = 1_999;

/**
 * Writes a regular expression so that llama.cpp's grammar can read it: anchored at both ends, without `\d`, `\w` or
 * `(?:`, and with no escape that the grammar has not.
 *
 * The text that it matches stands between two quotes as it is. So it may match no quote, no backslash and no control
 * character, which JSON escapes: with `.`, `[^a]`, `\s` or without anchors, the model could break the JSON.
 *
 * @param source Of a regular expression without flags.
 * @returns An expression that matches the same strings; `undefined` if the grammar cannot say it, or we do not find out how.
 */
export function toGrammarPattern(source: string): string | undefined {
  const reader = new PatternReader(source);
  const pattern = reader.read();
  return reader.isReadable ? pattern : undefined;
}

/** One part of a pattern. */
interface Atom {
  /** As it stands in a sequence. */
  readonly text: string;
  /** As a quantifier may follow it: the grammar would apply it to all the letters before as well. */
  readonly quantified: string;
}

const createAtom = (text: string): Atom => ({ text, quantified: text });

/** Letters that mean something in a pattern. */
const syntax = /[\^$.[\]()|{}*+?\\]/;
const special: Readonly<Record<string, string>> = { d: '0-9', w: 'A-Za-z0-9_' };

/**
 * Reads a pattern from left to right, and writes it anew. Whatever a grammar cannot say, or could say otherwise than
 * JavaScript does, makes the pattern unreadable: a constraint that is left out costs a retry, a wrong one the answer.
 */
class PatternReader {
  readonly #source: string;
  #at = 0;
  /** Falls when something is met that a grammar cannot say; what is read after that does not matter. */
  isReadable = true;

  constructor(source: string) {
    this.#source = source;
  }

  /** Every alternative of the whole pattern has both anchors, so that the grammar sees all of the string. */
  read(): string {
    const alternatives: string[] = [];
    do {
      if (!this.#skip('^')) this.#fail();
      alternatives.push(this.#readSequence());
      if (!this.#skip('$')) this.#fail();
    } while (this.isReadable && this.#skip('|'));
    if (this.#at < this.#source.length) this.#fail();
    const [only] = alternatives;
    return alternatives.length === 1 && only !== undefined ? `^${only}$` : `^(${alternatives.join('|')})$`;
  }

  /** Atoms up to the end of an alternative. */
  #readSequence(): string {
    let text = '';
    while (this.isReadable && this.#at < this.#source.length && !/[$|)]/.test(this.#here)) {
      const atom = this.#readAtom();
      const quantifier = this.#readQuantifier();
      text += quantifier === '' ? atom.text : `${atom.quantified}${quantifier}`;
    }
    // The grammar has no word for nothing.
    return text === '' ? this.#fail() : text;
  }

  /** A letter, a class or a group. */
  #readAtom(): Atom {
    if (this.#skip('(')) return createAtom(this.#readGroup());
    if (this.#skip('[')) return createAtom(this.#readClass());
    const escaped = this.#skip('\\');
    const letter = this.#take();
    if (escaped && letter in special) return createAtom(`[${special[letter] ?? ''}]`);
    if (escaped) return writeLiteral(this.#writeEscaped(letter));
    return syntax.test(letter) ? createAtom(this.#fail()) : this.#writePlain(letter);
  }

  /** The grammar has no captures, so every group becomes a plain one. */
  #readGroup(): string {
    // Named or not, a group is a group; looking around is another matter.
    if (this.#skip('?') && !this.#skip(':') && !this.#skipName()) return this.#fail();
    const alternatives = [this.#readSequence()];
    while (this.isReadable && this.#skip('|')) alternatives.push(this.#readSequence());
    return this.#skip(')') ? `(${alternatives.join('|')})` : this.#fail();
  }

  #skipName(): boolean {
    const name = /^<[A-Za-z_$][\w$]*>/.exec(this.#source.slice(this.#at, this.#at + 100))?.[0] ?? '';
    this.#at += name.length;
    return name !== '';
  }

  /** Letters and ranges; `-` comes last and `^` not first, where they stand for themselves. */
  #readClass(): string {
    let ranges = '';
    const literals = new Set<string>();
    if (this.#here === '^') return this.#fail();
    while (this.isReadable && !this.#skip(']')) {
      const isSpecial = this.#here === '\\' && (this.#source[this.#at + 1] ?? '') in special;
      if (isSpecial) {
        this.#at++;
        ranges += special[this.#take()] ?? '';
        continue;
      }
      const first = this.#readMember();
      const beyond = this.#here === '-' ? (this.#source[this.#at + 1] ?? ']') : ']';
      // It may be a range up to an escape, or a `-` before a class.
      if (beyond === '\\') return this.#fail();
      if (beyond !== ']') {
        this.#at++;
        ranges += this.#writeRange(first, this.#readMember());
      } else if (first === '-' || first === '^') literals.add(first);
      else ranges += writeInClass(first);
    }
    if (ranges === '' && literals.size !== 1) return this.#fail();
    // A class of one letter that means something in a class is that letter.
    if (ranges === '') return literals.has('-') ? '[-]' : this.#fail();
    return `[${ranges}${literals.has('^') ? '^' : ''}${literals.has('-') ? '-' : ''}]`;
  }

  /** Nothing between the ends may be what JSON escapes. */
  #writeRange(from: string, to: string): string {
    const isWithin = (letter: string): boolean => from <= letter && letter <= to;
    const isPlain = !isWithin('"') && !isWithin('\\') && /^[^\]^-]$/.test(from) && /^[^\]^-]$/.test(to);
    return isPlain && from <= to ? `${from}-${to}` : this.#fail();
  }

  /** One letter of a class. */
  #readMember(): string {
    const escaped = this.#skip('\\');
    const letter = this.#take();
    if (escaped) return this.#writeEscaped(letter);
    return isSafe(letter) ? letter : this.#fail();
  }

  /** A letter that stands for itself. */
  #writePlain(letter: string): Atom {
    return isSafe(letter) ? writeLiteral(letter) : createAtom(this.#fail());
  }

  /** A sign behind a backslash stands for itself; a letter or a digit there means something else. */
  #writeEscaped(letter: string): string {
    return /[^A-Za-z0-9\s]/.test(letter) && isSafe(letter) ? letter : this.#fail();
  }

  /** A lazy one finds the same strings, if later. */
  #readQuantifier(): string {
    const [, text = '', least = '0', most = least] =
      /^([*+?]|\{(\d+)(?:,(\d*))?\})\??/.exec(this.#source.slice(this.#at, this.#at + 40)) ?? [];
    if (text === '') return '';
    this.#at += text.length;
    this.#skip('?');
    return Math.max(Number(least), Number(most)) > maxRepeats ? this.#fail() : text;
  }

  get #here(): string {
    return this.#source[this.#at] ?? '';
  }

  /** A whole character: half a surrogate pair would be another letter in the grammar. */
  #take(): string {
    const letter = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0);
    this.#at += letter.length;
    return letter;
  }

  /** Goes on past a letter if it is here, and says whether it was. */
  #skip(letter: string): boolean {
    const isHere = this.#here === letter;
    if (isHere) this.#at++;
    return isHere;
  }

  /** Ends the reading: every loop asks `isReadable`. The empty text only satisfies the caller's type. */
  #fail(): string {
    this.isReadable = false;
    return '';
  }
}

/** Letters that stand in JSON as they are. Those beyond the basic plane would be two in a class. */
function isSafe(letter: string): boolean {
  return letter.length === 1 && letter >= ' ' && letter !== '"' && letter !== '\\' && !/[\ud800-\udfff]/.test(letter);
}

/** The grammar reads bytes: a letter of several is told as a class, so that a quantifier means all of them. */
function writeLiteral(letter: string): Atom {
  if (syntax.test(letter))
    return { text: `\\${letter}`, quantified: letter === '^' ? '(\\^)' : `[${writeInClass(letter)}]` };
  return letter > '~' ? createAtom(`[${letter}]`) : createAtom(letter);
}

const writeInClass = (letter: string): string => (letter === ']' ? '\\]' : letter);
