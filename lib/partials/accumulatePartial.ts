import { from, Observable, Subject, takeUntil, type ObservableInput, type OperatorFunction } from 'rxjs';
import type { JsonTokens } from '../tokens/JsonToken.js';
import { PartialDocument, type Growth } from './PartialDocument.js';
import type { PartialJson } from './PartialJson.js';

/** How often and how finely {@link accumulatePartial} shows a document. */
export interface AccumulatePartialConfig {
  /** Whether a number is shown while its digits come, or not before it is whole. Default: `'growing'`. */
  readonly numbers?: Growth;
  /** Whether a string is shown while its characters come, or not before it is whole. Default: `'growing'`. */
  readonly strings?: Growth;
  /** Snapshots are taken only when this emits, and when the document closes or ends. By default, with every batch. */
  readonly sample?: ObservableInput<unknown>;
}

export function accumulatePartial(config: AccumulatePartialConfig = {}): OperatorFunction<JsonTokens, PartialJson> {
  const { numbers = 'growing', strings = 'growing', sample } = config;
  return (source) =>
    new Observable((subscriber) => {
      const document = new PartialDocument(numbers, strings);
      // Unlike the subscription, it is there already when the source emits while it is being subscribed to.
      const stop = new Subject<void>();
      subscriber.add(() => {
        stop.next();
      });
      const emit = () => {
        const partial = document.snapshot();
        if (partial !== undefined) subscriber.next(partial);
      };
      if (sample !== undefined)
        from(sample)
          .pipe(takeUntil(stop))
          .subscribe({
            next: emit,
            error: (error: unknown) => {
              subscriber.error(error);
            },
          });
      if (subscriber.closed) return;
      source.pipe(takeUntil(stop)).subscribe({
        next: (tokens) => {
          document.add(tokens);
          if (sample === undefined || document.complete) emit();
        },
        error: (error: unknown) => {
          emit();
          subscriber.error(error);
        },
        complete: () => {
          emit();
          subscriber.complete();
        },
      });
    });
}
