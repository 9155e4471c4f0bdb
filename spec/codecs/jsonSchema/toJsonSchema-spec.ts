import { expect } from 'chai';
import * as t from 'io-ts';
import { NonEmptyString } from 'io-ts-types/lib/NonEmptyString.js';
import { type JsonSchema } from '../../../lib/codecs/jsonSchema/JsonSchema.js';
import { toJsonSchema } from '../../../lib/codecs/jsonSchema/toJsonSchema.js';
import { expectStrict, validator } from '../../support/strictSchemas.js';

type Codec = t.Decoder<unknown, unknown>;

// io-ts does not take its own `never` where it takes a codec.
const never = t.never as unknown as t.Mixed;

/** The strict schema of a property, in an object that strict mode takes. */
function strictly(codec: t.Mixed): JsonSchema | undefined {
  const schema = toJsonSchema(t.type({ it: codec }));
  expectStrict(schema);
  return schema.properties?.['it'];
}

function loosely(codec: Codec): JsonSchema {
  const schema = toJsonSchema(codec, { dialect: 'open' });
  validator(schema);
  return schema;
}

const object = (properties: Record<string, JsonSchema>): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const string = { type: 'string' } as const;
const number = { type: 'number' } as const;
const nullable = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });

interface Tree {
  readonly value: string;
  readonly children: readonly Tree[];
}
const Tree: t.Type<Tree> = t.recursion('Tree', () => t.type({ value: t.string, children: t.readonlyArray(Tree) }));

