import { writeAct } from '../../database/act-log.ts';
import { sql } from '../../database/statement.ts';
import type { Database } from '../../database/transaction.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import type { NewJob } from '../../kit/work-queue/work.ts';
import { enqueue } from '../../kit/work-queue/work-store.ts';
import { adaptersOf } from './find-method.ts';
import {
  lockMerchant,
  type MerchantKey,
  type MerchantRow,
  openMerchant,
  removeMerchant,
} from './merchants-store.ts';
import { unregistrationJobs } from './unregister-notices.ts';

// What is reserved and not yet taken or given up can only be moved with the merchant's settings, and what is
// on its way can only be carried out and asked about with them. What waits for a person does not hold them.
// Each part names its states as its index does.
const ofMerchant = 'publisher_id = $1 AND adapter = ANY ($2::text[]) AND merchant_id = $3';
const findUse = sql(
  'paymentAttempts.findUseOfMerchant',
  `SELECT 1 AS used FROM payment_attempts
   WHERE ${ofMerchant} AND state IN ('created', 'sent', 'pending', 'unknown')
   UNION ALL
   SELECT 1 FROM payment_attempts
   WHERE ${ofMerchant} AND authorized_minor > captured_minor + cancelled_minor
     AND coalesce(capture_before, created_at + interval '30 days') > (SELECT leveret_now())
   UNION ALL
   SELECT 1 FROM payment_attempts
   WHERE ${ofMerchant} AND order_id IS NULL AND state = 'secured'
     AND (authorized_minor > captured_minor + cancelled_minor OR captured_minor > refunded_minor)
   UNION ALL
   SELECT 1 FROM payment_operations operations JOIN payment_attempts USING (attempt_id, publisher_id)
   WHERE ${ofMerchant} AND operations.kind IN ('capture', 'cancel', 'refund')
     AND operations.state IN ('created', 'sent', 'unknown')
   LIMIT 1`,
);

type Context = { database: Database; secrets: { sealing: SealingKeys } };

/**
 * Forgets a merchant's settings, unless payments that were begun with them are still open or reserved, or a
 * capture, release or refund of theirs is under way. What
 * was registered for its notices ends at the provider afterwards, so that a lost call keeps no account.
 */
export function deleteMerchant(
  context: Context,
  key: MerchantKey,
): Promise<'deleted' | 'unknown' | 'in use'> {
  return context.database.transaction('delete-merchant', async (transaction) => {
    const row = await lockMerchant(transaction, key);
    if (!row) return 'unknown';
    const adapters = adaptersOf(key.account).map((method) => method.name);
    const used = await transaction.query(findUse, [key.publisherId, adapters, key.merchantId]);
    if (used.length > 0) return 'in use';
    await removeMerchant(transaction, key);
    const { publisherId, account, merchantId } = key;
    await writeAct(transaction, { publisherId, subjectId: `${account}/${merchantId}` });
    await enqueue(transaction, unregistering(context, key, row));
    return 'deleted';
  });
}

/** Secrets that no key opens cannot end a registration either. */
function unregistering({ secrets: { sealing } }: Context, key: MerchantKey, row: MerchantRow): NewJob[] {
  try {
    return unregistrationJobs(sealing, key, openMerchant(sealing, row));
  } catch {
    return [];
  }
}
