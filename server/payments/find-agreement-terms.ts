import { type Queryable, sql } from '../database/statement.ts';
import type { AgreementTerms } from './port/payment-request.ts';

// As the catalogue tells it: an offer that says nothing of renewal renews at its own price and period.
const termsStatement = sql(
  'orderLines.findRenewalTerms',
  `SELECT lines.description,
     coalesce(coalesce(renewal_price_minor, price_minor) * quantity, amount_minor) AS amount_minor,
     coalesce(renewal_period_length, lines.period_length) AS period_length,
     coalesce(renewal_period_type, lines.period_type) AS period_type
   FROM order_lines lines LEFT JOIN offers ON offers.publisher_id = lines.publisher_id
     AND offers.offer_code = lines.offer_code AND offers.offer_number = lines.offer_number
   WHERE lines.publisher_id = $1 AND lines.order_id = $2
     AND lines.period_length IS NOT NULL AND lines.period_type IS NOT NULL
   ORDER BY line_number`,
);

type TermsRow = {
  description: string;
  amount_minor: number;
  period_length: number;
  period_type: 'days' | 'weeks' | 'months' | 'years';
};

export type RenewalTerms = Omit<AgreementTerms, 'manageUrl'>;

const units = { days: 'day', weeks: 'week', months: 'month', years: 'year' } as const;

/**
 * What the buyer of a recurring order agrees to pay later: the renewal of the first subscription, and of
 * those that renew as often. It may differ from what the first period costs. Nothing where nothing renews.
 */
export async function findAgreementTerms(
  database: Queryable,
  order: { publisher_id: number; order_id: number },
): Promise<RenewalTerms | undefined> {
  const rows = await database.query<TermsRow>(termsStatement, [order.publisher_id, order.order_id]);
  const [first] = rows;
  if (!first) return undefined;
  const { period_length: count, period_type: type } = first;
  const alike = rows.filter((row) => row.period_length === count && row.period_type === type);
  return {
    productName: [...first.description].slice(0, 45).join(''),
    amountMinor: alike.reduce((sum, row) => sum + row.amount_minor, 0),
    period: { unit: units[type], count },
  };
}
