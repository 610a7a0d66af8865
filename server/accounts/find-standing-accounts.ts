import { type Queryable, sql } from '../database/statement.ts';
import type { AccountState } from './account.ts';
import type { CarriedAccount } from './carried-account.ts';
import type { StandingAccount, StandingCredential, StandingOfAccount } from './decide-carried-account.ts';

// Of another publisher too, since no two accounts of an installation have the same.
const lockById = sql(
  'accounts.lockByUniqueIds',
  `SELECT account_id, publisher_id, unique_user_id, state, customer_number, password_hash
   FROM accounts WHERE unique_user_id = ANY ($1::text[]) ORDER BY account_id FOR UPDATE`,
);

const lockByCredential = sql(
  'credentials.lockMany',
  `SELECT credential_key, proven_at, coalesce(last_proven_at, proven_at) AS last_proven_at,
     accounts.account_id, accounts.publisher_id, unique_user_id, state, customer_number, password_hash
   FROM credentials JOIN accounts ON accounts.account_id = credentials.account_id
   WHERE credentials.publisher_id = $1 AND credential_key = ANY ($2::bytea[])
   ORDER BY accounts.account_id, credential_key FOR UPDATE`,
);

type AccountRow = {
  account_id: number;
  publisher_id: number;
  unique_user_id: string;
  state: AccountState;
  customer_number: number | null;
  password_hash: string | null;
};
type CredentialRow = AccountRow & {
  credential_key: Buffer;
  proven_at: Date | null;
  last_proven_at: Date | null;
};

/** What stands here of each account of a file, locked until the end of the transaction. */
export async function findStandingAccounts(
  transaction: Queryable,
  publisherId: number,
  carried: readonly CarriedAccount[],
): Promise<StandingOfAccount[]> {
  const ids = carried.flatMap(({ uniqueUserId }) => uniqueUserId ?? []);
  const keys = carried.flatMap(({ credentials }) => credentials.map(({ key }) => key));
  const found = await transaction.query<AccountRow>(lockById, [ids]);
  const held = await transaction.query<CredentialRow>(lockByCredential, [publisherId, keys]);
  const byId = new Map(found.map((row) => [row.unique_user_id, row]));
  const byKey = new Map(held.map((row) => [row.credential_key.toString('hex'), row]));
  return carried.map(({ uniqueUserId, credentials }) => {
    const row = uniqueUserId === undefined ? undefined : byId.get(uniqueUserId);
    const isForeign = row !== undefined && row.publisher_id !== publisherId;
    return {
      byId: isForeign ? 'another publisher' : row && toAccount(row),
      byCredential: credentials.map(({ key }) => toCredential(byKey.get(key.toString('hex')))),
    };
  });
}

function toAccount(row: AccountRow): StandingAccount {
  return {
    accountId: row.account_id,
    state: row.state,
    customerNumber: row.customer_number ?? undefined,
    passwordHash: row.password_hash ?? undefined,
  };
}

function toCredential(row: CredentialRow | undefined): StandingCredential | undefined {
  if (!row) return undefined;
  const { proven_at: provenAt, last_proven_at: lastProvenAt } = row;
  return {
    account: toAccount(row),
    provenAt: provenAt ?? undefined,
    lastProvenAt: lastProvenAt ?? undefined,
  };
}
