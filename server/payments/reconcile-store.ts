import { type Queryable, sql } from '../database/statement.ts';
import type { AttemptState } from './payment.ts';
import type { MethodSettings } from './port/payment-method.ts';

/** An attempt that its provider may have heard of. */
export type AttemptToCompare = {
  publisherId: number;
  orderId: number;
  attemptId: number;
  adapter: string;
  merchantId: string;
  pinned: MethodSettings;
  reference: string;
  state: AttemptState;
  /** Refunds that a person made outside the provider. */
  refundedByHandMinor: number;
};

const listStatement = sql(
  'paymentAttempts.listToCompare',
  `SELECT publisher_id, order_id, attempt_id, adapter, merchant_id, pinned, reference, state,
     (SELECT coalesce(sum(amount_minor), 0) FROM payment_operations operations
      WHERE operations.attempt_id = payment_attempts.attempt_id AND kind = 'refund'
        AND operations.state = 'succeeded' AND sent_at IS NULL)::bigint AS refunded_by_hand_minor
   FROM payment_attempts
   WHERE attempt_id > $1 AND created_at > leveret_now() - $2 * interval '1 day' AND state <> 'created'
   ORDER BY attempt_id LIMIT $3`,
);

type Row = {
  publisher_id: number;
  order_id: number;
  attempt_id: number;
  adapter: string;
  merchant_id: string;
  pinned: MethodSettings;
  reference: string;
  state: AttemptState;
  refunded_by_hand_minor: number;
};

/** The next attempts of the last days after the one with this id, in the order of their ids. */
export async function listAttemptsToCompare(
  database: Queryable,
  after: number,
  days: number,
  limit: number,
): Promise<AttemptToCompare[]> {
  const rows = await database.query<Row>(listStatement, [after, days, limit]);
  return rows.map((row) => ({
    publisherId: row.publisher_id,
    orderId: row.order_id,
    attemptId: row.attempt_id,
    adapter: row.adapter,
    merchantId: row.merchant_id,
    pinned: row.pinned,
    reference: row.reference,
    state: row.state,
    refundedByHandMinor: row.refunded_by_hand_minor,
  }));
}
