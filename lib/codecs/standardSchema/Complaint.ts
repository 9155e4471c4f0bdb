import { toList } from '../../partials/Container.js';
import type { JsonPath } from '../../partials/PartialJson.js';
import { isSamePath } from '../../tokens/JsonPath.js';
import type { StandardFailure, StandardIssue } from './StandardSchema.js';

/** A complaint of a vendor about a document, in one form for all vendors. */
export interface Complaint {
  readonly path: JsonPath;
  readonly message: string;
  /** The kind of value that was expected, where the vendor has a word for it. */
  readonly expected: string | undefined;
  /** One other literal was expected: the member of a union whose complaint it is was not meant. */
  readonly isLiteral: boolean;
  /** It is about a value of the right kind: a condition, a format, a length, a key too many. */
  readonly isCondition: boolean;
  /** For a union: the complaints of each member. valibot does not tell them apart, and has one list for all. */
  readonly members: readonly (readonly Complaint[])[];
}

/** The fields that vendors have beyond Standard Schema. */
interface Details {
  readonly code?: unknown;
  /** valibot's: `schema` for another kind of value, `validation` for a condition. */
  readonly kind?: unknown;
  readonly type?: unknown;
  readonly expected?: unknown;
  readonly values?: unknown;
  /** zod's: a list for each member of the union, with paths that begin at the union. */
  readonly errors?: unknown;
  /** valibot's: one list, with paths that begin at the union. */
  readonly issues?: unknown;
}

/** The complaints of a vendor. */
export function toComplaints({ issues }: StandardFailure): readonly Complaint[] {
  const known: Known = new Map();
  return issues.map((issue) => toComplaint(issue, [], known));
}

/** Complaints with those that they are made of, each once. */
export function withMembers(complaints: readonly Complaint[]): readonly Complaint[] {
  const found = new Set<Complaint>();
  const visit = (complaint: Complaint): void => {
    if (found.has(complaint)) return;
    found.add(complaint);
    complaint.members.flat().forEach(visit);
  };
  complaints.forEach(visit);
  return [...found];
}

/**
 * The complaints that were made of issues, and where their paths begin. zod judges each value once, however many members
 * of a union ask for it: written out as a tree, the issues of recursive members would double at each level.
 */
type Known = Map<StandardIssue, { readonly above: JsonPath; readonly complaint: Complaint }>;

/** zod's codes, and arktype's. valibot does not tell the complaints of members apart, and needs none. */
const conditions: ReadonlySet<string> = new Set(
  (
    'custom unrecognized_keys too_big too_small invalid_format not_multiple_of invalid_key invalid_element ' +
    'predicate pattern min max minLength maxLength exactLength divisor before after'
  ).split(' '),
);

/**
 * The one place that knows the words of vendors: zod's `invalid_type` and `invalid_value`, arktype's `unit`,
 * valibot's `literal`. An issue of another library has a path and a message, which is enough.
 */
function toComplaint(issue: StandardIssue, above: JsonPath, known: Known): Complaint {
  const before = known.get(issue);
  if (before !== undefined && isSamePath(before.above, above)) return before.complaint;
  const { code, kind, type, expected, values }: Details = issue as Details;
  const path = [...above, ...readPath(issue)];
  const complaint: Complaint = {
    path,
    message: issue.message,
    expected: code === 'invalid_type' && typeof expected === 'string' ? expected : undefined,
    isLiteral: (code === 'invalid_value' && toList(values).length === 1) || code === 'unit' || type === 'literal',
    isCondition: kind === 'validation' || (typeof code === 'string' && conditions.has(code)),
    members: readMembers(issue, path, known),
  };
  known.set(issue, { above, complaint });
  return complaint;
}

/**
 * The complaints of each member of a union, by vendor: zod nests lists, arktype has one list with whole paths,
 * valibot one list for all members. Without them a union could only say that it does not match.
 */
function readMembers(issue: StandardIssue, path: JsonPath, known: Known): readonly (readonly Complaint[])[] {
  const { code, type, errors, issues }: Details = issue as Details;
  if (code === 'invalid_union')
    return toLists(errors).map((list) => list.filter(isIssue).map((one) => toComplaint(one, path, known)));
  // arktype's paths begin at the root.
  if (code === 'union')
    return toList(errors)
      .filter(isIssue)
      .map((one) => [toComplaint(one, [], known)]);
  return type === 'union'
    ? [
        toList(issues)
          .filter(isIssue)
          .map((one) => toComplaint(one, path, known)),
      ]
    : [];
}

/** Fields that vendors have beyond the standard may be anything in another version: anything but a list counts as empty. */
const toLists = (value: unknown): readonly (readonly unknown[])[] => toList(value).map(toList);

const isIssue = (value: unknown): value is StandardIssue =>
  typeof value === 'object' && value !== null && 'message' in value;

/** Standard Schema allows a step as `{ key }` or as a symbol: as JSON keys they are all numbers and strings. */
function readPath({ path = [] }: StandardIssue): JsonPath {
  // arktype's paths are arrays of a kind that cannot be mapped.
  return Array.from(path, (step) => {
    const key = typeof step === 'object' ? step.key : step;
    return typeof key === 'number' ? key : String(key);
  });
}
