import { toStandardJsonSchema } from '@valibot/to-json-schema';
import * as fc from 'fast-check';
import type { StandardSchema } from '../../../lib/codecs/standardSchema/StandardSchema.js';
import { effect } from '../schemaVendors.js';
import { Documents, type Asked } from './documents.js';
import { nodes, type MembersNode, type Node, type ObjectNode, type Prop } from './Node.js';
import { ofArktype } from './ofArktype.js';
import { ofEffect } from './ofEffect.js';
import { ofValibot } from './ofValibot.js';
import { isOptionalInZod, ofZod } from './ofZod.js';

export type Vendor = 'arktype' | 'effect' | 'valibot' | 'zod';

/** A schema of one of the vendors, with documents it is written for. */
export interface AskedSample {
  readonly vendor: Vendor;
  readonly schema: StandardSchema;
  readonly documents: fc.Arbitrary<Asked>;
}

const isNotRequired = ({ presence }: Prop): boolean => presence !== 'required';

function toSchema(vendor: Vendor, node: ObjectNode): StandardSchema | undefined {
  try {
    if (vendor === 'zod') return ofZod(node);
    if (vendor === 'effect') return effect(ofEffect(node));
    return vendor === 'valibot' ? toStandardJsonSchema(ofValibot(node)) : ofArktype(node);
  } catch {
    // arktype takes no unions that it cannot tell apart before it transforms them.
    return undefined;
  }
}

/**
 * The same with keys that no two members of a union have in common. Effect has one list of complaints for all members:
 * where no sample satisfies a member, a `null` that another member rejects cannot be told from one that it rejects itself.
 */
function setApart(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(setApart);
  if (typeof part !== 'object' || part === null) return part;
  const copy = Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, setApart(inner)]));
  const { kind, members } = copy as Partial<MembersNode>;
  if (kind !== 'members' || members === undefined) return copy;
  const apart = members.map((props, index) => props.map((prop) => ({ ...prop, key: `${prop.key}${index}` })));
  return { ...copy, members: apart };
}

/** Schemas of objects, and answers to what they ask for. */
export const askedSamples: fc.Arbitrary<AskedSample> = fc
  .tuple(fc.constantFrom<Vendor>('zod', 'zod', 'valibot', 'arktype', 'effect'), nodes)
  .map(([vendor, any]) => {
    const node = vendor === 'effect' ? (setApart(any) as ObjectNode) : any;
    const schema = toSchema(vendor, node);
    if (schema === undefined) return undefined;
    const hasExtras = vendor === 'zod' || vendor === 'valibot';
    const documents = new Documents(vendor === 'zod' ? isOptionalInZod : isNotRequired, hasExtras).of(node);
    const print = (): string => `${vendor} ${JSON.stringify(node satisfies Node)}`;
    return Object.assign({ vendor, schema, documents }, { [fc.toStringMethod]: print });
  })
  .filter((sample) => sample !== undefined);
