import { type Queryable, sql } from '../database/statement.ts';
import { vatIncluded } from '../kit/money.ts';
import type { LinePart } from './payment.ts';
import type { AttemptFacts, PaymentLine } from './port/payment-request.ts';

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

type LineRow = {
  line_number: number;
  description: string;
  quantity: number;
  unit_price_minor: number;
  amount_minor: number;
  vat_basis_points: number;
  vat_minor: number;
};

const linesStatement = sql(
  'orderLines.findToPay',
  `SELECT line_number, description, quantity, unit_price_minor, amount_minor, vat_basis_points, vat_minor
   FROM order_lines WHERE publisher_id = $1 AND order_id = $2 ORDER BY line_number`,
);

/** The lines of an order as providers are told of them. */
export async function findPaymentLines(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<PaymentLine[]> {
  const rows = await database.query<LineRow>(linesStatement, [publisherId, orderId]);
  return rows.map((row) => ({
    reference: String(row.line_number),
    name: row.description,
    quantity: row.quantity,
    unitPriceMinor: row.unit_price_minor,
    amountMinor: row.amount_minor,
    vatBasisPoints: row.vat_basis_points,
    vatMinor: row.vat_minor,
  }));
}

/** The lines that an operation is about: as they are where it is all of them, else one piece of the part. */
export function linesOfParts(lines: readonly PaymentLine[], parts: readonly LinePart[]): PaymentLine[] {
  return parts.flatMap(({ lineNumber, amountMinor }) => {
    const line = lines.find((one) => one.reference === String(lineNumber));
    if (!line || line.amountMinor === amountMinor) return line ?? [];
    const vatMinor = vatIncluded(amountMinor, line.vatBasisPoints);
    return { ...line, quantity: 1, unitPriceMinor: amountMinor, amountMinor, vatMinor };
  });
}

export function vatOf(lines: readonly PaymentLine[]): number {
  return lines.reduce((sum, line) => sum + line.vatMinor, 0);
}
