import { type Queryable, sql } from '../database/statement.ts';
import type { Confirmation } from '../payments/browser-payment.ts';
import type { Agreed, Shown } from './visit.ts';

const keepStatement = sql(
  'checkoutTexts.keep',
  `INSERT INTO checkout_texts (publisher_id, text_sha256, text) VALUES ($1, decode($2, 'hex'), $3)
   ON CONFLICT DO NOTHING`,
);

/**
 * Keeps the words that a buyer has agreed to, each once, before anything follows from the button. Answers
 * what is kept with the order.
 */
export async function keepCheckoutText(
  database: Queryable,
  publisherId: number,
  { text, textVersion, textSha256, language }: Shown,
  { earlyStart }: Agreed,
): Promise<Confirmation> {
  await database.query(keepStatement, [publisherId, textSha256, text]);
  return { textVersion, textSha256, language, earlyStart };
}
