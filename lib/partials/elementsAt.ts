import { Observable, observeOn, queueScheduler, ReplaySubject, type Observer, type OperatorFunction } from 'rxjs';
import { subscribeFor } from '../foundation/subscribeFor.js';
import { Watchers } from '../foundation/Watchers.js';
import { ArrayElements, type ElementChange } from './ArrayElements.js';
import { isArray } from './Container.js';
import { NotAnArrayError } from './NotAnArrayError.js';
import { findPart } from './findPart.js';
import type { JsonPath, PartialJson } from './PartialJson.js';

/**
 * Gives each element of an array of the document an Observable of its own.
 *
 * Like `groupBy`, with the index as the key.
 *
 * ```text
 *  partials  --a---b---c---d---e--|   a: []  b: [{}]  c: [{a:1},{}]  d: [{a:1},{b:2}]  e: [{a:1},{b:2}] complete
 *            elementsAt()
 *  result    ------x---y-------|      x: --{}--{a:1}|   y: --{}--{b:2}--{b:2}|
 * ```
 *
 * 1. An inner Observable is emitted when its element starts to show. It emits the element whenever it changes, and
 *    completes when the element closes, saying `complete`. `path` counts from the element.
 * 2. The inner ones come in the order of the elements, each, even if many elements came between two snapshots.
 * 3. A late subscriber to an inner one gets its current state, then the rest.
 * 4. When the array closes, the result completes and the source is let go.
 * 5. It completes empty as soon as the array cannot come any more.
 * 6. As with `groupBy`: when the result is unsubscribed from, an inner one that is subscribed to goes on, and the
 *    source is let go after it. An element without a subscriber by then gets no further.
 * 7. Nothing of an element is kept here once it has closed.
 *
 * Errors with {@link NotAnArrayError} if something else stands at the path. Errors of the source go to the inner one
 * that is open, and to the result.
 *
 * @example
 * import { mergeMap, of } from 'rxjs';
 * import { accumulatePartial, elementsAt, toJsonTokens } from 'rx-structured';
 *
 * of('{"users":[{"name":"Jo', 'hn"},{"na', 'me":"Ann"}]}')
 *   .pipe(
 *     toJsonTokens(),
 *     accumulatePartial(),
 *     elementsAt('users'),
 *     mergeMap((element) => element),
 *   )
 *   .subscribe(({ value, complete }) => console.log(value, complete));
 * // Logs:
 * // { name: 'Jo' } false
 * // { name: 'John' } true
 * // {} false
 * // { name: 'Ann' } true
 *
 * @see {@link accumulatePartial} for the stage before, {@link decodeWith} to decode each element
 * @see {@link valueAt} for a single part
 * @param path Where the array is; nothing for the root.
 * @returns An operator function that emits an Observable for each element.
 * @since 0.1.0
 */
export function elementsAt(...path: JsonPath): OperatorFunction<PartialJson, Observable<PartialJson>> {
  return (source) =>
    new Observable((subscriber) => {
      const elements = new ArrayElements();
      let open: Observer<PartialJson> | undefined;
      const watchers = new Watchers();
      watchers.watch(subscriber);
      // An element that was kept ends where its source was let go.
      watchers.add(() => open?.complete());

      const emit = ({ partial, isNew }: ElementChange) => {
        const started = isNew ? new ReplaySubject<PartialJson>(1) : undefined;
        const element = started ?? open;
        open = partial.complete ? undefined : element;
        element?.next(partial);
        if (partial.complete) element?.complete();
        if (started !== undefined) subscriber.next(watchers.join(started));
      };

      // A snapshot that comes while an element is emitted waits until the current one has been emitted completely.
      subscribeFor(watchers, source.pipe(observeOn(queueScheduler)), {
        next: (partial) => {
          const array = findPart(partial, path, 'awaited');
          if (array === 'missing') subscriber.complete();
          if (typeof array === 'string') return;
          if (isArray(array.value)) elements.read(array, array.value.length).forEach(emit);
          else subscriber.error(new NotAnArrayError(path, array.value));
          if (array.complete) subscriber.complete();
        },
        error: (error: unknown) => {
          open?.error(error);
          subscriber.error(error);
        },
        complete: () => {
          open?.complete();
          subscriber.complete();
        },
      });
    });
}
