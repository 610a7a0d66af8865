import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import { type PaymentEvent, paymentOf } from '../payment.ts';
import type { ProviderMoney } from '../port/provider-answer.ts';

/** What is booked of an attempt, each in all so far. */
type Booked = { authorized: number; captured: number; refunded: number; cancelled: number };

/**
 * Whether everything that a provider says of the money is booked already, by the rule of the statement below:
 * what was taken was reserved, and no more goes back than was taken.
 */
export function isBooked(booked: Booked, told: ProviderMoney): boolean {
  const captured = Math.max(booked.captured, told.capturedMinor);
  return (
    told.authorizedMinor <= booked.authorized &&
    told.capturedMinor <= Math.min(booked.authorized, booked.captured) &&
    Math.min(told.refundedMinor, captured) <= booked.refunded &&
    told.cancelledMinor <= booked.cancelled
  );
}

// Totals only grow, so that older evidence takes nothing back; the payment gets what the attempt grew by.
// Most evidence repeats what is booked already: then nothing is written.
const raiseStatement = sql(
  'paymentAttempts.raiseMoney',
  `WITH grown AS (
     SELECT attempt_id, publisher_id, order_id, payment_id,
       greatest(authorized_minor, $3, $4) - authorized_minor AS authorized,
       greatest(captured_minor, $4) - captured_minor AS captured,
       greatest(refunded_minor, least($5, greatest(captured_minor, $4))) - refunded_minor AS refunded,
       greatest(cancelled_minor, $6) - cancelled_minor AS cancelled
     FROM payment_attempts WHERE publisher_id = $1 AND attempt_id = $2
   ), more AS (
     SELECT * FROM grown WHERE authorized + captured + refunded + cancelled > 0
   ), raised AS (
     UPDATE payment_attempts attempts SET authorized_minor = authorized_minor + authorized,
       captured_minor = captured_minor + captured, refunded_minor = refunded_minor + refunded,
       cancelled_minor = cancelled_minor + cancelled
     FROM more WHERE attempts.attempt_id = more.attempt_id
   ), added AS (
     UPDATE payments SET authorized_minor = authorized_minor + authorized,
       captured_minor = captured_minor + captured, refunded_minor = refunded_minor + refunded,
       cancelled_minor = cancelled_minor + cancelled
     FROM more WHERE payments.payment_id = more.payment_id)
   SELECT publisher_id, order_id, payment_id, authorized, captured, refunded, cancelled FROM grown`,
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