describe('toJsonSchema', () => {
  it('writes a record of the codec: closed, every key required, keys in codec order', () => {
    const schema = toJsonSchema(t.type({ kind: t.literal('user'), name: t.string, age: t.number }));
    expectStrict(schema);
    expect(schema).to.deep.equal(object({ kind: { type: 'string', enum: ['user'] }, name: string, age: number }));
    expect(Object.keys(schema.properties ?? {})).to.deep.equal(['kind', 'name', 'age']);
  });

  describe('in strict mode', () => {
    const cases: readonly (readonly [string, t.Mixed, JsonSchema])[] = [
      ['a string', t.string, string],
      ['a boolean', t.boolean, { type: 'boolean' }],
      ['null', t.null, { type: 'null' }],
      ['an integer', t.Int, { type: 'integer' }],
      [
        'a brand as what it is made of',
        t.brand(t.number, (n): n is t.Branded<number, { readonly Even: symbol }> => n % 2 === 0, 'Even'),
        number,
      ],
      ['an array', t.array(t.number), { type: 'array', items: number }],
      ['a read-only array', t.readonlyArray(t.number), { type: 'array', items: number }],
      ['an array that can only be empty', t.array(never), { type: 'array', items: { type: 'null' }, maxItems: 0 }],
      ['a keyof', t.keyof({ a: null, b: null }), { type: 'string', enum: ['a', 'b'] }],
      [
        'literals as one enum',
        t.union([t.literal('a'), t.literal('b'), t.literal('a')]),
        { type: 'string', enum: ['a', 'b'] },
      ],
      [
        'literals of several types as an enum for each',
        t.union([t.literal('a'), t.literal(1), t.null, t.literal(true), t.literal(2)]),
        {
          anyOf: [
            { type: 'string', enum: ['a'] },
            { type: 'number', enum: [1, 2] },
            { type: 'null' },
            { type: 'boolean', enum: [true] },
          ],
        },
      ],
      ['a union', t.union([t.string, t.union([t.number, t.null])]), { anyOf: [string, number, { type: 'null' }] }],
      [
        'a union of what looks the same',
        t.union([t.string, t.brand(t.string, (s): s is t.Branded<string, { readonly S: symbol }> => s !== '', 'S')]),
        string,
      ],
      ['a union of what is possible', t.union([t.string, never]), string],
      [
        'a tagged union',
        t.union([t.type({ tag: t.literal('a'), x: t.string }), t.type({ tag: t.literal('b') })]),
        {
          anyOf: [
            object({ tag: { type: 'string', enum: ['a'] }, x: string }),
            object({ tag: { type: 'string', enum: ['b'] } }),
          ],
        },
      ],
      ['an optional key as null', t.partial({ x: t.string }), object({ x: nullable(string) })],
      [
        'an optional key that takes null as it is',
        t.partial({ x: t.union([t.string, t.null]) }),
        object({ x: nullable(string) }),
      ],
      [
        'a key that may be undefined as null',
        t.type({ x: t.union([t.string, t.undefined]) }),
        object({ x: nullable(string) }),
      ],
      [
        'no key that nothing satisfies',
        t.intersection([t.type({ x: t.string }), t.partial({ y: never, z: t.undefined })]),
        object({ x: string }),
      ],
      ['an exact type', t.exact(t.type({ x: t.string })), object({ x: string })],
      ['a strict type', t.strict({ x: t.string }), object({ x: string })],
      ['a read-only type', t.readonly(t.type({ x: t.string })), object({ x: string })],
      ['an empty type', t.type({}), object({})],
      [
        'a record over names that can be counted',
        t.record(t.union([t.literal('a'), t.keyof({ b: null })]), t.number),
        object({ a: number, b: number }),
      ],
      [
        'a tuple as an array of either, as long as it',
        t.tuple([t.string, t.number]),
        {
          type: 'array',
          items: { anyOf: [string, number] },
          minItems: 2,
          maxItems: 2,
        },
      ],
      [
        'a tuple whose last item may be missing',
        t.tuple([t.string, t.union([t.string, t.undefined])]),
        {
          type: 'array',
          items: string,
          minItems: 1,
          maxItems: 2,
        },
      ],
      ['an empty tuple', t.tuple([] as unknown as [t.Mixed]), { type: 'array', items: { type: 'null' }, maxItems: 0 }],
      [
        'the awkward key __proto__',
        t.type({ ['__proto__']: t.string }),
        object(Object.fromEntries([['__proto__', string]])),
      ],
    ];
    for (const [title, codec, expected] of cases)
      it(`says ${title}`, () => {
        expect(strictly(codec)).to.deep.equal(expected);
      });
  });

  describe('intersections', () => {
    it('are one object', () => {
      const codec = t.intersection([t.type({ a: t.string }), t.partial({ b: t.number }), t.strict({ c: t.null })]);
      const schema = toJsonSchema(codec);
      expectStrict(schema);
      expect(schema).to.deep.equal(object({ a: string, b: nullable(number), c: { type: 'null' } }));
    });

    it('are an intersection in the keys they share', () => {
      const codec = t.intersection([
        t.partial({ a: t.union([t.literal('x'), t.literal('y'), t.number]) }),
        t.type({ a: t.union([t.string, t.boolean]) }),
      ]);
      expect(strictly(codec)).to.deep.equal(object({ a: { type: 'string', enum: ['x', 'y'] } }));
    });

    it('of literals and a type are the literals of that type', () => {
      const codec = t.intersection([t.Int, t.union([t.literal(1), t.literal(1.5), t.literal('1')])]);
      expect(strictly(codec)).to.deep.equal({ type: 'number', enum: [1] });
    });

    it('with a union are a union of intersections', () => {
      const codec = t.intersection([
        t.type({ id: t.string }),
        t.union([t.type({ tag: t.literal('a') }), t.type({ tag: t.literal('b'), b: t.number })]),
      ]);
      expect(strictly(codec)).to.deep.equal({
        anyOf: [
          object({ id: string, tag: { type: 'string', enum: ['a'] } }),
          object({ id: string, tag: { type: 'string', enum: ['b'] }, b: number }),
        ],
      });
    });

    it('with a recursion keep the recursion', () => {
      expect(toJsonSchema(t.intersection([Tree, t.type({ id: t.string })]))).to.deep.equal({
        ...object({ value: string, children: { type: 'array', items: { $ref: '#/$defs/Tree' } }, id: string }),
        $defs: { Tree: object({ value: string, children: { type: 'array', items: { $ref: '#/$defs/Tree' } } }) },
      });
    });

    it('of two recursions are a recursion', () => {
      interface A {
        readonly next: A | null;
      }
      const A: t.Type<A> = t.recursion('A', () => t.type({ next: t.union([A, t.null]) }));
      interface B {
        readonly next: B | null;
        readonly b: string;
      }
      const B: t.Type<B> = t.recursion('B', () => t.type({ next: t.union([B, t.null]), b: t.string }));
      const schema = toJsonSchema(t.intersection([A, B]));
      expectStrict(schema);
      const both = object({ next: nullable({ $ref: '#/$defs/A_B' }), b: string });
      expect(schema).to.deep.equal({ ...both, $defs: { A_B: both } });
    });

    it('that nothing satisfies throw', () => {
      expect(() => toJsonSchema(t.type({ a: t.intersection([t.string, t.number]) as unknown as t.Mixed })))
        .to.throw('$.a: no JSON value satisfies a combination that no value satisfies.')
        .with.property('code', 'impossible');
    });
  });

  describe('recursion', () => {
    it('at the root is written out, and refers to a copy', () => {
      const tree = object({ value: string, children: { type: 'array', items: { $ref: '#/$defs/Tree' } } });
      for (const dialect of ['openai', 'open'] as const)
        expect(toJsonSchema(Tree, { dialect })).to.deep.equal({ ...tree, $defs: { Tree: tree } });
      expectStrict(toJsonSchema(Tree));
    });

    it('elsewhere has a definition, one for each codec', () => {
      const schema = toJsonSchema(t.type({ oak: Tree, elm: t.array(Tree) }));
      expectStrict(schema);
      expect(schema).to.deep.equal({
        ...object({ oak: { $ref: '#/$defs/Tree' }, elm: { type: 'array', items: { $ref: '#/$defs/Tree' } } }),
        $defs: { Tree: object({ value: string, children: { type: 'array', items: { $ref: '#/$defs/Tree' } } }) },
      });
    });

    it('may go round over several codecs', () => {
      interface Person {
        readonly cars: readonly Car[];
      }
      interface Car {
        readonly driver: Person | null;
      }
      const Person: t.Type<Person> = t.recursion('Person', () => t.type({ cars: t.readonlyArray(Car) }));
      const Car: t.Type<Car> = t.recursion('Car', () => t.type({ driver: t.union([Person, t.null]) }));
      const schema = toJsonSchema(Person);
      expectStrict(schema);
      expect(schema).to.deep.equal({
        ...object({ cars: { type: 'array', items: { $ref: '#/$defs/Car' } } }),
        $defs: {
          Car: object({ driver: nullable({ $ref: '#/$defs/Person' }) }),
          Person: object({ cars: { type: 'array', items: { $ref: '#/$defs/Car' } } }),
        },
      });
    });

    it('tells codecs of the same name apart, and takes any name', () => {
      const First = t.recursion<{ first: string }>('a b/ü', () => t.type({ first: t.string }));
      const Second = t.recursion<{ second: string }>('a b/ü', () => t.type({ second: t.string }));
      const schema = toJsonSchema(t.type({ x: First, y: Second }));
      expectStrict(schema);
      expect(schema.$defs).to.deep.equal({ a_b__: object({ first: string }), a_b___2: object({ second: string }) });
    });

    it('that only leads back to itself throws', () => {
      const Loop: t.Type<string> = t.recursion('Loop', () => Loop);
      expect(() => toJsonSchema(t.type({ loop: Loop })))
        .to.throw('$.loop: Loop')
        .with.property('code', 'no-schema');
    });
  });

  describe('without strict mode', () => {
    const cases: readonly (readonly [string, Codec, JsonSchema])[] = [
      ['any root', t.string, string],
      ['an unknown value', t.unknown, {}],
      [
        'an open record',
        t.record(t.string, t.number),
        { type: 'object', properties: {}, additionalProperties: number },
      ],
      [
        'the names of an open record',
        t.record(NonEmptyString, t.number),
        {
          type: 'object',
          properties: {},
          additionalProperties: number,
          propertyNames: { type: 'string', minLength: 1 },
        },
      ],
      [
        'an optional key',
        t.intersection([t.type({ a: t.string }), t.partial({ b: t.number })]),
        {
          ...object({ a: string, b: number }),
          required: ['a'],
        },
      ],
      [
        'only optional keys',
        t.partial({ b: t.number }),
        { type: 'object', properties: { b: number }, additionalProperties: false },
      ],
      [
        'a tuple',
        t.tuple([t.string, t.number]),
        {
          type: 'array',
          prefixItems: [string, number],
          minItems: 2,
          maxItems: 2,
        },
      ],
      [
        'a record with keys of its own',
        t.intersection([t.type({ a: t.Int }), t.record(t.string, t.number)]),
        {
          type: 'object',
          properties: { a: { type: 'integer' } },
          required: ['a'],
          additionalProperties: number,
        },
      ],
    ];
    for (const [title, codec, expected] of cases)
      it(`says ${title}`, () => {
        expect(loosely(codec)).to.deep.equal(expected);
      });

    it('still needs to know which JSON a codec decodes', () => {
      const odd = new t.Type('Odd', t.number.is, t.number.validate, t.identity);
      expect(() => toJsonSchema(odd, { dialect: 'open' }))
        .to.throw('$: Odd is only a function')
        .with.property('code', 'no-schema');
    });
  });
});
