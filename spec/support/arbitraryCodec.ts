import * as fc from 'fast-check';
import * as t from 'io-ts';
import { clone, fromNullable, NonEmptyString, nonEmptyArray, optionFromNullable, withMessage } from 'io-ts-types';
import { whenComplete } from '../../lib/codecs/annotations/whenComplete.js';
import { whenPresent } from '../../lib/codecs/annotations/whenPresent.js';
import { withState } from '../../lib/codecs/annotations/withState.js';
import {
  annotated,
  arrayOf,
  exactOf,
  fallbackOf,
  finiteRecordOf,
  Initial,
  intersectionOf,
  isSmall,
  KEYS,
  leaves,
  objectOf,
  opaque,
  recordOf,
  refined,
  sameAs,
  taggedUnionOf,
  treeOf,
  tupleOf,
  unionOf,
  WORDS,
  type CodecSample,
} from './codecSamples.js';

const key = fc.constantFrom(...KEYS);

function propsOf(sample: fc.Arbitrary<CodecSample>): fc.Arbitrary<Record<string, CodecSample>> {
  return fc.dictionary(key, sample, { minKeys: 1, maxKeys: 3 });
}

const tied = fc.letrec<{ sample: CodecSample; object: CodecSample }>((tie) => ({
  sample: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: fc.constantFrom<CodecSample>(...leaves) },
    { weight: 4, arbitrary: tie('object') },
    {
      weight: 1,
      arbitrary: fc.tuple(tie('sample'), fc.boolean()).map(([item, isReadonly]) => arrayOf(item, isReadonly)),
    },
    { weight: 1, arbitrary: fc.array(tie('sample'), { minLength: 1, maxLength: 3 }).map(tupleOf) },
    { weight: 1, arbitrary: tie('sample').map((value) => recordOf(value, t.string, KEYS)) },
    { weight: 1, arbitrary: fc.array(tie('sample'), { minLength: 2, maxLength: 3 }).map((parts) => unionOf(parts)) },
    {
      weight: 1,
      arbitrary: tie('sample').map((part) => refined(part, t.brand(part.codec, isSmall as never, 'Small'), isSmall)),
    },
    { weight: 1, arbitrary: tie('sample').chain(opaqueOf) },
    { weight: 1, arbitrary: tie('sample').chain(annotatedOf) },
    { weight: 1, arbitrary: tie('sample').map((part) => sameAs(part, t.readonly(part.codec))) },
    { weight: 1, arbitrary: fc.tuple(tie('sample'), tie('sample')).map((parts) => intersectionOf(parts)) },
  ),
  object: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: propsOf(tie('sample')).map((props) => objectOf(props, false)) },
    { weight: 3, arbitrary: propsOf(tie('sample')).map((props) => objectOf(props, true)) },
    { weight: 1, arbitrary: propsOf(tie('sample')).map((props) => exactOf(objectOf(props, false))) },
    { weight: 2, arbitrary: fc.tuple(tie('object'), tie('object')).map(intersectionOf) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(propsOf(tie('sample')), propsOf(tie('sample')))
        .map(([a, b]) => exactOf(intersectionOf([objectOf(a, false), objectOf(b, true)]))),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.array(propsOf(tie('sample')), { minLength: 2, maxLength: 3 }), fc.nat(5), fc.boolean())
        .map(([props, fallback, nested]) => taggedUnionOf(props, fallback === 0, nested)),
    },
    { weight: 1, arbitrary: tie('sample').map((value) => recordOf(value, NonEmptyString, ['', ...KEYS])) },
    { weight: 1, arbitrary: tie('sample').map((value) => recordOf(value, Initial, WORDS)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('sample'), fc.uniqueArray(key, { minLength: 1, maxLength: 2 }))
        .map((parts) => finiteRecordOf(...parts)),
    },
    { weight: 1, arbitrary: tie('sample').map(treeOf) },
  ),
}));

/** Codecs with a default; one of their own type. */
function defaults(part: CodecSample): readonly CodecSample[] {
  const { codec, documents } = part;
  const value = codec === t.string ? 'default' : codec === t.number ? -1 : undefined;
  if (value === undefined) return [];
  return [fallbackOf(part, value), opaque(fromNullable(codec, value), fc.oneof(documents, fc.constant(null)), part)];
}

function annotatedOf(part: CodecSample): fc.Arbitrary<CodecSample> {
  const { codec } = part;
  const key = part.kind === 'object' ? (Object.keys(part.props)[0] ?? 'a') : 'a';
  return fc.constantFrom<CodecSample>(
    annotated(part, 'complete', whenComplete(codec)),
    annotated(part, 'present', whenPresent(codec as t.Type<Record<string, unknown>>, key), key),
    annotated(part, 'state', withState(codec)),
  );
}

function opaqueOf(part: CodecSample): fc.Arbitrary<CodecSample> {
  const { codec, documents } = part;
  return fc.constantFrom<CodecSample>(
    ...defaults(part),
    {
      ...opaque(
        withMessage(codec, () => 'message'),
        documents,
        part,
      ),
      cloned: part,
    },
    opaque(optionFromNullable(codec), fc.oneof(documents, fc.constant(null)), part),
    opaque(nonEmptyArray(codec), fc.array(documents, { maxLength: 2 }), part),
    opaque(codec.pipe(t.unknown), documents, part),
    sameAs(part, clone(codec)),
  );
}

/** Any codec that io-ts and io-ts-types can make. */
export const arbitraryCodec: fc.Arbitrary<CodecSample> = tied.sample;
