import { randomBytes } from 'node:crypto';
import {
  deriveSecrets,
  type Passwords,
  type Secrets,
  sealingKeysOf,
  wrongKeyError,
} from '../config/secrets.ts';
import type { SealedColumn } from '../database/reseal-column.ts';
import { type Queryable, sql } from '../database/statement.ts';
import { type SealingKeys, seal, unseal } from '../kit/seal.ts';

const findRoot = sql('sealedKeys.findRoot', `SELECT sealed FROM sealed_keys WHERE key_id = 'root'`);

const isInUse = sql('sealedKeys.isInUse', 'SELECT EXISTS (SELECT FROM sealed_keys) AS is_in_use');

const insertRoot = sql(
  'sealedKeys.insertRoot',
  `INSERT INTO sealed_keys (key_id, purpose, sealed, created_at)
   VALUES ('root', 'root', $1, (SELECT leveret_now()))
   ON CONFLICT (key_id) DO NOTHING`,
);

const place = 'sealed_keys root';

/** The root of all that is looked up or given out, as it is sealed anew. */
export const sealedRoot: SealedColumn = {
  table: 'sealed_keys',
  column: 'sealed',
  where: "purpose = 'root'",
  key: { key_id: 'text' },
  placeOf: () => place,
};

/**
 * Derives every key from the installation's, newest first, and the root, which stands sealed in the database
 * and is made by the first node. It stays when the installation's keys are replaced, so that credentials are
 * found and addresses that were given out go on working.
 */
export async function provideSecrets(
  database: Queryable,
  installationKeys: readonly Buffer[],
  passwords: Passwords,
): Promise<Secrets> {
  const [oldest] = installationKeys.slice(-1);
  if (!oldest) throw new Error('there is no key of the installation');
  // What hashes is derived from the root, which is only being read here.
  const sealing = sealingKeysOf(installationKeys, oldest);
  const known = (await readRoot(database, sealing)) ?? (await makeRoot(database, sealing, oldest));
  return deriveSecrets(known, passwords, installationKeys);
}

/** A database from before there was a root derives everything from its only key, and keeps doing so. */
async function makeRoot(database: Queryable, sealing: SealingKeys, oldest: Buffer): Promise<Buffer> {
  const [found] = await database.query<{ is_in_use: boolean }>(isInUse);
  const root = found?.is_in_use ? oldest : randomBytes(32);
  await database.query(insertRoot, [seal(sealing, place, root)]);
  const kept = await readRoot(database, sealing);
  if (!kept) throw new Error('the root was neither made nor found');
  return kept;
}

async function readRoot(database: Queryable, sealing: SealingKeys): Promise<Buffer | undefined> {
  const [row] = await database.query<{ sealed: Buffer }>(findRoot);
  if (!row) return undefined;
  try {
    return unseal(sealing, place, row.sealed);
  } catch (error) {
    throw wrongKeyError(error);
  }
}
