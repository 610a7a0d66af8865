import { type Queryable, sql } from '../database/statement.ts';
import { findPaymentLines, vatOf } from './find-payment-lines.ts';
import type { AttemptFacts } from './port/payment-request.ts';

type FactsRow = {
  reference: string;
  provider_id: string | null;
  amount_minor: number;
  currency: string;
  authorized_minor: number;
  captured_minor: number;
  refunded_minor: number;
  cancelled_minor: number;
  is_agreement: boolean;
};

const factsStatement = sql(
  'paymentAttempts.findFacts',
  `SELECT reference, provider_id, payments.amount_minor, payments.currency, attempts.authorized_minor,
     attempts.captured_minor, attempts.refunded_minor, attempts.cancelled_minor,
     orders.recurring AS is_agreement
   FROM payment_attempts attempts JOIN payments USING (payment_id)
     JOIN orders ON orders.order_id = attempts.order_id
   WHERE attempts.publisher_id = $1 AND attempt_id = $2`,
);

/** An attempt as its adapter made it, and what is known of its money. */
export async function findAttemptFacts(
  database: Queryable,
  about: { publisherId: number; orderId: number; attemptId: number },
): Promise<AttemptFacts> {
  const [row] = await database.query<FactsRow>(factsStatement, [about.publisherId, about.attemptId]);
  if (!row) throw new Error('the attempt does not exist');
  const lines = await findPaymentLines(database, about.publisherId, about.orderId);
  return {
    reference: row.reference,
    providerId: row.provider_id ?? undefined,
    amountMinor: row.amount_minor,
    vatMinor: vatOf(lines),
    currency: row.currency,
    lines,
    money: {
      authorizedMinor: row.authorized_minor,
      capturedMinor: row.captured_minor,
      refundedMinor: row.refunded_minor,
      cancelledMinor: row.cancelled_minor,
    },
    isAgreement: row.is_agreement,
  };
}
