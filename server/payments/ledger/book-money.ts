import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import { type PaymentEvent, paymentOf } from '../payment.ts';
import type { ProviderMoney } from '../port/provider-answer.ts';

/** What is booked of an attempt, each in all so far. */
type Booked = {
  authorized: number;
  captured: number;
  refunded: number;
  cancelled: number;
  /** Of what was refunded, what a person gave back outside the provider. */
  refunded_manually: number;
};

/**
 * Whether everything that a provider says of the money is booked already, by the rule of the statement below:
 * what was taken was reserved, what a person gave back counts beside what the provider did, and no more goes
 * back than was taken.
 */
export function isBooked(booked: Booked, told: ProviderMoney): boolean {
  const captured = Math.max(booked.captured, told.capturedMinor);
  return (
    told.authorizedMinor <= booked.authorized &&
    told.capturedMinor <= Math.min(booked.authorized, booked.captured) &&
    Math.min(booked.refunded_manually + told.refundedMinor, captured) <= booked.refunded &&
    told.cancelledMinor <= booked.cancelled
  );
}

// What a person gave back the provider does not know, so that its refunds add to those.
// Totals only grow, so that older evidence takes nothing back; the payment gets what the attempt grew by.
// Most evidence repeats what is booked already: then nothing is written.
const raiseStatement = sql(
  'paymentAttempts.raiseMoney',
  `WITH grown AS (
     SELECT attempt_id, publisher_id, order_id, payment_id,
       greatest(authorized_minor, $3, $4) - authorized_minor AS authorized,
       greatest(captured_minor, $4) - captured_minor AS captured,
       greatest(refunded_minor + manual, least(refunded_manually_minor + manual + $5,
         greatest(captured_minor, $4))) - refunded_minor AS refunded,
       greatest(cancelled_minor, $6) - cancelled_minor AS cancelled, manual
     FROM payment_attempts, LATERAL (SELECT least($7, captured_minor - refunded_minor) AS manual) said
     WHERE publisher_id = $1 AND attempt_id = $2
   ), more AS (
     SELECT * FROM grown WHERE authorized + captured + refunded + cancelled > 0
   ), raised AS (
     UPDATE payment_attempts attempts SET authorized_minor = authorized_minor + authorized,
       captured_minor = captured_minor + captured, refunded_minor = refunded_minor + refunded,
       cancelled_minor = cancelled_minor + cancelled,
       refunded_manually_minor = refunded_manually_minor + manual
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

type OfAttempt = { publisherId: number; attemptId: number };

/**
 * Books what the provider says of the money of an attempt, each total in all so far, and reports by how much
 * it grew. This is the only place where money is booked; the caller holds the locks of the payment.
 */
export function bookMoney(transaction: Transaction, about: OfAttempt, totals: ProviderMoney): Promise<void> {
  return raise(transaction, about, totals, 0);
}

const nothing: ProviderMoney = { authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };

/** Books that a person gave so much back outside the provider, as far as so much is not back yet. */
export function bookManualRefund(
  transaction: Transaction,
  about: OfAttempt,
  amountMinor: number,
): Promise<void> {
  return raise(transaction, about, nothing, amountMinor);
}

async function raise(
  transaction: Transaction,
  { publisherId, attemptId }: OfAttempt,
  totals: ProviderMoney,
  manualMinor: number,
): Promise<void> {
  const [grown] = await transaction.query<Grown>(raiseStatement, [
    publisherId,
    attemptId,
    totals.authorizedMinor,
    totals.capturedMinor,
    totals.refundedMinor,
    totals.cancelledMinor,
    manualMinor,
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
