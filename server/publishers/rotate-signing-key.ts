import { sql } from '../database/statement.ts';
import type { Database } from '../database/transaction.ts';
import type { SealingKeys } from '../kit/seal.ts';
import { keyKinds } from './generate-signing-key.ts';
import { addSigningKey } from './signing-keys.ts';

// The new keys sign after 24 hours; the last token of an old one is then good for 12 more.
const retire = sql(
  'sealedKeys.retireOauth',
  `UPDATE sealed_keys SET retired_at = (SELECT leveret_now()) + interval '37 hours'
   WHERE purpose IN ('oauth', 'oauth-rs256') AND key_id <> ALL ($1::text[])
     AND (retired_at IS NULL OR retired_at > (SELECT leveret_now()) + interval '37 hours')`,
);

// For keys that somebody else may hold: the new ones are then the only ones, and sign at once.
const retireNow = sql(
  'sealedKeys.retireOauthNow',
  `UPDATE sealed_keys SET retired_at = (SELECT leveret_now())
   WHERE purpose IN ('oauth', 'oauth-rs256') AND key_id <> ALL ($1::text[])
     AND (retired_at IS NULL OR retired_at > (SELECT leveret_now()))`,
);

/**
 * Publishes another key of each algorithm. They sign after a day, when whoever caches our keys has seen them;
 * the keys before verify until the last token they signed has ended. With `now` they sign at once, and the
 * keys before end with every token that they signed, on every node within five seconds. Answers the ids of
 * the new keys, the one for access tokens first.
 */
export async function rotateSigningKey(
  context: { database: Database; secrets: { sealing: SealingKeys } },
  when: 'in turn' | 'now' = 'in turn',
): Promise<readonly string[]> {
  return context.database.transaction('rotate signing key', async (transaction) => {
    const keyIds: string[] = [];
    for (const { algorithm } of keyKinds) keyIds.push(await addSigningKey(context, transaction, algorithm));
    await transaction.query(when === 'now' ? retireNow : retire, [keyIds]);
    return keyIds;
  });
}
