import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import { type PaymentEvent, paymentOf } from '../payment.ts';
import type { ProviderMoney } from '../port/provider-answer.ts';

// Totals only grow, so that older evidence takes nothing back; the payment gets what the attempt grew by.
const raiseStatement = sql(
  'paymentAttempts.raiseMoney',
  `WITH before AS (
     SELECT attempt_id, authorized_minor, captured_minor, refunded_minor, cancelled_minor
     FROM payment_attempts WHERE publisher_id = $1 AND attempt_id = $2
   ), raised AS (
     UPDATE payment_attempts attempts SET authorized_minor = greatest(attempts.authorized_minor, $3, $4),
       captured_minor = greatest(attempts.captured_minor, $4),
       refunded_minor = greatest(attempts.refunded_minor, least($5, greatest(attempts.captured_minor, $4))),
       cancelled_minor = greatest(attempts.cancelled_minor, $6)
     FROM before WHERE attempts.attempt_id = before.attempt_id
     RETURNING attempts.publisher_id, attempts.order_id, attempts.payment_id,
       attempts.authorized_minor - before.authorized_minor AS authorized,
       attempts.captured_minor - before.captured_minor AS captured,
       attempts.refunded_minor - before.refunded_minor AS refunded,
       attempts.cancelled_minor - before.cancelled_minor AS cancelled
   ), added AS (
     UPDATE payments SET authorized_minor = authorized_minor + authorized,
       captured_minor = captured_minor + captured, refunded_minor = refunded_minor + refunded,
       cancelled_minor = cancelled_minor + cancelled
     FROM raised WHERE payments.payment_id = raised.payment_id)
   SELECT publisher_id, order_id, payment_id, authorized, captured, refunded, cancelled FROM raised`,
);

type Grown = {
  publisher_id: number;
  order_id: number | null;
  payment_id: number;
  authorized: number;
  captured: number;
  refunded: number;
  cancelled: number;
};

/**
 * Books what the provider says of the money of an attempt, each total in all so far, and reports by how much
 * it grew. This is the only place where money is booked; the caller holds the locks of the payment.
 */
export async function bookMoney(
  transaction: Transaction,
  { publisherId, attemptId }: { publisherId: number; attemptId: number },
  totals: ProviderMoney,
): Promise<void> {
  const [grown] = await transaction.query<Grown>(raiseStatement, [
    publisherId,
    attemptId,
    totals.authorizedMinor,
    totals.capturedMinor,
    totals.refundedMinor,
    totals.cancelledMinor,
  ]);
  if (!grown) throw new Error('money was booked for an attempt that does not exist');
  const about = { ...paymentOf(grown), attemptId };
  const told = (name: 'payment captured' | 'payment refunded' | 'payment released', amountMinor: number) =>
    amountMinor > 0 ? [{ name, ...about, amountMinor }] : [];
  await transaction.report<PaymentEvent>([
    ...told('payment captured', grown.captured),
    ...told('payment refunded', grown.refunded),
    ...told('payment released', grown.cancelled),
  ]);
}
