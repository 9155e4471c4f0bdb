import * as fc from 'fast-check';

/** How a body of bytes arrives: in pieces of these sizes, over and over. */
export const arbitraryPieces: fc.Arbitrary<readonly number[]> = fc.array(
  fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 400 })),
  { minLength: 1, maxLength: 8 },
);

/** How a body ends: whole, or after so many thousandths of it, cleanly or with an error. */
export const arbitraryEnd = fc.record({
  share: fc.oneof({ weight: 1, arbitrary: fc.constant(1000) }, { weight: 1, arbitrary: fc.nat(999) }),
  breaks: fc.boolean(),
});

export type BodyEnd = typeof arbitraryEnd extends fc.Arbitrary<infer E> ? E : never;

/** The beginning of a body that arrives. */
export function arriving(body: Uint8Array, { share }: Pick<BodyEnd, 'share'>): Uint8Array {
  return body.subarray(0, Math.floor((body.length * share) / 1000));
}

/** A body whose reader gets such pieces. */
export function bodyOf(body: Uint8Array, pieces: readonly number[], end?: BodyEnd): ReadableStream<Uint8Array> {
  const bytes = end === undefined ? body : arriving(body, end);
  let at = 0;
  let nth = 0;
  return new ReadableStream({
    pull(controller) {
      if (at < bytes.length) {
        const size = pieces[nth++ % pieces.length]!;
        controller.enqueue(bytes.slice(at, at + size));
        at += size;
      } else if (end?.breaks === true) controller.error(new TypeError('terminated'));
      else controller.close();
    },
  });
}
