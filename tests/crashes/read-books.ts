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
  attempts: {
    order_id: number;
    attempt_id: number;
    reference: string;
    state: string;
    captured_minor: number;
    amount_minor: number;
    code: string | null;
  }[];
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
  messages: { message_id: number; order_id: number; reference: string; state: string; tries: number }[];
  grants: { order_id: number; kind: string }[];
  invoices: { order_id: number; state: string; invoice_number: number | null }[];
  endings: { order_id: number; name: string; times: number }[];
};

const statements: Record<keyof Books, string> = {
  orders: `SELECT order_id, orders.state, amount_minor, payment_method, unique_user_id
    FROM orders LEFT JOIN accounts USING (account_id)`,
  completions: 'SELECT order_id, callback_url, credential FROM order_completions',
  attempts: `SELECT payment_attempts.order_id, attempt_id, reference, state,
      payments.captured_minor, amount_minor,
      (SELECT code FROM payment_outcomes outcomes WHERE outcomes.attempt_id = payment_attempts.attempt_id
         AND source = 'answer' ORDER BY outcome_id LIMIT 1) AS code
    FROM payment_attempts JOIN payments USING (payment_id)`,
  cases: 'SELECT order_id, kind, state FROM cases',
  questions: `SELECT (arguments ->> 'orderId')::bigint AS order_id, name FROM jobs
    WHERE arguments ? 'orderId'`,
  deadJobs: 'SELECT name, last_error FROM dead_jobs',
  deliveries: `SELECT delivery_id, order_id, sequence, state, url, body ->> 'fulfillmentStatus' AS status,
      (SELECT count(*) FROM delivery_tries tries
       WHERE tries.delivery_id = deliveries.delivery_id) AS recorded_tries
    FROM deliveries WHERE kind = 'callback'`,
  messages: 'SELECT message_id, order_id, reference, state, tries FROM messages WHERE order_id IS NOT NULL',
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

const restless = `SELECT
    (SELECT count(*) FROM jobs WHERE key IS DISTINCT FROM 'schedule'
       AND (leased_until > statement_timestamp() OR run_at < leveret_now() + interval '30 seconds')) AS jobs,
    (SELECT count(*) FROM deliveries WHERE state = 'waiting') AS deliveries,
    (SELECT count(*) FROM messages WHERE state IN ('waiting', 'unknown')) AS messages,
    (SELECT count(*) FROM invoices WHERE state = 'draft') AS drafts,
    (SELECT count(*) FROM orders WHERE state = 'paying'
       AND NOT EXISTS (SELECT FROM jobs WHERE arguments ->> 'orderId' = orders.order_id::text)
       AND NOT EXISTS (SELECT FROM cases WHERE cases.order_id = orders.order_id AND cases.state = 'open'))
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
     FROM jobs WHERE key IS DISTINCT FROM 'schedule'
       AND (leased_until > statement_timestamp() OR run_at < leveret_now() + interval '30 seconds')
     GROUP BY lane`,
  );
  return rows.map((row) => JSON.stringify(row)).join('\n');
}
