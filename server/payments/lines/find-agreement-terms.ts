import { type Queryable, sql } from '../../database/statement.ts';
import type { Period } from '../port/payment-request.ts';
import { agreementTermsOf, periodOf, type RenewalTerms, type RenewingLine } from './agreement-terms.ts';

// As the catalogue tells it: an offer that says nothing of renewal renews at its own price and period.
const linesStatement = sql(
  'orderLines.findRenewing',
  `SELECT line_number AS "lineNumber", lines.description, lines.amount_minor AS "amountMinor",
     lines.period_length AS "periodLength", lines.period_type AS "periodType",
     coalesce(coalesce(renewal_price_minor, price_minor) * quantity, amount_minor) AS "renewalMinor",
     coalesce(renewal_period_length, lines.period_length) AS "renewalLength",
     coalesce(renewal_period_type, lines.period_type) AS "renewalType", least_term AS "leastTerm"
   FROM order_lines lines LEFT JOIN offers ON offers.publisher_id = lines.publisher_id
     AND offers.offer_code = lines.offer_code AND offers.offer_number = lines.offer_number
   WHERE lines.publisher_id = $1 AND lines.order_id = $2
     AND lines.period_length IS NOT NULL AND lines.period_type IS NOT NULL
   ORDER BY line_number`,
);

type OrderKey = { publisher_id: number; order_id: number };

type NumberedLine = RenewingLine & { lineNumber: number };

/** The lines of an order that renew, with what their renewal costs. */
export async function findRenewingLines(database: Queryable, order: OrderKey): Promise<NumberedLine[]> {
  type Row = Omit<NumberedLine, 'leastTerm'> & { leastTerm: number | null };
  const rows = await database.query<Row>(linesStatement, [order.publisher_id, order.order_id]);
  return rows.map((row) => ({ ...row, leastTerm: row.leastTerm ?? undefined }));
}

/** What is agreed on, and how often each line that renews is paid again, by its number. */
export type Renewals = { terms: RenewalTerms; periods: ReadonlyMap<number, Period> };

/** What the buyer of a recurring order agrees to pay later; nothing where nothing renews. */
export async function findAgreementTerms(
  database: Queryable,
  order: OrderKey,
): Promise<Renewals | undefined> {
  const lines = await findRenewingLines(database, order);
  const terms = agreementTermsOf(lines);
  if (!terms) return undefined;
  return { terms, periods: new Map(lines.map((line) => [line.lineNumber, periodOf(line)])) };
}
