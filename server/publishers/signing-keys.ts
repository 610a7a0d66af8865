import { createPublicKey, type KeyObject } from 'node:crypto';
import { wrongKeyError } from '../config/secrets.ts';
import type { SealedColumn } from '../database/reseal-column.ts';
import { sql } from '../database/statement.ts';
import type { Database, Transaction } from '../database/transaction.ts';
import { type SealingKeys, seal, unseal } from '../kit/seal.ts';
import {
  generateSigningKey,
  keyKinds,
  type SigningAlgorithm,
  type SigningJwk,
} from './generate-signing-key.ts';

/** The installation's keys for tokens. All verify; one of each algorithm signs. */
export type SigningKeys = {
  /** Signs access tokens, and the id_tokens of clients that ask for EdDSA. */
  signing: SigningJwk;
  /** Of each algorithm the one that signs comes first: whoever signs by an algorithm alone takes that. */
  all: readonly SigningJwk[];
  /** Public halves of the keys for access tokens, by key id. */
  publicKeys: ReadonlyMap<string, KeyObject>;
  /** Public halves of all keys, by key id. */
  idTokenKeys: ReadonlyMap<string, { algorithm: SigningAlgorithm; key: KeyObject }>;
};

type Context = { database: Database; secrets: { sealing: SealingKeys } };
type KeyRow = { key_id: string; purpose: string; sealed: Buffer; is_ripe: boolean };

// A key signs a day after it was published, so that whoever caches our keys has it by then.
const list = sql(
  'sealedKeys.listOauth',
  `SELECT key_id, purpose, sealed, created_at <= (SELECT leveret_now()) - interval '24 hours' AS is_ripe
   FROM sealed_keys
   WHERE purpose IN ('oauth', 'oauth-rs256') AND (retired_at IS NULL OR retired_at > (SELECT leveret_now()))
   ORDER BY created_at, key_id`,
);

const insert = sql(
  'sealedKeys.insertOauth',
  `INSERT INTO sealed_keys (key_id, purpose, sealed, created_at)
   VALUES ($1, $2, $3, (SELECT leveret_now()))`,
);

// Two nodes that start at once would each make a first key.
const lock = sql('sealedKeys.lock', 'LOCK TABLE sealed_keys IN SHARE ROW EXCLUSIVE MODE');

/** Reads the keys, and makes the first one of an algorithm that has none. Safe on several nodes at once. */
export async function provideSigningKeys(context: Context): Promise<SigningKeys> {
  const rows = await context.database.query<KeyRow>(list);
  if (lacking(rows).length === 0) return openKeys(context, rows);
  return context.database.transaction('make signing keys', async (transaction) => {
    await transaction.query(lock);
    for (const algorithm of lacking(await transaction.query<KeyRow>(list))) {
      await addSigningKey(context, transaction, algorithm);
    }
    return openKeys(context, await transaction.query<KeyRow>(list));
  });
}

function lacking(rows: readonly KeyRow[]): SigningAlgorithm[] {
  return keyKinds
    .filter(({ purpose }) => rows.every((row) => row.purpose !== purpose))
    .map(({ algorithm }) => algorithm);
}

/** Adds a key that will sign after a day. Answers its id. */
export async function addSigningKey(
  context: Omit<Context, 'database'>,
  transaction: Transaction,
  algorithm: SigningAlgorithm,
): Promise<string> {
  const { jwk, purpose } = await generateSigningKey(algorithm);
  const sealed = seal(context.secrets.sealing, place(purpose, jwk.kid), Buffer.from(JSON.stringify(jwk)));
  await transaction.query(insert, [jwk.kid, purpose, sealed]);
  return jwk.kid;
}

function openKeys(context: { secrets: { sealing: SealingKeys } }, rows: readonly KeyRow[]): SigningKeys {
  const keys = rows.map((row) => ({ jwk: openKey(context.secrets.sealing, row), isRipe: row.is_ripe }));
  const ordered = keyKinds.map(({ algorithm }) => {
    const own = keys.filter(({ jwk }) => jwk.alg === algorithm);
    const signing = own.findLast((key) => key.isRipe) ?? own[0];
    if (!signing) throw new Error(`there is no signing key for ${algorithm}`);
    return [signing, ...own.filter((key) => key !== signing)].map(({ jwk }) => jwk);
  });
  const [forAccess = []] = ordered;
  const [signing] = forAccess;
  if (!signing) throw new Error('there is no signing key');
  const all = ordered.flat();
  return {
    signing,
    all,
    publicKeys: new Map(forAccess.map((jwk) => [jwk.kid, publicHalf(jwk)])),
    idTokenKeys: new Map(all.map((jwk) => [jwk.kid, { algorithm: jwk.alg, key: publicHalf(jwk) }])),
  };
}

function openKey(sealing: SealingKeys, row: KeyRow): SigningJwk {
  try {
    return JSON.parse(unseal(sealing, place(row.purpose, row.key_id), row.sealed).toString()) as SigningJwk;
  } catch (error) {
    throw wrongKeyError(error);
  }
}

function publicHalf(jwk: SigningJwk): KeyObject {
  const key =
    jwk.kty === 'OKP' ? { kty: jwk.kty, crv: jwk.crv, x: jwk.x } : { kty: jwk.kty, n: jwk.n, e: jwk.e };
  return createPublicKey({ key, format: 'jwk' });
}

/** The keys that sign tokens, as they are sealed anew. */
export const sealedSigningKeys: SealedColumn = {
  table: 'sealed_keys',
  column: 'sealed',
  where: "purpose IN ('oauth', 'oauth-rs256')",
  key: { key_id: 'text', purpose: 'text' },
  placeOf: (row) => place(String(row['purpose']), String(row['key_id'])),
};

function place(purpose: string, keyId: string): string {
  return `sealed_keys ${purpose} ${keyId}`;
}
