import { type Queryable, sql } from '../../database/statement.ts';
import { readPaymentMethod } from '../../orders/order-facts.ts';
import type { ConfiguredMethod, MethodDirectory } from '../merchants/find-method.ts';

/** What a completed order was paid by before it was completed, as far as that is still to be confirmed. */
export type Prepaid = {
  payment_method: string;
  merchant_id: string | null;
  amount_minor: number;
  currency: string;
  recurring: boolean;
  transaction_id: string;
  /** Of a payment of ours that the order took, and that is still to be confirmed. */
  attempt_id: number | null;
  /** A person said last of what the provider knows otherwise that the order is paid by it. */
  is_accepted: boolean;
  /** Since then its buyer has withdrawn, and a person was asked to give the money back. */
  is_withdrawn: boolean;
  /** As much as the order costs was withdrawn, and a person is asked to give it back or has done so. */
  is_asked_back: boolean;
  /** A person has said of as much that it is back. */
  is_said_back: boolean;
};

const findStatement = sql(
  'orders.findPrepaid',
  `SELECT orders.payment_method, merchant_id, orders.amount_minor, orders.currency, recurring, transaction_id,
     taken.attempt_id,
     coalesce(answered.outcome = 'paid', false) AS is_accepted,
     EXISTS (SELECT FROM withdrawals
       WHERE withdrawals.publisher_id = orders.publisher_id AND withdrawals.order_id = orders.order_id
         AND withdrawals.state = 'accepted' AND refund_by = 'hand'
         AND (answered.outcome IS DISTINCT FROM 'paid' OR decided_at > answered.resolved_at)) AS is_withdrawn,
     coalesce(asked_minor >= orders.amount_minor, false) AS is_asked_back,
     coalesce(said_minor >= orders.amount_minor, false) AS is_said_back
   FROM orders JOIN prepayments USING (order_id) LEFT JOIN LATERAL (
     SELECT outcome, resolved_at FROM cases
     WHERE cases.publisher_id = orders.publisher_id AND cases.order_id = orders.order_id
       AND kind = 'prepayment mismatch' AND cases.state = 'resolved'
     ORDER BY case_id DESC LIMIT 1) answered ON true LEFT JOIN LATERAL (
     SELECT sum(refund_minor) FILTER (WHERE due.state = 'open' OR due.outcome = 'given_back') AS asked_minor,
       sum(refund_minor) FILTER (WHERE due.outcome = 'given_back') AS said_minor
     FROM withdrawals JOIN cases due USING (publisher_id, withdrawal_id)
     WHERE withdrawals.publisher_id = orders.publisher_id AND withdrawals.order_id = orders.order_id
       AND due.order_id = orders.order_id AND due.kind = 'withdrawal refund due') debts ON true
   LEFT JOIN LATERAL (
     SELECT attempt_id, to_confirm FROM payment_attempts attempts JOIN payments USING (payment_id)
     WHERE attempts.order_id = orders.order_id AND purpose = 'order' AND attempts.state = 'secured'
     ORDER BY attempt_id LIMIT 1) taken ON true
   WHERE orders.publisher_id = $1 AND orders.order_id = $2 AND orders.state = 'completed'
     AND orders.amount_minor > 0 AND (taken.attempt_id IS NULL OR to_confirm)`,
);

/** Nothing where there is nothing to confirm, or not any more. */
export async function findPrepaid(
  database: Queryable,
  { publisherId, orderId }: { publisherId: number; orderId: number },
): Promise<Prepaid | undefined> {
  const [row] = await database.query<Prepaid>(findStatement, [publisherId, orderId]);
  return row;
}

/** The account that what was paid elsewhere was paid to, where it is set up here. */
export function accountOfPrepaid(
  methods: Pick<MethodDirectory, 'find'>,
  publisherId: number,
  prepaid: Prepaid,
): ConfiguredMethod | undefined {
  const name = readPaymentMethod(prepaid.payment_method);
  return name && methods.find(publisherId, name, prepaid.merchant_id ?? undefined);
}
