/** The document of the comparisons, and its type in the words of each library. */
import { s } from '@hashbrownai/core';
import * as t from 'io-ts';
import * as z from 'zod';
import * as z3 from 'zod/v3';

const STATUSES = ['received', 'packed', 'sent', 'returned'] as const;

export interface Order {
  readonly id: number;
  readonly customer: string;
  readonly status: (typeof STATUSES)[number];
  readonly total: number;
  readonly paid: boolean;
  readonly note: string;
  readonly tags: readonly string[];
}

export interface Report {
  readonly title: string;
  readonly orders: readonly Order[];
}

/** A report of about so many characters. */
export function reportOf(size: number): Report {
  const orders: Order[] = [];
  for (let id = 1, length = 40; length < size; id++) {
    const order: Order = {
      id,
      customer: `Customer ${id} of the "north" branch`,
      status: STATUSES[id % 4] ?? 'sent',
      total: id * 1.25 + 100,
      paid: id % 3 === 0,
      note: 'Called twice about the invoice; wants it by letter.\nAnswered, friendly.',
      tags: ['retail', 'eu', `tier-${id % 5}`],
    };
    orders.push(order);
    length += JSON.stringify(order).length + 1;
  }
  return { title: 'Orders of this week', orders };
}

/** Whether something in a partial has not the type that its place has in `DeepPartial<Report>`. */
export function holdsWrongType(partial: unknown): boolean {
  return !isPart(partial, { title: isString, orders: isListOf((order) => isPart(order, orderParts)) });
}

type Check = (value: unknown) => boolean;

const isString: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number' && !Number.isNaN(value);
const isListOf =
  (isItem: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(isItem);

const orderParts: Readonly<Record<keyof Order, Check>> = {
  id: isNumber,
  customer: isString,
  status: (value) => STATUSES.some((status) => status === value),
  total: isNumber,
  paid: (value) => typeof value === 'boolean',
  note: isString,
  tags: isListOf(isString),
};

/** A key that is there as `undefined` counts as a key that is not there. */
function isPart(value: unknown, parts: Readonly<Record<string, Check>>): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([key, part]) => part === undefined || parts[key]?.(part) === true);
}

export const ReportCodec = t.type({
  title: t.string,
  orders: t.array(
    t.type({
      id: t.number,
      customer: t.string,
      status: t.keyof({ received: null, packed: null, sent: null, returned: null }),
      total: t.number,
      paid: t.boolean,
      note: t.string,
      tags: t.array(t.string),
    }),
  ),
});

export const ReportSchema = z.object({
  title: z.string(),
  orders: z.array(
    z.object({
      id: z.number(),
      customer: z.string(),
      status: z.enum(STATUSES),
      total: z.number(),
      paid: z.boolean(),
      note: z.string(),
      tags: z.array(z.string()),
    }),
  ),
});

/** For libraries of before zod 4. */
export const ReportSchema3 = z3.z.object({
  title: z3.z.string(),
  orders: z3.z.array(
    z3.z.object({
      id: z3.z.number(),
      customer: z3.z.string(),
      status: z3.z.enum(STATUSES),
      total: z3.z.number(),
      paid: z3.z.boolean(),
      note: z3.z.string(),
      tags: z3.z.array(z3.z.string()),
    }),
  ),
});

/** For hashbrown; what it is to stream says so. */
export const reportSkillet = s.object('A report', {
  title: s.streaming.string('Its title'),
  orders: s.streaming.array(
    'The orders',
    s.streaming.object('An order', {
      id: s.number('Its number'),
      customer: s.streaming.string('Its customer'),
      status: s.enumeration('Its status', [...STATUSES]),
      total: s.number('Its total'),
      paid: s.boolean('Whether it is paid'),
      note: s.streaming.string('A note'),
      tags: s.streaming.array('Tags', s.string('A tag')),
    }),
  ),
});
