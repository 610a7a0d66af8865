import { type Queryable, sql } from '../database/statement.ts';
import type { BookedAttempt } from './compare-money.ts';
import type { AttemptState } from './payment.ts';
import type { MethodSettings } from './port/payment-method.ts';
import type { AttemptFacts } from './port/payment-request.ts';

/** An attempt that its provider may have heard of, with what our books say of it. */
export type AttemptToCompare = {
  publisherId: number;
  orderId: number;
  attemptId: number;
  adapter: string;
  merchantId: string;
  pinned: MethodSettings;
  facts: AttemptFacts;
  booked: BookedAttempt;
};

const listStatement = sql(
  'paymentAttempts.listToCompare',
  `SELECT attempts.publisher_id, attempts.order_id, attempt_id, adapter, attempts.merchant_id, pinned,
     reference, provider_id, attempts.state, payments.amount_minor, payments.currency, orders.recurring,
     attempts.authorized_minor, attempts.captured_minor, attempts.refunded_minor, attempts.cancelled_minor,
     (SELECT coalesce(sum(vat_minor), 0) FROM order_lines
      WHERE order_lines.order_id = attempts.order_id)::bigint AS vat_minor,
     (SELECT coalesce(sum(operations.amount_minor), 0) FROM payment_operations operations
      WHERE operations.attempt_id = attempts.attempt_id AND kind = 'refund' AND operations.state = 'succeeded'
        AND sent_at IS NULL)::bigint AS refunded_by_hand_minor
   FROM payment_attempts attempts JOIN payments USING (payment_id)
     JOIN orders ON orders.order_id = attempts.order_id
   WHERE attempt_id > $1 AND attempts.created_at > leveret_now() - $2 * interval '1 day'
     AND attempts.state <> 'created'
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
  provider_id: string | null;
  state: AttemptState;
  amount_minor: number;
  currency: string;
  recurring: boolean;
  authorized_minor: number;
  captured_minor: number;
  refunded_minor: number;
  cancelled_minor: number;
  vat_minor: number;
  refunded_by_hand_minor: number;
};

/** The next attempts of the last days after the one with this id, in the order of their ids. */
export async function listAttemptsToCompare(
  database: Queryable,
  after: number,
  days: number,
  limit: number,
): Promise<AttemptToCompare[]> {
  return (await database.query<Row>(listStatement, [after, days, limit])).map(attemptOf);
}

function attemptOf(row: Row): AttemptToCompare {
  const money = {
    authorizedMinor: row.authorized_minor,
    capturedMinor: row.captured_minor,
    refundedMinor: row.refunded_minor,
    cancelledMinor: row.cancelled_minor,
  };
  return {
    publisherId: row.publisher_id,
    orderId: row.order_id,
    attemptId: row.attempt_id,
    adapter: row.adapter,
    merchantId: row.merchant_id,
    pinned: row.pinned,
    facts: {
      reference: row.reference,
      providerId: row.provider_id ?? undefined,
      amountMinor: row.amount_minor,
      vatMinor: row.vat_minor,
      currency: row.currency,
      lines: [],
      money,
      isAgreement: row.recurring,
    },
    booked: {
      state: row.state,
      amountMinor: row.amount_minor,
      money,
      refundedByHandMinor: row.refunded_by_hand_minor,
    },
  };
}
