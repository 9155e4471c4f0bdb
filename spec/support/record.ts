import type { Observer } from 'rxjs';

/** An observer that keeps all that it is told: values, an error as it is, and the word `complete`. */
export function record<T>(log: unknown[], toEntry: (value: T) => unknown = (value) => value): Observer<T> {
  return {
    next: (value) => void log.push(toEntry(value)),
    error: (error: unknown) => void log.push(error),
    complete: () => void log.push('complete'),
  };
}

/** The same in lines of text, to be compared at a glance. */
export function recordLines<T>(lines: string[], toLine: (value: T) => string, end = '|'): Observer<T> {
  return {
    next: (value) => void lines.push(toLine(value)),
    error: (error: unknown) => void lines.push(String(error)),
    complete: () => void lines.push(end),
  };
}
