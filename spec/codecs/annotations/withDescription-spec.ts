import { expect } from 'chai';
import * as t from 'io-ts';
import { withFallback } from 'io-ts-types/lib/withFallback.js';
import { withMessage } from 'io-ts-types/lib/withMessage.js';
import { withDescription } from '../../../lib/codecs/annotations/withDescription.js';
import { toJsonSchema } from '../../../lib/codecs/jsonSchema/toJsonSchema.js';
import { expectStrict, validator } from '../../support/strictSchemas.js';

const User = t.type({ name: t.string });

/** Decodes a length; it does not say so. */
const Length = new t.Type<number, string>(
  'Length',
  t.number.is,
  (u, c) => (typeof u === 'string' ? t.success(u.length) : t.failure(u, c)),
  (length) => 'x'.repeat(length),
);

interface Tree {
  readonly children: readonly Tree[];
}
const Tree: t.Type<Tree> = t.recursion('Tree', () => t.type({ children: t.readonlyArray(Tree) }));

const property = (codec: t.Mixed): unknown => {
  const schema = toJsonSchema(t.type({ it: codec }));
  expectStrict(schema);
  return schema.properties?.['it'];
};

describe('describe', () => {
  describe('leaves the codec what it is', () => {
    const copy = withDescription(User, { description: 'Somebody.' });

    it('with its verdicts and its context', () => {
      expect(copy.decode({ name: 'Ada' })).to.deep.equal(User.decode({ name: 'Ada' }));
      const result = copy.decode({ name: 1 });
      const { context } = result._tag === 'Left' ? result.left[0]! : expect.fail('accepted');
      expect(context.map(({ key, type }) => [key, type])).to.deep.equal([
        ['', copy],
        ['name', t.string],
      ]);
      expect(copy.is({ name: 'Ada' })).to.equal(true);
      expect(copy.is({})).to.equal(false);
      expect(copy.encode({ name: 'Ada' })).to.deep.equal({ name: 'Ada' });
    });

    it('with its class, its tag, its props and its name', () => {
      expect(copy).to.be.instanceOf(t.InterfaceType);
      expect([copy._tag, copy.props, copy.name]).to.deep.equal(['InterfaceType', User.props, User.name]);
    });

    it('decoding with its own validate, unlike codecs whose validate was replaced', () => {
      expect(copy.decode.name).to.match(/^bound /);
      const tolerant = withDescription(withFallback(User, { name: 'nobody' }), { title: 'User' });
      expect(tolerant.decode.name).not.to.match(/^bound /);
      expect(tolerant.decode(1)).to.deep.equal({ _tag: 'Right', right: { name: 'nobody' } });
    });

    it('fit for pipe and for every combinator', () => {
      expect(withDescription(t.string, { title: 'Text' }).pipe(Length).decode('abc')).to.deep.equal({
        _tag: 'Right',
        right: 3,
      });
      const all = t.intersection([copy, t.exact(withDescription(User, {})), t.readonly(copy)]);
      expect(all.decode({ name: 'Ada' })).to.deep.equal({ _tag: 'Right', right: { name: 'Ada' } });
      expect(
        t.union([withDescription(t.type({ k: t.literal('a') }), {}), t.type({ k: t.literal('b') })]),
      ).to.have.property('tag', 'k');
    });

    it('and leaves the codec given alone', () => {
      expect(property(User)).not.to.have.property('description');
      expect(copy).not.to.equal(User);
    });
  });

  describe('tells the model', () => {
    it('title and description', () => {
      expect(property(withDescription(t.string, { title: 'Name', description: 'As in the passport.' }))).to.deep.equal({
        type: 'string',
        title: 'Name',
        description: 'As in the passport.',
      });
    });

    it('examples, in words where strict mode may not take the keyword', () => {
      const codec = withDescription(t.array(t.string), { description: 'Tags.', examples: [['a', 'b'], []] });
      expect(property(codec)).to.deep.equal({
        type: 'array',
        items: { type: 'string' },
        description: 'Tags. Examples: ["a","b"], [].',
      });
      expect(property(withDescription(t.number, { examples: [1] }))).to.include({ description: 'Examples: 1.' });
      expect(toJsonSchema(codec, { dialect: 'open' })).to.deep.include({
        description: 'Tags.',
        examples: [['a', 'b'], []],
      });
    });

    it('of the root', () => {
      const schema = toJsonSchema(withDescription(User, { description: 'Somebody.' }));
      expectStrict(schema);
      expect(schema).to.include({ type: 'object', description: 'Somebody.' });
    });

    it('of an optional key, beside the choice of leaving it out', () => {
      const schema = toJsonSchema(t.partial({ name: withDescription(t.string, { description: 'If known.' }) }));
      expectStrict(schema);
      expect(schema.properties?.['name']).to.deep.equal({
        anyOf: [{ type: 'string' }, { type: 'null' }],
        description: 'If known.',
      });
    });

    it('of a literal, which then stands by itself in a union', () => {
      const codec = t.union([
        t.literal('low'),
        t.literal('mid'),
        withDescription(t.literal('high'), { description: 'Call somebody.' }),
      ]);
      expect(property(codec)).to.deep.equal({
        anyOf: [
          { type: 'string', enum: ['low', 'mid'] },
          { type: 'string', enum: ['high'], description: 'Call somebody.' },
        ],
      });
    });

    it('of a union in a union, which then stays one', () => {
      const codec = t.union([t.null, withDescription(t.union([t.string, t.number]), { description: 'A value.' })]);
      expect(property(codec)).to.deep.equal({
        anyOf: [{ type: 'null' }, { anyOf: [{ type: 'string' }, { type: 'number' }], description: 'A value.' }],
      });
    });

    it('of a recursion, though strict mode takes no words beside a reference', () => {
      const schema = toJsonSchema(t.type({ oak: withDescription(Tree, { description: 'A big one.' }), elm: Tree }));
      expectStrict(schema);
      expect(schema.properties).to.deep.equal({
        oak: { anyOf: [{ $ref: '#/$defs/Tree' }], description: 'A big one.' },
        elm: { $ref: '#/$defs/Tree' },
      });
      const loose = toJsonSchema(t.type({ oak: withDescription(Tree, { description: 'A big one.' }) }), {
        dialect: 'open',
      });
      validator(loose);
      expect(loose.properties).to.deep.equal({ oak: { $ref: '#/$defs/Tree', description: 'A big one.' } });
    });

    it('of a recursion at the root', () => {
      const schema = toJsonSchema(withDescription(Tree, { description: 'All of it.' }));
      expectStrict(schema);
      expect(schema).to.include({ type: 'object', description: 'All of it.' });
      expect(schema.properties).to.deep.equal({ children: { type: 'array', items: { $ref: '#/$defs/Tree' } } });
    });
  });

  describe('composes', () => {
    it('what is said later wins, the rest stays', () => {
      const first = withDescription(t.string, { title: 'T', description: 'one' });
      expect(property(withDescription(first, { description: 'two' }))).to.deep.equal({
        type: 'string',
        title: 'T',
        description: 'two',
      });
      expect(property(first)).to.include({ description: 'one' });
    });

    it('what is said further out wins, the rest stays', () => {
      const Positive = t.brand(
        withDescription(t.number, { title: 'T', description: 'one' }),
        (n): n is t.Branded<number, { readonly Positive: symbol }> => n > 0,
        'Positive',
      );
      expect(property(withDescription(t.readonly(Positive), { description: 'two' }))).to.deep.equal({
        type: 'number',
        title: 'T',
        description: 'two',
      });
    });

    it('with codecs that replace validate', () => {
      const codec = withDescription(t.string, { description: 'A name.' });
      expect(property(withFallback(codec, ''))).to.deep.equal({ type: 'string', description: 'A name.' });
      expect(property(withMessage(codec, () => 'no'))).to.deep.equal({ type: 'string', description: 'A name.' });
    });

    it('with intersections: of their parts the first, of themselves before all', () => {
      const parts = t.intersection([
        withDescription(t.type({ a: t.string }), { description: 'A.' }),
        withDescription(t.type({ b: t.string }), { description: 'B.', title: 'T' }),
      ]);
      expect(toJsonSchema(parts)).to.include({ description: 'A.', title: 'T' });
      expect(toJsonSchema(withDescription(parts, { description: 'Both.' }))).to.include({
        description: 'Both.',
        title: 'T',
      });
    });
  });

  describe('gives a schema to a codec that is only a function', () => {
    it('as a codec whose documents look the same', () => {
      const codec = withDescription(Length, {
        schema: withDescription(t.string, { title: 'T' }),
        description: 'Any text.',
      });
      expect(property(codec)).to.deep.equal({ type: 'string', title: 'T', description: 'Any text.' });
      expect(codec.decode('abc')).to.deep.equal({ _tag: 'Right', right: 3 });
    });

    it('as a JSON Schema, made strict', () => {
      const schema = {
        type: 'object',
        properties: {
          id: { const: 1 },
          tags: { type: 'array', items: { type: 'string', minLength: 1 }, uniqueItems: true },
          size: { oneOf: [{ type: 'number', minimum: 0 }, { type: 'null' }], default: 1 },
          more: { allOf: [{ $ref: '#/definitions/More' }, { type: 'object', properties: { b: { type: 'string' } } }] },
        },
        required: ['id'],
        definitions: { More: { type: 'object', properties: { a: { type: ['string', 'null'] } }, required: ['a'] } },
      };
      const nullable = (inner: object): object => ({ anyOf: [inner, { type: 'null' }] });
      const closed = (properties: object): object => ({
        type: 'object',
        properties,
        required: Object.keys(properties),
        additionalProperties: false,
      });
      expect(property(withDescription(Length, { schema }))).to.deep.equal(
        closed({
          id: { type: 'number', enum: [1] },
          tags: nullable({ type: 'array', items: { type: 'string', pattern: String.raw`^[\s\S]{1,}$` } }),
          size: nullable({ type: 'number', minimum: 0 }),
          more: nullable(
            closed({ a: { anyOf: [{ type: 'string' }, { type: 'null' }] }, b: nullable({ type: 'string' }) }),
          ),
        }),
      );
    });

    it('as a JSON Schema, less what strict mode has no word for and the codec checks anyway', () => {
      const texts: readonly (readonly [object, object])[] = [
        [{ format: 'email' }, { format: 'email' }],
        [{ format: 'color' }, {}],
        [{ pattern: '^a+$' }, { pattern: '^a+$' }],
        [{ pattern: '^(?!a)b$' }, {}],
        [{ pattern: String.raw`^(a)\1$` }, {}],
        [{ minLength: 1, maxLength: 5 }, { pattern: String.raw`^[\s\S]{1,5}$` }],
        [{ maxLength: 5, pattern: '^a' }, { pattern: '^a' }],
        [{ contentEncoding: 'base64' }, {}],
      ];
      for (const [given, kept] of texts)
        expect(property(withDescription(Length, { schema: { type: 'string', ...given } }))).to.deep.equal({
          type: 'string',
          ...kept,
        });
    });

    it('as a JSON Schema that refers to itself', () => {
      const schema = {
        type: 'object',
        properties: { next: { anyOf: [{ $ref: '#' }, { type: 'null' }] } },
        required: ['next'],
      };
      const inner = { $ref: '#/$defs/root' };
      const whole = toJsonSchema(t.type({ list: withDescription(Length, { schema }) }));
      expectStrict(whole);
      expect(whole.properties).to.deep.equal({ list: inner });
      expect(whole.$defs?.['root']?.properties).to.deep.equal({ next: { anyOf: [inner, { type: 'null' }] } });
      expect(toJsonSchema(withDescription(Length, { schema })).properties).to.deep.equal({
        next: { anyOf: [{ $ref: '#/$defs/root' }, { type: 'null' }] },
      });
    });

    it('but not one that strict mode has no word for', () => {
      const open = withDescription(Length, { schema: { type: 'object', additionalProperties: true } });
      expect(() => toJsonSchema(t.type({ it: open })))
        .to.throw('$.it: ')
        .with.property('code', 'open-record');
      const elsewhere = withDescription(Length, { schema: { $ref: 'https://example.com/schema' } });
      expect(() => toJsonSchema(t.type({ it: elsewhere })))
        .to.throw('$.it: ')
        .with.property('code', 'no-schema');
    });
  });
});
