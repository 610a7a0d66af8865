import { createPool } from '@leveret/server/database/connect.js';
import type { Pool } from 'pg';

/** The database's side of the story. */
export type Books = {
  orders: {
    order_id: number;
    state: string;
    amount_minor: number;
    payment_method: string;
    unique_user_id: string | null;
  }[];
  completions: { order_id: number; callback_url: string | null; credential: string | null }[];
  payments: { payment_id: number; order_id: number; captured_minor: number; refunded_minor: number }[];
  attempts: {
    order_id: number;
    payment_id: number;
    adapter: string;
    flow: 'browser' | 'direct';
    reference: string;
    state: string;
    captured_minor: number;
    refunded_minor: number;
    /** Of that, what a person gave back outside the provider. */
    refunded_manually_minor: number;
    amount_minor: number;
    code: string | null;
  }[];
  operations: { order_id: number; kind: string; state: string; code: string | null }[];
  cases: { order_id: number; kind: string; state: string }[];
  /** Orders with a job that will look at them again. */
  questions: { order_id: number; name: string }[];
  deadJobs: { name: string; last_error: string | null }[];
  deliveries: {
    delivery_id: number;
    order_id: number;
    sequence: number;
    state: string;
    url: string;
    status: string;
    recorded_tries: number;
  }[];
  messages: {
    message_id: number;
    order_id: number;
    reference: string;
    state: string;
    tries: number;
    /** Else it is a receipt. */
    is_link: boolean;
  }[];
  /** Orders that were not paid before: whether each is to have a receipt, and how many it has. */
  receipts: { order_id: number; is_wanted: boolean; queued: number }[];
  grants: { order_id: number; kind: string }[];
  invoices: { order_id: number; state: string; invoice_number: number | null }[];
  endings: { order_id: number; name: string; times: number }[];
};

const statements: Record<keyof Books, string> = {
  orders: `SELECT order_id, orders.state, amount_minor, payment_method, unique_user_id
    FROM orders LEFT JOIN accounts USING (account_id)`,
  completions: 'SELECT order_id, callback_url, credential FROM order_completions',
  payments: 'SELECT payment_id, order_id, captured_minor, refunded_minor FROM payments',
  attempts: `SELECT attempts.order_id, payment_id, adapter, attempts.flow, reference, state,
      attempts.captured_minor, attempts.refunded_minor, refunded_manually_minor, amount_minor,
      (SELECT code FROM payment_outcomes outcomes WHERE outcomes.attempt_id = attempts.attempt_id
         AND source = 'answer' ORDER BY outcome_id LIMIT 1) AS code
    FROM payment_attempts attempts JOIN payments USING (payment_id)`,
  operations: `SELECT order_id, kind, operations.state, code
    FROM payment_operations operations JOIN payment_attempts USING (attempt_id)
    WHERE kind IN ('capture', 'cancel', 'refund')`,
  cases: 'SELECT order_id, kind, state FROM cases',
  questions: `SELECT order_id, name FROM (
      SELECT coalesce((arguments ->> 'orderId')::bigint, (SELECT attempts.order_id
        FROM payment_attempts attempts WHERE attempt_id::text = arguments ->> 'attemptId')) AS order_id, name
      FROM jobs) asked WHERE order_id IS NOT NULL`,
  deadJobs: 'SELECT name, last_error FROM dead_jobs',
  deliveries: `SELECT delivery_id, order_id, sequence, state, url, body ->> 'fulfillmentStatus' AS status,
      (SELECT count(*) FROM delivery_tries tries
       WHERE tries.delivery_id = deliveries.delivery_id AND status BETWEEN 200 AND 299) AS recorded_tries
    FROM deliveries WHERE kind = 'callback'`,
  messages: `SELECT message_id, order_id, reference, state, tries, link_id IS NOT NULL AS is_link
    FROM messages WHERE order_id IS NOT NULL`,
  receipts: `SELECT orders.order_id, state = 'completed' AND payer.email IS NOT NULL AND EXISTS (
        SELECT FROM payment_attempts attempts
        WHERE attempts.order_id = orders.order_id AND attempts.state = 'secured') AS is_wanted,
      (SELECT count(*) FROM messages
       WHERE messages.order_id = orders.order_id AND template = 'receipt') AS queued
    FROM orders LEFT JOIN order_parties payer ON payer.order_id = orders.order_id AND payer.line_number = 0
    WHERE NOT prepaid`,
  grants: 'SELECT order_id, kind FROM grants WHERE revoked_at IS NULL',
  invoices: 'SELECT order_id, state, invoice_number FROM invoices',
  endings: `SELECT order_id, name, count(*) AS times FROM events
    WHERE name IN ('order completed', 'order stopped') GROUP BY 1, 2`,
};

