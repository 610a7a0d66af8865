import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { newUniqueUserId } from '../kit/ids.ts';
import type { AccountState } from './account.ts';

export type AccountRow = {
  account_id: number;
  unique_user_id: string;
  state: AccountState;
  is_password_set: boolean;
};

export type NewCredential = {
  publisherId: number;
  key: Buffer;
  kind: 'email' | 'mobile';
  credential: string;
};

const findByCredentialStatement = sql(
  'accounts.findByCredential',
  `SELECT account_id, unique_user_id, state, password_hash IS NOT NULL AS is_password_set
   FROM credentials JOIN accounts USING (account_id)
   WHERE credentials.publisher_id = $1 AND credential_key = $2
     AND (proven_at IS NOT NULL OR state <> 'active')`,
);

/**
 * The account that a credential stands for. An active account that has not proven the credential does not
 * count: somebody may have put another person's address there.
 */
async function findAccountByCredential(
  database: Queryable,
  publisherId: number,
  key: Buffer,
): Promise<AccountRow | undefined> {
  const [row] = await database.query<AccountRow>(findByCredentialStatement, [publisherId, key]);
  return row;
}

const lockCredential = sql(
  'accounts.lockCredential',
  `SELECT pg_advisory_xact_lock($1, hashtext(encode($2::bytea, 'hex')))`,
);
const insertAccount = sql(
  'accounts.insertPending',
  `INSERT INTO accounts (publisher_id, unique_user_id, state, created_at)
   VALUES ($1, $2, 'pending', (SELECT leveret_now())) RETURNING account_id`,
);
const insertCredential = sql(
  'credentials.put',
  `INSERT INTO credentials (publisher_id, credential_key, kind, credential, account_id, created_at)
   VALUES ($1, $2, $3, $4, $5, (SELECT leveret_now()))
   ON CONFLICT (publisher_id, credential_key) DO UPDATE
   SET account_id = excluded.account_id, credential = excluded.credential, created_at = excluded.created_at
   WHERE credentials.proven_at IS NULL
   RETURNING account_id`,
);

/**
 * The account of a credential, made as pending where there is none. A credential has at most one account;
 * callers of the same credential wait for each other.
 */
export async function ensureAccount(
  transaction: Transaction,
  wanted: NewCredential,
): Promise<AccountRow & { isNew: boolean }> {
  const known = await findAccountByCredential(transaction, wanted.publisherId, wanted.key);
  if (known) return { ...known, isNew: false };
  await transaction.query(lockCredential, [wanted.publisherId, wanted.key]);
  const made = await findAccountByCredential(transaction, wanted.publisherId, wanted.key);
  if (made) return { ...made, isNew: false };
  const uniqueUserId = newUniqueUserId();
  const [row] = await transaction.query<{ account_id: number }>(insertAccount, [
    wanted.publisherId,
    uniqueUserId,
  ]);
  if (!row) throw new Error('the account was not written');
  const values = [wanted.publisherId, wanted.key, wanted.kind, wanted.credential, row.account_id];
  const written = await transaction.query(insertCredential, values);
  if (written.length !== 1) throw new Error('the credential belongs to another account');
  return {
    account_id: row.account_id,
    unique_user_id: uniqueUserId,
    state: 'pending',
    is_password_set: false,
    isNew: true,
  };
}

const proveStatement = sql(
  'credentials.prove',
  `WITH proven AS (
     UPDATE credentials SET proven_at = coalesce(proven_at, (SELECT leveret_now())),
       last_proven_at = (SELECT leveret_now())
     WHERE publisher_id = $1 AND credential_key = $2 RETURNING account_id)
   UPDATE accounts SET state = 'active' FROM proven
   WHERE accounts.account_id = proven.account_id AND accounts.state = 'pending'`,
);

/** Marks a credential as proven now and makes its pending account active; its `uniqueUserId` stays. */
export async function markProven(transaction: Transaction, publisherId: number, key: Buffer): Promise<void> {
  await transaction.query(proveStatement, [publisherId, key]);
}
