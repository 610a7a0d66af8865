import { type Queryable, sql } from '../database/statement.ts';
import type { OrderToPay } from './attempts-store.ts';
import type { AgreementTerms, PaymentLine, PaymentRequest } from './port/payment-request.ts';

const linesStatement = sql(
  'orderLines.toPay',
  `SELECT line_number, coalesce(offer_code || '/' || offer_number, product_code, issue_code, article_ref,
     spec_type) AS reference, description, quantity, amount_minor, vat_basis_points, vat_minor,
     period_length, period_type
   FROM order_lines WHERE publisher_id = $1 AND order_id = $2 ORDER BY line_number`,
);

type LineRow = {
  line_number: number;
  reference: string;
  description: string;
  quantity: number;
  amount_minor: number;
  vat_basis_points: number;
  vat_minor: number;
  period_length: number | null;
  period_type: 'days' | 'weeks' | 'months' | 'years' | null;
};

export type OrderContent = { lines: PaymentLine[]; vatMinor: number; terms: RenewalTerms | undefined };
type RenewalTerms = Omit<AgreementTerms, 'manageUrl'>;

/** What an order sells, as providers need it: lines that add up to the amount, their VAT, the period. */
export async function findOrderContent(
  database: Queryable,
  order: { publisher_id: number; order_id: number; amount_minor: number },
): Promise<OrderContent> {
  const rows = await database.query<LineRow>(linesStatement, [order.publisher_id, order.order_id]);
  const lines = rows.map(lineOf);
  return {
    lines,
    vatMinor: lines.reduce((sum, line) => sum + line.vatMinor, 0),
    terms: termsOf(rows, order),
  };
}

// Providers multiply price and quantity again; where that would not give the amount, the line is one piece.
function lineOf(row: LineRow): PaymentLine {
  const divides = row.amount_minor % row.quantity === 0;
  return {
    reference: row.reference,
    name: cut(row.description, 100),
    quantity: divides ? row.quantity : 1,
    unitPriceMinor: divides ? row.amount_minor / row.quantity : row.amount_minor,
    amountMinor: row.amount_minor,
    vatBasisPoints: row.vat_basis_points,
    vatMinor: row.vat_minor,
  };
}

const units = { days: 'day', weeks: 'week', months: 'month', years: 'year' } as const;

function termsOf(rows: readonly LineRow[], order: { amount_minor: number }): RenewalTerms | undefined {
  const line = rows.find((row) => row.period_type !== null && row.period_length !== null);
  if (!line?.period_type || !line.period_length) return undefined;
  return {
    productName: cut(line.description, 45),
    amountMinor: order.amount_minor,
    period: { unit: units[line.period_type], count: line.period_length },
  };
}

export type Addresses = { publicUrl: string };

/** The part of every request that follows from the order and the attempt. */
export function describePayment(
  { publicUrl }: Addresses,
  order: OrderToPay,
  content: OrderContent,
  attempt: { reference: string; noticeToken: string; adapter: string },
): PaymentRequest {
  const { terms } = content;
  return {
    reference: attempt.reference,
    amountMinor: order.amount_minor,
    vatMinor: content.vatMinor,
    currency: order.currency,
    description: cut(order.description ?? 'order', 50),
    lines: content.lines,
    mobile: order.mobile ?? undefined,
    email: order.email ?? undefined,
    country: order.country,
    language: order.locale,
    noticeUrl: `${publicUrl}/capi/notices/${attempt.adapter}/attempts/${attempt.noticeToken}`,
    agreement: order.recurring && terms ? { ...terms, manageUrl: `${publicUrl}/user/welcome` } : undefined,
  };
}

/** Where the buyer comes back to from the provider; it only leads to asking. */
export function returnAddress({ publicUrl }: Addresses, noticeToken: string): string {
  return `${publicUrl}/user/fulfillment/back/${noticeToken}`;
}

function cut(text: string, longest: number): string {
  return [...text].slice(0, longest).join('');
}
