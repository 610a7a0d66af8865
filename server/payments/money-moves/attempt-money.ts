import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';

/** The money of a secured attempt, and what is under way with it. All in minor units. */
export type AttemptMoney = {
  attempt_id: number;
  adapter: string;
  authorized: number;
  captured: number;
  refunded: number;
  cancelled: number;
  /** Captures that were begun or are about to, and whose end is not known. */
  capturing: number;
  /** Captures that wait for their day. */
  planned: number;
  refunding: number;
  releasing: number;
};

const columns = `attempts.attempt_id, adapter, attempts.authorized_minor AS authorized,
    attempts.captured_minor AS captured, attempts.refunded_minor AS refunded,
     attempts.cancelled_minor AS cancelled, under_way.*
   FROM payment_attempts attempts, LATERAL (
     SELECT coalesce(sum(amount_minor) FILTER (WHERE kind = 'capture' AND NOT is_planned), 0)::bigint
         AS capturing,
       coalesce(sum(amount_minor) FILTER (WHERE kind = 'capture' AND is_planned), 0)::bigint AS planned,
       coalesce(sum(amount_minor) FILTER (WHERE kind = 'refund'), 0)::bigint AS refunding,
       coalesce(sum(amount_minor) FILTER (WHERE kind = 'cancel'), 0)::bigint AS releasing
     FROM (
       SELECT kind, amount_minor,
         state = 'created' AND coalesce(due_at > (SELECT leveret_now()), false) AS is_planned
       FROM payment_operations operations
       WHERE operations.attempt_id = attempts.attempt_id
         AND operations.state IN ('created', 'sent', 'unknown', 'by_hand')) open) under_way`;

const lockOfOrder = sql(
  'paymentAttempts.lockMoneyOfOrder',
  `SELECT ${columns}
   WHERE attempts.publisher_id = $1 AND attempts.order_id = $2 AND attempts.state = 'secured'
     AND (SELECT purpose = 'order' AND to_confirm = $3 FROM payments
       WHERE payments.payment_id = attempts.payment_id)
   ORDER BY attempts.attempt_id FOR UPDATE OF attempts`,
);

/**
 * Locks the secured attempts that pay an order, and reads their money. What pays its renewals is apart, and
 * what was paid before it counts once it is confirmed. The order must be locked already: what is under way
 * is as old as the statement, and only the order's lock keeps others from adding.
 */
export function lockMoneyOfOrder(
  transaction: Transaction,
  publisherId: number,
  orderId: number,
): Promise<AttemptMoney[]> {
  return transaction.query<AttemptMoney>(lockOfOrder, [publisherId, orderId, false]);
}

const lockUnconfirmed = sql(
  'payments.lockUnconfirmed',
  `SELECT payment_id FROM payments
   WHERE publisher_id = $1 AND order_id = $2 AND purpose = 'order' AND to_confirm
   ORDER BY payment_id FOR UPDATE`,
);

/**
 * The same of what was paid before the order, and is not confirmed yet. Its payment is locked before, as the
 * order may let go of it.
 */
export async function lockUnconfirmedMoney(
  transaction: Transaction,
  publisherId: number,
  orderId: number,
): Promise<AttemptMoney[]> {
  if ((await transaction.query(lockUnconfirmed, [publisherId, orderId])).length === 0) return [];
  return transaction.query<AttemptMoney>(lockOfOrder, [publisherId, orderId, true]);
}

const lockOfAttempt = sql(
  'paymentAttempts.lockMoney',
  `SELECT ${columns}
   WHERE attempts.publisher_id = $1 AND attempts.attempt_id = $2 AND attempts.state = 'secured'
   FOR UPDATE OF attempts`,
);

/** The same of one attempt, whose payment must be locked already; nothing where it is not secured. */
export async function lockMoney(
  transaction: Transaction,
  publisherId: number,
  attemptId: number,
): Promise<AttemptMoney | undefined> {
  const [money] = await transaction.query<AttemptMoney>(lockOfAttempt, [publisherId, attemptId]);
  return money;
}

/** Reserved, and neither taken nor given up nor meant for either. */
export function freeToCapture(money: AttemptMoney): number {
  const { authorized, captured, cancelled, capturing, planned, releasing } = money;
  return Math.max(0, authorized - captured - cancelled - capturing - planned - releasing);
}

/** Reserved and not yet on its way to be taken: it is released instead of refunded. */
export function freeToRelease(money: AttemptMoney): number {
  return freeToCapture(money) + money.planned;
}

/** Taken, or on its way to be, and neither given back nor on its way. */
export function freeToRefund({ captured, capturing, refunded, refunding }: AttemptMoney): number {
  return Math.max(0, captured + capturing - refunded - refunding);
}

/** A release gives up all that is reserved, so that it waits until nothing else is to be taken of it. */
export function canRelease(money: AttemptMoney): boolean {
  const { authorized, captured, cancelled, releasing } = money;
  return releasing > 0 && authorized - captured - cancelled <= releasing;
}
