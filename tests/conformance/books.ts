import type { Charge, Refund } from '@leveret/sandbox/kit/ledger.js';
import type { Stage } from './stage.ts';

export type AttemptBook = {
  attempt_id: number;
  publisher_id: number;
  adapter: string;
  merchant_id: string;
  reference: string;
  provider_id: string | null;
  notice_token: string;
  flow: string;
  state: string;
  reason: string | null;
  authorized_minor: number;
  captured_minor: number;
  refunded_minor: number;
  /** Of that, what a person gave back outside the provider. */
  refunded_manually_minor: number;
  cancelled_minor: number;
  capture_before: string | null;
};
export type OperationBook = {
  operation_id: number;
  attempt_id: number;
  kind: string;
  state: string;
  amount_minor: number;
  due_at: string | null;
  /** Nothing of what no provider was asked for. */
  sent_at: string | null;
};
export type CaseBook = { case_id: number; kind: string; state: string; outcome: string | null };
type Totals = Pick<
  AttemptBook,
  'authorized_minor' | 'captured_minor' | 'refunded_minor' | 'cancelled_minor'
> & { amount_minor: number };

/** Everything that the database knows of one order and its money. */
export type Books = {
  state: string;
  lines: number;
  payment: Totals | null;
  attempts: AttemptBook[];
  operations: OperationBook[];
  cases: CaseBook[];
  jobs: { name: string; last_error: string | null }[];
  grants: { line_number: number; revoked_at: string | null }[];
  endings: string[];
};

const listOf = (table: string, by: string) =>
  `(SELECT coalesce(json_agg(row_to_json(one) ORDER BY ${by}), '[]') FROM ${table} one
    WHERE one.order_id = orders.order_id)`;

const readStatement = `SELECT json_build_object('state', state, 'endings',
     (SELECT coalesce(json_agg(name ORDER BY occurred_at, event_id), '[]') FROM events
      WHERE events.order_id = orders.order_id AND name IN ('order completed', 'order stopped')),
     'lines', (SELECT count(*) FROM order_lines WHERE order_lines.order_id = orders.order_id),
     'payment', (SELECT row_to_json(one) FROM payments one WHERE one.order_id = orders.order_id),
     'attempts', ${listOf('payment_attempts', 'attempt_id')},
     'operations', (SELECT coalesce(json_agg(row_to_json(one) ORDER BY operation_id), '[]')
       FROM payment_operations one JOIN payment_attempts USING (attempt_id)
       WHERE payment_attempts.order_id = orders.order_id),
     'cases', ${listOf('cases', 'case_id')}, 'grants', ${listOf('grants', 'line_number, kind')},
     'jobs', (SELECT coalesce(json_agg(row_to_json(one)), '[]') FROM jobs one
       WHERE one.arguments ->> 'orderId' = orders.order_id::text
         OR one.arguments ->> 'attemptId' IN (SELECT attempt_id::text FROM payment_attempts attempts
           WHERE attempts.order_id = orders.order_id))) AS books
   FROM orders WHERE order_id = $1`;

export async function readBooks({ rows }: Pick<Stage, 'rows'>, orderId: number): Promise<Books> {
  const [row] = await rows<{ books: Books }>(readStatement, [orderId]);
  if (!row) throw new Error(`there is no order ${orderId}`);
  return row.books;
}

export type ProviderBooks = { charges: Charge[]; refunds: Refund[] };

export async function readProviderBooks(sandboxUrl: string): Promise<ProviderBooks> {
  return JSON.parse(await (await fetch(`${sandboxUrl}/control/ledger`)).text());
}
