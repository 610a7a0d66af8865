import { sql } from '../database/statement.ts';
import type { Database } from '../database/transaction.ts';
import type { SealingKeys } from '../kit/seal.ts';
import { addSigningKey } from './signing-keys.ts';

// The new key signs after 24 hours; the last token of an old one is then good for 12 more.
const retire = sql(
  'sealedKeys.retireOauth',
  `UPDATE sealed_keys SET retired_at = (SELECT leveret_now()) + interval '37 hours'
   WHERE purpose = 'oauth' AND key_id <> $1
     AND (retired_at IS NULL OR retired_at > (SELECT leveret_now()) + interval '37 hours')`,
);

// For a key that somebody else may hold: the new one is then the only one, and signs at once.
const retireNow = sql(
  'sealedKeys.retireOauthNow',
  `UPDATE sealed_keys SET retired_at = (SELECT leveret_now())
   WHERE purpose = 'oauth' AND key_id <> $1 AND (retired_at IS NULL OR retired_at > (SELECT leveret_now()))`,
);

/**
 * Publishes another key for access tokens. It signs after a day, when whoever caches our keys has seen it;
 * the keys before it verify until the last token they signed has ended. With `now` it signs at once, and the
 * keys before it end with every token that they signed, on every node within five seconds. Answers the new
 * key's id.
 */
export async function rotateSigningKey(
  context: { database: Database; secrets: { sealing: SealingKeys } },
  when: 'in turn' | 'now' = 'in turn',
): Promise<string> {
  return context.database.transaction('rotate signing key', async (transaction) => {
    const keyId = await addSigningKey(context, transaction);
    await transaction.query(when === 'now' ? retireNow : retire, [keyId]);
    return keyId;
  });
}
