import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { wrongKeyError } from '../config/secrets.ts';
import type { SealedColumn } from '../database/reseal-column.ts';
import { sql } from '../database/statement.ts';
import type { Database, Transaction } from '../database/transaction.ts';
import { type SealingKeys, seal, unseal } from '../kit/seal.ts';

/** A private Ed25519 key as a JSON Web Key (RFC 8037). */
export type SigningJwk = {
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
  d: string;
  kid: string;
  alg: 'EdDSA';
  use: 'sig';
};

/** The installation's keys for tokens. All verify; one signs. */
export type SigningKeys = {
  signing: SigningJwk;
  all: readonly SigningJwk[];
  /** Public halves by key id. */
  publicKeys: ReadonlyMap<string, KeyObject>;
};

type Context = { database: Database; secrets: { sealing: SealingKeys } };
type KeyRow = { key_id: string; sealed: Buffer; is_ripe: boolean };

const purpose = 'oauth';

// A key signs a day after it was published, so that whoever caches our keys has it by then.
const list = sql(
  'sealedKeys.listOauth',
  `SELECT key_id, sealed, created_at <= (SELECT leveret_now()) - interval '24 hours' AS is_ripe
   FROM sealed_keys
   WHERE purpose = 'oauth' AND (retired_at IS NULL OR retired_at > (SELECT leveret_now()))
   ORDER BY created_at, key_id`,
);

const insert = sql(
  'sealedKeys.insertOauth',
  `INSERT INTO sealed_keys (key_id, purpose, sealed, created_at)
   VALUES ($1, 'oauth', $2, (SELECT leveret_now()))`,
);

// Two nodes that start at once would each make a first key.
const lock = sql('sealedKeys.lock', 'LOCK TABLE sealed_keys IN SHARE ROW EXCLUSIVE MODE');

/** Reads the keys, and makes the first one where there is none. Safe on several nodes at once. */
export async function provideSigningKeys(context: Context): Promise<SigningKeys> {
  const rows = await context.database.query<KeyRow>(list);
  if (rows.length > 0) return openKeys(context, rows);
  return context.database.transaction('make signing key', async (transaction) => {
    await transaction.query(lock);
    const found = await transaction.query<KeyRow>(list);
    if (found.length === 0) await addSigningKey(context, transaction);
    return openKeys(context, await transaction.query<KeyRow>(list));
  });
}

/** Adds a key that will sign after a day. Answers its id. */
export async function addSigningKey(
  context: Omit<Context, 'database'>,
  transaction: Transaction,
): Promise<string> {
  const kid = randomBytes(9).toString('base64url');
  const { x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  if (x === undefined || d === undefined) throw new Error('the key has no private half');
  const jwk: SigningJwk = { kty: 'OKP', crv: 'Ed25519', x, d, kid, alg: 'EdDSA', use: 'sig' };
  await transaction.query(insert, [
    kid,
    seal(context.secrets.sealing, place(kid), Buffer.from(JSON.stringify(jwk))),
  ]);
  return kid;
}

function openKeys(context: { secrets: { sealing: SealingKeys } }, rows: readonly KeyRow[]): SigningKeys {
  const keys = rows.map((row) => ({ jwk: openKey(context.secrets.sealing, row), isRipe: row.is_ripe }));
  const signing = keys.findLast((key) => key.isRipe) ?? keys[0];
  if (!signing) throw new Error('there is no signing key');
  const all = keys.map((key) => key.jwk);
  return { signing: signing.jwk, all, publicKeys: new Map(all.map((jwk) => [jwk.kid, publicHalf(jwk)])) };
}

function openKey(sealing: SealingKeys, row: KeyRow): SigningJwk {
  try {
    return JSON.parse(unseal(sealing, place(row.key_id), row.sealed).toString()) as SigningJwk;
  } catch (error) {
    throw wrongKeyError(error);
  }
}

function publicHalf({ kty, crv, x }: SigningJwk): KeyObject {
  return createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
}

/** The keys that sign tokens, as they are sealed anew. */
export const sealedSigningKeys: SealedColumn = {
  table: 'sealed_keys',
  column: 'sealed',
  where: "purpose = 'oauth'",
  key: { key_id: 'text' },
  placeOf: (row) => place(String(row['key_id'])),
};

function place(keyId: string): string {
  return `sealed_keys ${purpose} ${keyId}`;
}
