import type { AccountEvent } from '../accounts/account.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { AnyEvent, NowStep } from '../kit/journey-runner.ts';
import type { OrderEvent } from '../orders/order.ts';
import type { PaymentEvent } from '../payments/payment.ts';
import type { WithdrawalEvent } from '../withdrawals/withdrawal.ts';
import type { CaseEvent, CaseKind } from './case.ts';
import { type ClosedOutcome, type ClosedRow, closedColumns, resolvedEvent } from './closed-case.ts';

type Named<Event extends AnyEvent, Name extends Event['name']> = Extract<Event, { name: Name }>;

/** A late report of the provider answers the question that a case was waiting with. */
export const closeSettledCase = closing<Named<PaymentEvent, 'attempt settled'>>({
  stepName: 'closeSettledCase',
  set: `outcome = 'by_provider', resolved_by = 'provider'`,
  where: `kind = 'attempt unresolved'
    AND (publisher_id, attempt_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))`,
  keysOf: (event) => [event.publisherId, event.attemptId],
});

/** The money moved after all: nobody needs to look any more. */
export const closeOperationCase = closing<Named<PaymentEvent, 'operation settled'>>({
  stepName: 'closeOperationCase',
  set: `outcome = 'by_provider', resolved_by = 'provider'`,
  where: `(publisher_id, attempt_id, operation_id) IN (
    SELECT * FROM unnest($1::integer[], $2::bigint[], $3::bigint[]))`,
  keysOf: (event) => [event.publisherId, event.attemptId, event.operationId],
});

/** Nothing is reserved any more, so that no deadline is left to be missed. */
export const closeCaptureDue = closing<Named<PaymentEvent, 'payment captured' | 'payment released'>>({
  stepName: 'closeCaptureDue',
  set: `outcome = 'by_provider', resolved_by = 'provider'`,
  where: `kind = 'capture due' AND (publisher_id, attempt_id) IN (
    SELECT publisher_id, attempt_id FROM payment_attempts
    WHERE authorized_minor <= captured_minor + cancelled_minor
      AND (publisher_id, attempt_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[])))`,
  keysOf: (event) => [event.publisherId, event.attemptId],
});

/** All that was taken is back, and nothing is reserved: what could not be given back waits for nobody. */
export const closeNothingLeft = closing<Named<PaymentEvent, 'payment refunded' | 'payment released'>>({
  stepName: 'closeNothingLeft',
  set: `outcome = 'dismissed', resolved_by = 'payment'`,
  where: `kind IN ('refund failed', 'release failed') AND (publisher_id, attempt_id) IN (
    SELECT publisher_id, attempt_id FROM payment_attempts
    WHERE authorized_minor <= captured_minor + cancelled_minor AND captured_minor <= refunded_minor
      AND (publisher_id, attempt_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[])))
    AND operation_id IN (SELECT operation_id FROM payment_operations operations
      WHERE operations.attempt_id = cases.attempt_id AND operations.state = 'failed')`,
  keysOf: (event) => [event.publisherId, event.attemptId],
});

/** A prepaid order that was left, and then completed or cancelled after all, waits for nobody any more. */
export const closeLeftCase = closing<Named<OrderEvent, 'order completed' | 'order stopped'>>({
  stepName: 'closeLeftCase',
  set: `outcome = 'dismissed', resolved_by = 'order'`,
  where: `kind = 'prepaid order left'
    AND (publisher_id, order_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))`,
  keysOf: (event) => event.prepaid && [event.publisherId, event.orderId],
});

/** A reader who has logged in after all, or whose address was corrected, is not looked for any more. */
export const closeReachedCase = closing<Named<AccountEvent, 'login link spent' | 'credential corrected'>>({
  stepName: 'closeReachedCase',
  set: `outcome = 'dismissed', resolved_by = reached.who
    FROM unnest($1::integer[], $2::bigint[], $3::text[]) AS reached (publisher, of_order, who)`,
  where: `kind IN ('link undelivered', 'message withheld')
    AND publisher_id = reached.publisher AND order_id = reached.of_order`,
  keysOf: (event) => [
    event.publisherId,
    event.orderId ?? null,
    'correctedBy' in event ? event.correctedBy : 'reader',
  ],
});

/** A proven statement stands for those without proof about the same order, which wait for nobody any more. */
export const closeWithdrawalCase = closing<Named<WithdrawalEvent, 'withdrawal received'>>({
  stepName: 'closeWithdrawalCase',
  set: `outcome = 'dismissed', resolved_by = 'reader'`,
  where: `kind = 'withdrawal to check'
    AND (publisher_id, order_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))
    AND withdrawal_id IN (SELECT withdrawal_id FROM withdrawals
      WHERE withdrawals.order_id = cases.order_id AND withdrawals.state <> 'to_check')`,
  keysOf: (event) => event.state !== 'to_check' && [event.publisherId, event.orderId],
});

const otherOfDebt: Partial<Record<CaseKind, CaseKind>> = {
  'prepayment mismatch': 'withdrawal refund due',
  'withdrawal refund due': 'prepayment mismatch',
};

/**
 * What an order was paid by before is owed once, whether its withdrawal or the provider's word made the case:
 * who gave all of it back for the one has done so for the other.
 */
export const closeOtherOfDebt = closing<Named<CaseEvent, 'case answered'>>({
  stepName: 'closeOtherOfDebt',
  set: `outcome = 'given_back', resolved_by = 'case'`,
  where: `(publisher_id, order_id, kind) IN (SELECT * FROM unnest($1::integer[], $2::bigint[], $3::text[]))
    AND (kind = 'withdrawal refund due' OR (SELECT amount_minor FROM orders
        WHERE orders.publisher_id = cases.publisher_id AND orders.order_id = cases.order_id) <= (
      SELECT sum(refund_minor) FROM withdrawals JOIN cases answered USING (publisher_id, withdrawal_id)
      WHERE withdrawals.publisher_id = cases.publisher_id AND withdrawals.order_id = cases.order_id
        AND answered.order_id = cases.order_id AND answered.kind = 'withdrawal refund due'
        AND answered.outcome = 'given_back'))`,
  keysOf: ({ publisherId, orderId, kind, outcome }) => {
    const other = otherOfDebt[kind];
    return outcome === 'given_back' && other !== undefined && [publisherId, orderId ?? null, other];
  },
});

type Closing<Event> = {
  stepName: string;
  /** How the cases end: SQL that stands behind SET. */
  set: string;
  /** Which of the open cases: SQL with a list for each key, in their order. */
  where: string;
  /** By what the event finds its cases; false where it has none. */
  keysOf(event: Event): readonly unknown[] | false;
};

/** A step that closes the cases that its events have answered. */
function closing<Event extends AnyEvent>(closing: Closing<Event>): NowStep<unknown, Transaction, Event> {
  const { stepName, set, where, keysOf } = closing;
  const statement = sql(
    `cases.${stepName}`,
    `UPDATE cases SET state = 'resolved', resolved_at = (SELECT leveret_now()), ${set}
     WHERE state = 'open' AND ${where} RETURNING ${closedColumns}, outcome`,
  );
  return {
    stepName,
    reports: ['case resolved'],
    async run(_context, transaction, events) {
      const keys = events.map(keysOf).filter((found) => found !== false);
      const [first] = keys;
      if (!first) return;
      const lists = first.map((_key, column) => keys.map((found) => found[column]));
      const rows = await transaction.query<ClosedRow & { outcome: ClosedOutcome }>(statement, lists);
      if (rows.length > 0) await transaction.report(rows.map((row) => resolvedEvent(row, row.outcome)));
    },
  };
}
