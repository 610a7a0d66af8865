import { createHmac } from 'node:crypto';
import { networksOf } from '../kit/network-of.ts';
import { lockNames } from './lock-names.ts';
import type { Queryable } from './statement.ts';
import { sql } from './statement.ts';
import type { Transaction } from './transaction.ts';

/** At most so many attempts within any such span of time, by the database's clock. */
export type AttemptLimit = { counter: string; most: number; withinSeconds: number };

/**
 * An address as counters name it: keyed, so that none is stored. `near` is an IPv4 address or the /64 of a
 * home, `around` the /24 or /48 that whoever rents addresses gets at once.
 */
export function addressKeys(secret: Buffer, address: string): { near: string; around: string } {
  const { near, around } = networksOf(address);
  const key = (network: string) =>
    createHmac('sha256', secret).update(`address ${network}`).digest('hex').slice(0, 32);
  return { near: key(near), around: key(around) };
}

const takeStatement = sql(
  'attemptCounters.take',
  `WITH limits AS (
     SELECT * FROM unnest($1::text[], $2::integer[], $3::integer[]) AS limits (counter, most, seconds)
   ), full_ones AS (
     SELECT FROM limits WHERE most <= (
       SELECT coalesce(sum(attempts), 0) FROM attempt_counters made
       WHERE made.counter = limits.counter
         AND attempted_at > (SELECT leveret_now()) - seconds * interval '1 second')
   )
   INSERT INTO attempt_counters (counter, attempted_at, attempts)
   SELECT DISTINCT counter, (SELECT leveret_now()), 1 FROM limits WHERE NOT EXISTS (SELECT FROM full_ones)
   ON CONFLICT (counter, attempted_at) DO UPDATE SET attempts = attempt_counters.attempts + 1
   RETURNING counter`,
);

/** Counts one attempt where every limit has room for it, and answers whether that was so. */
export async function takeAttempt(
  transaction: Transaction,
  limits: readonly AttemptLimit[],
): Promise<boolean> {
  const counters = limits.map((limit) => limit.counter);
  await lockNames(transaction, counters);
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
   WHERE counter = $1 AND attempted_at > (SELECT leveret_now()) - $2 * interval '1 second'`,
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
