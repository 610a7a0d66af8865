import type { Secrets } from '../config/secrets.ts';
import type { SealedColumn } from '../database/reseal-column.ts';
import { type Queryable, sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { newPrefixedId } from '../kit/ids.ts';
import { type SealingKeys, seal, unseal } from '../kit/seal.ts';
import { secretOverlapSeconds } from './callback.ts';
import { createWebhookSecret } from './webhook-secret.ts';

/** A secret that signs a publisher's legacy callbacks; `keyId` is their `lv_kid`. */
export type CallbackKey = { keyId: string; secret: string; createdAt: Date; retiresAt: Date | null };

type KeyRow = { key_id: string; sealed: Buffer; created_at: Date; retired_at: Date | null };

const findKeys = sql(
  'callbackKeys.find',
  `SELECT key_id, sealed, created_at, retired_at FROM sealed_keys
   WHERE purpose = 'callback' AND publisher_id = $1
     AND (retired_at IS NULL OR retired_at > (SELECT leveret_now()))
   ORDER BY created_at DESC, key_id DESC`,
);

const insertKey = sql(
  'callbackKeys.insert',
  `INSERT INTO sealed_keys (key_id, purpose, publisher_id, sealed, created_at)
   VALUES ($1, 'callback', $2, $3, (SELECT leveret_now())) ON CONFLICT (key_id) DO NOTHING`,
);

const retireOthers = sql(
  'callbackKeys.retireOthers',
  `UPDATE sealed_keys SET retired_at = (SELECT leveret_now()) + $3 * interval '1 second'
   WHERE purpose = 'callback' AND publisher_id = $1 AND key_id <> $2 AND retired_at IS NULL`,
);

/**
 * The keys that sign now, newest first; the first one is made when it is first needed, by whoever comes
 * first.
 */
export async function findCallbackKeys(
  context: { database: Queryable; secrets: Pick<Secrets, 'sealing'> },
  publisherId: number,
): Promise<CallbackKey[]> {
  const sealing = context.secrets.sealing;
  const found = await context.database.query<KeyRow>(findKeys, [publisherId]);
  if (found.length > 0) return found.map((row) => openKey(sealing, row));
  await writeKey(context.database, sealing, publisherId, `cb_${publisherId}_1`);
  const made = await context.database.query<KeyRow>(findKeys, [publisherId]);
  if (made.length === 0) throw new Error(`publisher ${publisherId} has no key to sign callbacks with`);
  return made.map((row) => openKey(sealing, row));
}

/** Makes a new key and answers the keys that sign now; the former ones sign beside it for a day. */
export async function rotateCallbackKey(
  context: { secrets: Pick<Secrets, 'sealing'> },
  transaction: Transaction,
  publisherId: number,
): Promise<CallbackKey[]> {
  const within = { database: transaction, secrets: context.secrets };
  await findCallbackKeys(within, publisherId);
  const keyId = newPrefixedId(`cb_${publisherId}`);
  await writeKey(transaction, context.secrets.sealing, publisherId, keyId);
  await transaction.query(retireOthers, [publisherId, keyId, secretOverlapSeconds]);
  return findCallbackKeys(within, publisherId);
}

async function writeKey(
  database: Queryable,
  sealing: SealingKeys,
  publisherId: number,
  keyId: string,
): Promise<void> {
  const sealed = seal(sealing, placeOf(keyId), Buffer.from(createWebhookSecret()));
  await database.query(insertKey, [keyId, publisherId, sealed]);
}

function openKey(sealing: SealingKeys, row: KeyRow): CallbackKey {
  return {
    keyId: row.key_id,
    secret: unseal(sealing, placeOf(row.key_id), row.sealed).toString(),
    createdAt: row.created_at,
    retiresAt: row.retired_at,
  };
}

/** The keys that sign callbacks, as they are sealed anew. */
export const sealedCallbackKeys: SealedColumn = {
  table: 'sealed_keys',
  column: 'sealed',
  where: "purpose = 'callback'",
  key: { key_id: 'text' },
  placeOf: (row) => placeOf(String(row['key_id'])),
};

function placeOf(keyId: string): string {
  return `sealed_keys.sealed ${keyId}`;
}
