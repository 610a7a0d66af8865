import { createHmac } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';

/** At most so many attempts within any such span of time, by the database's clock. */
export type AttemptLimit = { counter: string; most: number; withinSeconds: number };

const minute = 60;
const hour = 3600;
const day = 86_400;

/** No limit looks back further; older attempts may be deleted. */
export const longestLimitSeconds = day;

export const mostCodeTries = 5;
export const codeTriesSeconds = 10 * minute;

export function codeTryCounter(publisherId: number, credentialKey: Buffer): string {
  return `code try ${publisherId} ${credentialKey.toString('hex')}`;
}

/** Tries of six digits: five for a credential, and as many for an address as a family behind one may need. */
export function codeTryLimits(publisherId: number, credentialKey: Buffer, address: string): AttemptLimit[] {
  return [
    {
      counter: codeTryCounter(publisherId, credentialKey),
      most: mostCodeTries,
      withinSeconds: codeTriesSeconds,
    },
    codeTryFromLimit(address),
  ];
}

/** Also counts what is no code at all, so that nobody asks without end. */
export function codeTryFromLimit(address: string): AttemptLimit {
  return { counter: `code try from ${address}`, most: 60, withinSeconds: hour };
}

/** Asking for a new link or code, by anyone, for a credential. */
export function newLinkLimits(publisherId: number, credentialKey: Buffer, address: string): AttemptLimit[] {
  const counter = `new link ${publisherId} ${credentialKey.toString('hex')}`;
  return [
    { counter, most: 3, withinSeconds: 10 * minute },
    { counter, most: 6, withinSeconds: day },
    { counter: `new link from ${address}`, most: 10, withinSeconds: hour },
  ];
}

/** An address as counters name it: keyed, so that none is stored, and by /64 where one home has them all. */
export function addressKey(secret: Buffer, address: string): string {
  return createHmac('sha256', secret)
    .update(`address ${networkOf(address)}`)
    .digest('hex')
    .slice(0, 32);
}

function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : parsed.toString();
}

// In one order, so that two transactions never wait for each other.
const lockCounters = sql(
  'attemptCounters.lock',
  `SELECT pg_advisory_xact_lock(hashtextextended(counter, 0))
   FROM (SELECT DISTINCT counter FROM unnest($1::text[]) AS counter ORDER BY counter) AS counters`,
);

const takeStatement = sql(
  'attemptCounters.take',
  `WITH limits AS (
     SELECT * FROM unnest($1::text[], $2::integer[], $3::integer[]) AS limits (counter, most, seconds)
   ), full_ones AS (
     SELECT FROM limits WHERE most <= (
       SELECT coalesce(sum(attempts), 0) FROM attempt_counters made
       WHERE made.counter = limits.counter AND attempted_at > leveret_now() - seconds * interval '1 second')
   )
   INSERT INTO attempt_counters (counter, attempted_at, attempts)
   SELECT DISTINCT counter, leveret_now(), 1 FROM limits WHERE NOT EXISTS (SELECT FROM full_ones)
   ON CONFLICT (counter, attempted_at) DO UPDATE SET attempts = attempt_counters.attempts + 1
   RETURNING counter`,
);

/** Counts one attempt where every limit has room for it, and answers whether that was so. */
export async function takeAttempt(
  transaction: Transaction,
  limits: readonly AttemptLimit[],
): Promise<boolean> {
  const counters = limits.map((limit) => limit.counter);
  await transaction.query(lockCounters, [counters]);
  const taken = await transaction.query(takeStatement, [
    counters,
    limits.map((limit) => limit.most),
    limits.map((limit) => limit.withinSeconds),
  ]);
  return taken.length > 0;
}

const countStatement = sql(
  'attemptCounters.count',
  `SELECT coalesce(sum(attempts), 0)::integer AS attempts FROM attempt_counters
   WHERE counter = $1 AND attempted_at > leveret_now() - $2 * interval '1 second'`,
);

export async function countAttempts(
  database: Queryable,
  counter: string,
  withinSeconds: number,
): Promise<number> {
  const [row] = await database.query<{ attempts: number }>(countStatement, [counter, withinSeconds]);
  return row?.attempts ?? 0;
}

const forgetStatement = sql('attemptCounters.forget', 'DELETE FROM attempt_counters WHERE counter = $1');

export async function forgetAttempts(transaction: Transaction, counter: string): Promise<void> {
  await transaction.query(forgetStatement, [counter]);
}
