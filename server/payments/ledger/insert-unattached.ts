import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { Currency } from '../../kit/money.ts';

const insertStatement = sql(
  'payments.insertUnattached',
  `INSERT INTO payments (publisher_id, purpose, amount_minor, currency, flow, window_ends_at, created_at)
   SELECT $1, 'order', $2, $3, 'browser', at + $4 * interval '1 minute', at
   FROM (SELECT (SELECT leveret_now()) AS at) clock RETURNING payment_id`,
);

type Unattached = { publisherId: number; amountMinor: number; currency: Currency; windowMinutes: number };

/** Writes a payment for an order that is not there yet; answers its id. */
export async function insertUnattached(transaction: Transaction, made: Unattached): Promise<number> {
  const { publisherId, amountMinor, currency, windowMinutes } = made;
  const values = [publisherId, amountMinor, currency, windowMinutes];
  const [row] = await transaction.query<{ payment_id: number }>(insertStatement, values);
  if (!row) throw new Error('the payment was not written');
  return row.payment_id;
}
