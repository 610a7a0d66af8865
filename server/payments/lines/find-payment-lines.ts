import { type Queryable, sql } from '../../database/statement.ts';
import { cutText } from '../../kit/cut-text.ts';
import { vatIncluded } from '../../kit/money.ts';
import type { LinePart } from '../payment.ts';
import type { PaymentLine } from '../port/payment-request.ts';
import type { RenewalTerms } from './agreement-terms.ts';
import { findAgreementTerms } from './find-agreement-terms.ts';

const linesStatement = sql(
  'orderLines.toPay',
  `SELECT line_number, description, quantity, amount_minor, vat_basis_points, vat_minor
   FROM order_lines WHERE publisher_id = $1 AND order_id = $2 ORDER BY line_number`,
);

type LineRow = {
  line_number: number;
  description: string;
  quantity: number;
  amount_minor: number;
  vat_basis_points: number;
  vat_minor: number;
};

/** The same lines as one value, beside what else is read of the table `orders`; empty where there is none. */
export function linesAsJson(orders: string): string {
  return `(SELECT coalesce(json_agg(json_build_object('line_number', line_number, 'description', description,
       'quantity', quantity, 'amount_minor', amount_minor, 'vat_basis_points', vat_basis_points,
       'vat_minor', vat_minor) ORDER BY line_number), '[]')
     FROM order_lines WHERE order_lines.order_id = ${orders}.order_id)`;
}

export type OrderContent = { lines: PaymentLine[]; vatMinor: number; terms: RenewalTerms | undefined };

/** What an order sells, as providers need it: lines that add up to the amount, their VAT, and what recurs. */
export async function findOrderContent(
  database: Queryable,
  order: { publisher_id: number; order_id: number; recurring: boolean },
): Promise<OrderContent> {
  const rows = await database.query<LineRow>(linesStatement, [order.publisher_id, order.order_id]);
  const renewals = order.recurring ? await findAgreementTerms(database, order) : undefined;
  const lines = rows.map((row) => {
    const renewsEvery = renewals?.periods.get(row.line_number);
    return { ...lineOf(row), ...(renewsEvery && { renewsEvery }) };
  });
  return { lines, vatMinor: vatOf(lines), terms: renewals?.terms };
}

/** The lines of an order as providers are told of them; a line's reference is its number. */
export async function findPaymentLines(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<PaymentLine[]> {
  return linesToPay(await database.query<LineRow>(linesStatement, [publisherId, orderId]));
}

export function linesToPay(rows: readonly LineRow[]): PaymentLine[] {
  return rows.map(lineOf);
}

// Providers multiply price and quantity again; where that would not give the amount, the line is one piece.
function lineOf(row: LineRow): PaymentLine {
  const divides = row.amount_minor % row.quantity === 0;
  return {
    reference: String(row.line_number),
    name: cutText(row.description, 100),
    quantity: divides ? row.quantity : 1,
    unitPriceMinor: divides ? row.amount_minor / row.quantity : row.amount_minor,
    amountMinor: row.amount_minor,
    vatBasisPoints: row.vat_basis_points,
    vatMinor: row.vat_minor,
  };
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
