/** Beyond as many digits rounding may turn a number that is being written into almost any neighbour. */
const SAFE_DIGITS = 15;
/** Numbers below lose digits on their own; zero is one of them. */
const TINY = 1e-290;

/**
 * Whether a number that is still being written may become another: whether its text may go on so that it is parsed as
 * `target`. `12` may become 12, 120, 12.5 and 1.2 (`12e-1`), but neither 2 nor 21.
 *
 * A wrong no would reject an answer that is right, a wrong yes only rejects it a little later; so where rounding or an
 * exponent makes it doubtful the answer is yes.
 */
export function canGrowInto(soFar: number, target: number): boolean {
  if (Object.is(soFar, target)) return true;
  if (isNegative(soFar) !== isNegative(target) && target !== 0) return false;
  // Nothing is known yet of a number that begins with zeros; and an exponent can make anything zero or infinite.
  if (!Number.isFinite(soFar) || !Number.isFinite(target)) return true;
  if (Math.abs(soFar) < TINY || Math.abs(target) < TINY) return true;
  const digits = Number.isInteger(soFar) ? String(Math.abs(soFar)) : takeDigits(soFar);
  const wanted = takeDigits(target);
  if (digits.length > SAFE_DIGITS || wanted.length > SAFE_DIGITS) return true;
  // 1.999… with enough nines is 2.
  return wanted.padEnd(digits.length, '0').startsWith(digits) || wanted === takeDigits(Number(digits) + 1);
}

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

/** The digits, without the point and without zeros at the end. */
function takeDigits(value: number): string {
  const [mantissa = ''] = Math.abs(value).toExponential().split('e');
  return mantissa.replace('.', '').replace(/0+$/, '');
}