export function openBooks(databaseUrl: string): Pool {
  const connection = { connectionString: databaseUrl };
  return createPool({ connection, poolSize: 2, preparedStatements: false }, () => {});
}

/** Reads everything that is compared, as it stands now. */
export async function readBooks(pool: Pool): Promise<Books> {
  const entries = await Promise.all(
    Object.entries(statements).map(async ([name, text]) => [name, (await pool.query(text)).rows] as const),
  );
  return Object.fromEntries(entries) as Books;
}

/**
 * Soon to run or running. It is no unrest by itself that a pending payment is asked about every few seconds,
 * and what was paid elsewhere for a day: such payments are invented here, and no provider knows them.
 */
const busyJobs = `key IS DISTINCT FROM 'schedule' AND name <> 'confirm-prepayment'
  AND (leased_until > statement_timestamp() OR run_at < leveret_now() + interval '30 seconds')
  AND NOT EXISTS (SELECT FROM payment_attempts WHERE jobs.name = 'resolve-attempt' AND state = 'pending'
    AND attempt_id::text = jobs.key)`;

const restless = `SELECT
    (SELECT count(*) FROM jobs WHERE ${busyJobs}) AS jobs,
    (SELECT count(*) FROM deliveries WHERE state = 'waiting') AS deliveries,
    (SELECT count(*) FROM messages WHERE state IN ('waiting', 'unknown')) AS messages,
    (SELECT count(*) FROM invoices WHERE state = 'draft') AS drafts,
    (SELECT count(*) FROM orders WHERE state = 'paying'
       AND NOT EXISTS (SELECT FROM jobs WHERE arguments ->> 'orderId' = orders.order_id::text)
       AND NOT EXISTS (SELECT FROM jobs JOIN payment_attempts attempts
         ON attempt_id::text = arguments ->> 'attemptId' WHERE attempts.order_id = orders.order_id)
       AND NOT EXISTS (SELECT FROM cases WHERE cases.order_id = orders.order_id AND cases.state = 'open'
         AND cases.kind = 'attempt unresolved'))
      AS unattended`;

export type Unrest = {
  jobs: number;
  deliveries: number;
  messages: number;
  drafts: number;
  unattended: number;
};

/** What is still under way or, worse, forgotten; all zero when the nodes have come to rest. */
export async function readUnrest(pool: Pool): Promise<Unrest> {
  const [row] = (await pool.query<Unrest>(restless)).rows;
  if (!row) throw new Error('the database answered nothing');
  return row;
}

/** The jobs that keep the nodes from rest, lane by lane. */
export async function describeJobs(pool: Pool): Promise<string> {
  const { rows } = await pool.query(
    `SELECT lane, count(*) AS jobs, count(leased_until) AS leased, max(generation) AS generation,
       max(failures) AS failures, max(leveret_now() - run_at)::text AS overdue,
       max(leased_until - statement_timestamp())::text AS lease, max(last_error) AS last_error
     FROM jobs WHERE ${busyJobs} GROUP BY lane`,
  );
  return rows.map((row) => JSON.stringify(row)).join('\n');
}
