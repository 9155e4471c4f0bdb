/** The part of a JSON number that has been read last. */
export type NumberPart = 'sign' | 'zero' | 'integer' | 'point' | 'fraction' | 'e' | 'e-sign' | 'exponent';

const ZERO = 0x30;
const NINE = 0x39;
const POINT = 0x2e;
const UPPER_E = 0x45;
const LOWER_E = 0x65;
const PLUS = 0x2b;
const MINUS = 0x2d;

/** The part that a character begins or continues after `part`, if it can stand there at all. */
export function nextNumberPart(part: NumberPart | undefined, code: number): NumberPart | undefined {
  if (code >= ZERO && code <= NINE) return nextDigit(part, code);
  if (code === MINUS && part === undefined) return 'sign';
  if (code === POINT) return part === 'zero' || part === 'integer' ? 'point' : undefined;
  if (code === LOWER_E || code === UPPER_E)
    return part === 'zero' || part === 'integer' || part === 'fraction' ? 'e' : undefined;
  if (code === PLUS || code === MINUS) return part === 'e' ? 'e-sign' : undefined;
  return undefined;
}

function nextDigit(part: NumberPart | undefined, code: number): NumberPart | undefined {
  switch (part) {
    case undefined:
    case 'sign':
      return code === ZERO ? 'zero' : 'integer';
    case 'zero':
      return undefined;
    case 'integer':
      return 'integer';
    case 'point':
    case 'fraction':
      return 'fraction';
    case 'e':
    case 'e-sign':
    case 'exponent':
      return 'exponent';
  }
}

/** Whether a number may end here. */
export function endsNumber(part: NumberPart): boolean {
  return part === 'zero' || part === 'integer' || part === 'fraction' || part === 'exponent';
}
