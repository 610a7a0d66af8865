import { sql } from '../database/statement.ts';
import type { Database } from '../database/transaction.ts';
import { adaptersOf } from './find-method.ts';
import { lockMerchant, type MerchantKey, removeMerchant } from './merchants-store.ts';

// What is reserved and not yet taken or given up can only be moved with the merchant's settings.
const findUse = sql(
  'paymentAttempts.findUseOfMerchant',
  `SELECT 1 AS used FROM payment_attempts
   WHERE publisher_id = $1 AND adapter = ANY ($2::text[]) AND merchant_id = $3
     AND (state IN ('created', 'sent', 'pending', 'unknown')
       OR (authorized_minor > captured_minor + cancelled_minor
         AND coalesce(capture_before, created_at + interval '30 days') > leveret_now()))
   UNION ALL
   SELECT 1 FROM page_payments
   WHERE publisher_id = $1 AND adapter = ANY ($2::text[]) AND merchant_id = $3
     AND state IN ('open', 'secured', 'giving_back')
   LIMIT 1`,
);

/** Forgets a merchant's settings, unless payments that were begun with them are still open or reserved. */
export function deleteMerchant(
  context: { database: Database },
  key: MerchantKey,
): Promise<'deleted' | 'unknown' | 'in use'> {
  return context.database.transaction('delete-merchant', async (transaction) => {
    if (!(await lockMerchant(transaction, key))) return 'unknown';
    const adapters = adaptersOf(key.account).map((method) => method.name);
    const used = await transaction.query(findUse, [key.publisherId, adapters, key.merchantId]);
    if (used.length > 0) return 'in use';
    await removeMerchant(transaction, key);
    return 'deleted';
  });
}
