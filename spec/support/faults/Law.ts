import { StructuredError } from '../../../lib/foundation/StructuredError.js';
import type { Outcome } from './Outcome.js';
import { DELTAS } from './Source.js';

/** An outcome that must be, in words and as a test. */
export interface Law {
  readonly words: string;
  readonly holds: (outcome: Outcome) => boolean;
}

/** Bytes that the message of an error of ours may have. */
const LONGEST_MESSAGE = 4096;

/** The line is this text, or of this form. */
export function comes(line: string | RegExp): Law {
  return {
    words: String(line),
    holds: (outcome) => (typeof line === 'string' ? outcome.line === line : line.test(outcome.line)),
  };
}

/** One of several outcomes. */
export function eitherOf(...laws: readonly Law[]): Law {
  return {
    words: laws.map(({ words }) => words).join(' or '),
    holds: (outcome) => laws.some(({ holds }) => holds(outcome)),
  };
}

const ANSWER = DELTAS.join('');

/** Interrupted, with no less text than this, and no other. */
export function interrupted(least: string, cause: RegExp): Law {
  return {
    words: `IncompleteCompletionError interrupted with the text from ${JSON.stringify(least)} on`,
    holds: ({ line }) => {
      const [, text = '""', rest = ''] =
        /^IncompleteCompletionError interrupted ("(?:[^"\\]|\\.)*")(.*)$/.exec(line) ?? [];
      const told = JSON.parse(text) as string;
      return line.startsWith('Incomplete') && ANSWER.startsWith(told) && told.startsWith(least) && cause.test(rest);
    },
  };
}

/** An error that names the status, in its message or in a field, with a message of bounded length where it is ours. */
export function namesStatus(status: number, message = ''): Law {
  return {
    words: `an error that names the status ${status}${message && ` and says ${message}`}`,
    holds: ({ error }) => {
      if (!(error instanceof Error)) return false;
      const named = ['status', 'statusCode'].some((key) => Reflect.get(error, key) === status);
      const isBounded = !(error instanceof StructuredError) || Buffer.byteLength(error.message) <= LONGEST_MESSAGE;
      return named && isBounded && error.message.includes(message);
    },
  };
}
