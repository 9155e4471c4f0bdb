import { Observable, Subject, takeUntil, type OperatorFunction } from 'rxjs';
import type { JsonTokens } from './JsonToken.js';
import { JsonTokenizer } from './JsonTokenizer.js';

/** Limits on what {@link toJsonTokens} reads. */
export interface ToJsonTokensConfig {
  /** How many objects and arrays may stand within each other. Default: 512. */
  readonly maxDepth?: number;
  /** How long the document may be, in UTF-16 code units. Default: `Infinity`. */
  readonly maxLength?: number;
  /** How many whitespace characters may follow each other outside of strings. Default: 1024. */
  readonly maxWhitespace?: number;
}

export function toJsonTokens(config: ToJsonTokensConfig = {}): OperatorFunction<string, JsonTokens> {
  const { maxDepth = 512, maxLength = Infinity, maxWhitespace = 1024 } = config;
  return (source) =>
    new Observable((subscriber) => {
      const tokenizer = new JsonTokenizer({ maxDepth, maxLength, maxWhitespace });
      // Unlike the subscription, it is there already when the source emits while it is being subscribed to.
      const stop = new Subject<void>();
      subscriber.add(() => {
        stop.next();
      });
      const emit = () => {
        const tokens = tokenizer.take();
        if (tokens !== undefined) subscriber.next(tokens);
        if (tokenizer.failure !== undefined) subscriber.error(tokenizer.failure);
        else if (tokenizer.done) subscriber.complete();
      };
      source.pipe(takeUntil(stop)).subscribe({
        next: (delta) => {
          tokenizer.write(delta);
          emit();
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
        complete: () => {
          tokenizer.end();
          emit();
          subscriber.complete();
        },
      });
    });
}
