import { Observable, Subject, takeUntil, type OperatorFunction } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import type * as t from 'io-ts';
import type { Excess } from '../codecs/decoder/compile.js';
import { Decoder } from '../codecs/decoder/Decoder.js';
import { IncompleteCompletionError } from '../deltas/IncompleteCompletionError.js';
import type { JsonPath, PartialJson } from '../partials/PartialJson.js';
import { textOf } from '../partials/textOf.js';
import { JsonSyntaxError } from '../tokens/JsonSyntaxError.js';
import type { Decoded } from './Decoded.js';
import type { Invalid } from './Invalid.js';
import { invalidJson, isJsonError } from './invalidJson.js';
import { invalidValue } from './invalidValue.js';

export interface DecodeWithConfig {
  /** Whether an answer is refused as soon as nothing could make it right any more, or when it is whole. Default: true. */
  readonly failFast?: boolean;
  /**
   * What becomes of keys that no codec knows, `'allow'`: what io-ts does with them (`t.type` keeps them, `t.exact`
   * strips them); `'strip'`: they are stripped everywhere; `'error'`: they are refused. Default: `'allow'`.
   */
  readonly excess?: Excess;
  /** Where the document stands within a larger one: the paths of what is wrong begin with it. Default: `[]`. */
  readonly at?: JsonPath;
}

export function decodeWith<A>(
  codec: t.Type<A, unknown>,
  config: DecodeWithConfig = {},
): OperatorFunction<PartialJson, Either<Invalid, Decoded<A>>> {
  const { failFast = true, excess = 'allow', at = [] } = config;
  return (source) =>
    new Observable((subscriber) => {
      const decoder = new Decoder<A>(codec, { failFast, excess });
      const stop = new Subject<void>();
      subscriber.add(() => {
        stop.next();
      });
      let last: PartialJson | undefined;
      let isOver = false;

      const end = (either: Either<Invalid, Decoded<A>>): void => {
        isOver = true;
        subscriber.next(either);
        subscriber.complete();
      };

      source.pipe(takeUntil(stop)).subscribe({
        next: (snapshot) => {
          if (isOver) return;
          last = snapshot;
          const before = decoder.partial;
          try {
            decoder.write(snapshot);
          } catch (error) {
            isOver = true;
            subscriber.error(error);
            return;
          }
          if (decoder.refusal !== undefined) end({ _tag: 'Left', left: invalidValue(decoder.refusal, snapshot, at) });
          else if (decoder.partial !== undefined && decoder.partial !== before)
            subscriber.next({ _tag: 'Right', right: { _tag: 'Partial', ...decoder.partial } });
        },
        error: (error: unknown) => {
          if (isOver) return;
          if (isJsonError(error)) end({ _tag: 'Left', left: invalidJson(error, codec, at) });
          else if (decoder.result !== undefined && isInterruption(error)) end(complete(decoder.result));
          else subscriber.error(error);
        },
        complete: () => {
          // Finalization completes the source as well.
          if (isOver || subscriber.closed) return;
          end(
            decoder.result === undefined
              ? { _tag: 'Left', left: invalidJson(endOf(last), codec, at) }
              : complete(decoder.result),
          );
        },
      });
    });
}

function complete<A>({ value }: { readonly value: A }): Either<Invalid, Decoded<A>> {
  return { _tag: 'Right', right: { _tag: 'Complete', value } };
}

/** Some providers never say that they have finished; what the document itself says is as good. */
function isInterruption(error: unknown): boolean {
  return error instanceof IncompleteCompletionError && error.reason === 'interrupted';
}

/** The source has ended, and the document has not. */
function endOf(last: PartialJson | undefined): JsonSyntaxError {
  const text = last === undefined ? '' : textOf(last);
  const problem = 'expected the rest of the document, got the end of the text';
  return new JsonSyntaxError('unexpected-end', text.length, last?.path ?? [], text, problem);
}
