import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { NowStep } from '../../kit/journey-runner.ts';
import { fieldProblem, Problem } from '../../kit/problem.ts';
import type { OrderEvent } from '../../orders/order.ts';
import { transactionIdPrefix } from '../../orders/payment-result.ts';

type Registered = Extract<OrderEvent, { name: 'order registered' }>;
type Stopped = Extract<OrderEvent, { name: 'order stopped' }>;

const isNamed = `attempts.publisher_id = prepayments.publisher_id
     AND attempts.reference = substr(transaction_id, ${transactionIdPrefix.length + 1})
     AND transaction_id LIKE '${transactionIdPrefix}%'`;
const named = `prepayments JOIN payment_attempts attempts ON ${isNamed}`;

const findNamed = sql(
  'payments.findNamed',
  `SELECT attempts.payment_id, provider AS field
   FROM prepayments LEFT JOIN payment_attempts attempts ON ${isNamed}
   WHERE prepayments.order_id = ANY ($1::bigint[]) AND transaction_id LIKE '${transactionIdPrefix}%'`,
);

// Orders that nobody else sees yet are as good as locked. What is read of a payment before its lock is had
// may be old, so that the statement after this one decides.
const lockNamed = sql(
  'payments.lockNamed',
  `SELECT payments.payment_id, payments.order_id FROM ${named} JOIN payments USING (payment_id)
   WHERE prepayments.order_id = ANY ($1::bigint[]) ORDER BY payment_id FOR UPDATE OF payments`,
);

const attachStatement = sql(
  'payments.attach',
  `WITH attached AS (
     UPDATE payments SET order_id = prepayments.order_id, flow = 'direct', to_confirm = true
     FROM ${named} JOIN orders ON orders.order_id = prepayments.order_id
       JOIN page_payments pages ON pages.payment_id = attempts.payment_id
     WHERE prepayments.order_id = ANY ($1::bigint[]) AND payments.payment_id = attempts.payment_id
       AND payments.order_id IS NULL AND attempts.state = 'secured'
       AND pages.client_id = orders.client_id AND pages.payment_method = orders.payment_method
       AND payments.amount_minor = orders.amount_minor AND payments.currency = orders.currency
       AND attempts.refunded_minor + attempts.cancelled_minor = 0
       AND NOT EXISTS (SELECT FROM payment_operations operations
         WHERE operations.attempt_id = attempts.attempt_id AND kind IN ('cancel', 'refund'))
     RETURNING payments.payment_id, payments.order_id)
   UPDATE payment_attempts SET order_id = attached.order_id, flow = 'direct'
   FROM attached WHERE payment_attempts.payment_id = attached.payment_id
   RETURNING attached.payment_id`,
);

/**
 * Gives registered orders the payments that they name by what we signed, each where it fits, no other order
 * has it, and it does not go back: the one place where a payment gets an order. Refuses with
 * `payment_result_is_unknown` (we signed it, and have no such payment), `payment_already_used` or
 * `payment_result_is_expired`; then nothing of the transaction is written.
 */
export const attachPayment: NowStep<unknown, Transaction, Registered> = {
  stepName: 'attachPayment',
  reports: [],
  async run(_context, transaction, events) {
    const prepaid = events.filter((event) => event.prepaid).map((event) => event.orderId);
    if (prepaid.length === 0) return;
    const named = await transaction.query<Named>(findNamed, [prepaid]);
    if (named.length === 0) return;
    refuseUnknown(named);
    const found = await transaction.query<{ payment_id: number; order_id: number | null }>(lockNamed, [
      prepaid,
    ]);
    const attached = await transaction.query<{ payment_id: number }>(attachStatement, [prepaid]);
    const ids = new Set(attached.map((row) => row.payment_id));
    const refused = found.find((row) => !ids.has(row.payment_id));
    if (refused) {
      throw new Problem(refused.order_id === null ? 'payment_result_is_expired' : 'payment_already_used');
    }
  },
};

type Named = { payment_id: number | null; field: string };

/** A signature says that there was a payment, not that there is one: nothing is paid without its row. */
function refuseUnknown(named: readonly Named[]): void {
  const unknown = named.find((row) => row.payment_id === null);
  if (!unknown) return;
  const field = `${unknown.field}.transactionId`;
  throw fieldProblem('payment_result_is_unknown', field, `${field} names a payment that is not known here`);
}

// Once for each payment: who comes later finds nothing to confirm.
const noteConfirmed = sql(
  'payments.noteConfirmed',
  `UPDATE payments SET to_confirm = false
   WHERE publisher_id = $1 AND order_id = $2 AND to_confirm RETURNING payment_id`,
);

/**
 * Notes that the provider was asked again about what a completed order took. Answers whether this was the
 * first to know. The caller holds the lock of the order.
 */
export async function noteConfirmedPayment(
  transaction: Transaction,
  { publisherId, orderId }: { publisherId: number; orderId: number },
): Promise<boolean> {
  return (await transaction.query(noteConfirmed, [publisherId, orderId])).length > 0;
}

const toConfirm = sql(
  'payments.isToConfirm',
  'SELECT 1 AS found FROM payments WHERE publisher_id = $1 AND order_id = $2 AND to_confirm',
);

/** Whether an order's payment still waits to be confirmed. The caller holds the lock of the order. */
export async function isToConfirm(
  transaction: Transaction,
  { publisherId, orderId }: { publisherId: number; orderId: number },
): Promise<boolean> {
  return (await transaction.query(toConfirm, [publisherId, orderId])).length > 0;
}

// Answers what it locked, so that the order of the locks can be watched.
const detachStatement = sql(
  'payments.detach',
  `WITH held AS MATERIALIZED (
     SELECT payments.payment_id FROM payments JOIN page_payments USING (payment_id)
     WHERE (payments.publisher_id, payments.order_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))
       AND purpose = 'order'
     ORDER BY payment_id FOR UPDATE OF payments
   ), attempts AS (
     UPDATE payment_attempts SET order_id = NULL
     FROM held WHERE payment_attempts.payment_id = held.payment_id)
   UPDATE payments SET order_id = NULL, to_confirm = false
   FROM held WHERE payments.payment_id = held.payment_id RETURNING payments.payment_id`,
);

/** When its order stops, a payment that was made before it stands by itself again: another may have it. */
export const detachPayment: NowStep<unknown, Transaction, Stopped> = {
  stepName: 'detachPayment',
  reports: [],
  async run(_context, transaction, events) {
    const prepaid = events.filter((event) => event.prepaid);
    if (prepaid.length === 0) return;
    await transaction.query(detachStatement, [
      prepaid.map((event) => event.publisherId),
      prepaid.map((event) => event.orderId),
    ]);
  },
};
