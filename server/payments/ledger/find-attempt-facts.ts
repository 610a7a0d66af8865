import { type Queryable, sql } from '../../database/statement.ts';
import { linesAsJson, linesToPay, vatOf } from '../lines/find-payment-lines.ts';
import type { AttemptFacts } from '../port/payment-request.ts';

export type FactsRow = {
  reference: string;
  provider_id: string | null;
  amount_minor: number;
  currency: string;
  authorized_minor: number;
  captured_minor: number;
  refunded_by_provider: number;
  cancelled_minor: number;
  is_agreement: boolean;
  lines: Parameters<typeof linesToPay>[0];
};

/**
 * What facts are made of, as far as a provider can know it, of `attempts`, `payments`, and `orders` where
 * there is one.
 */
export const factsColumns = `reference, provider_id, payments.amount_minor, payments.currency,
     attempts.authorized_minor, attempts.captured_minor, attempts.cancelled_minor,
     attempts.refunded_minor - attempts.refunded_manually_minor AS refunded_by_provider,
     coalesce(orders.recurring, false) AS is_agreement, ${linesAsJson('orders')} AS lines`;

const factsStatement = sql(
  'paymentAttempts.findFacts',
  `SELECT ${factsColumns}
   FROM payment_attempts attempts JOIN payments USING (payment_id)
     LEFT JOIN orders ON orders.order_id = payments.order_id
   WHERE attempts.publisher_id = $1 AND attempt_id = $2`,
);

/**
 * An attempt as its adapter made it, and what is known of its money. Where no order has taken the payment it
 * has no lines, and so no VAT.
 */
export async function findAttemptFacts(
  database: Queryable,
  publisherId: number,
  attemptId: number,
): Promise<AttemptFacts> {
  const [row] = await database.query<FactsRow>(factsStatement, [publisherId, attemptId]);
  if (!row) throw new Error('the attempt does not exist');
  return factsOf(row);
}

export function factsOf(row: FactsRow): AttemptFacts {
  const lines = linesToPay(row.lines);
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
      refundedMinor: row.refunded_by_provider,
      cancelledMinor: row.cancelled_minor,
    },
    isAgreement: row.is_agreement,
  };
}
