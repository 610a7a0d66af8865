import { type Queryable, sql } from '../database/statement.ts';

const statement = sql(
  'orderCheckouts.find',
  `SELECT checkouts.attempt_id, checkouts.text_version, encode(checkouts.text_sha256, 'hex') AS text_sha256,
     checkouts.language, checkouts.payment_method, checkouts.amount_minor, checkouts.early_start,
     checkouts.pressed_at, texts.text
   FROM order_checkouts checkouts LEFT JOIN checkout_texts texts USING (publisher_id, text_sha256)
   WHERE checkouts.publisher_id = $1 AND checkouts.order_id = $2 ORDER BY checkout_id LIMIT 100`,
);

export type CheckoutRow = {
  attempt_id: number | null;
  text_version: string;
  text_sha256: string;
  language: string;
  payment_method: string | null;
  amount_minor: number;
  early_start: boolean;
  pressed_at: Date;
  text: string | null;
};

/** Each press of the button of our page, oldest first, with the words that the buyer had been shown. */
export function findCheckouts(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<CheckoutRow[]> {
  return database.query<CheckoutRow>(statement, [publisherId, orderId]);
}
