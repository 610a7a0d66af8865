import { type Queryable, sql } from '../database/statement.ts';
import { ChangedMeanwhile } from '../database/transaction.ts';
import { newUniqueUserId } from '../kit/ids.ts';
import type { CarriedAccount } from './carried-account.ts';
import type { AccountPlan, CredentialPlan } from './decide-carried-account.ts';

export type PlannedAccount = { carried: CarriedAccount; plan: AccountPlan };

const insertAccounts = sql(
  'accounts.insertCarried',
  `INSERT INTO accounts (publisher_id, unique_user_id, state, customer_number, password_hash, created_at)
   SELECT $1, given.id, given.state, given.number, given.hash,
     coalesce(given.created_at, (SELECT leveret_now()))
   FROM unnest($2::text[], $3::text[], $4::bigint[], $5::text[], $6::timestamptz[])
     AS given (id, state, number, hash, created_at)
   ORDER BY given.id ON CONFLICT (unique_user_id) DO NOTHING RETURNING account_id, unique_user_id`,
);

const changeAccounts = sql(
  'accounts.changeCarried',
  `UPDATE accounts SET state = given.state, customer_number = coalesce(given.number, customer_number),
     password_hash = coalesce(given.hash, password_hash)
   FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::text[]) AS given (id, state, number, hash)
   WHERE publisher_id = $1 AND account_id = given.id`,
);

const insertCredentials = sql(
  'credentials.insertCarried',
  `INSERT INTO credentials (publisher_id, credential_key, kind, credential, account_id, proven_at,
     last_proven_at, held_since, created_at)
   SELECT $1, given.key, given.kind, given.shown, given.account_id, given.proven_at, given.last_proven_at,
     given.held_since, (SELECT leveret_now())
   FROM unnest($2::bytea[], $3::text[], $4::text[], $5::bigint[], $6::timestamptz[], $7::timestamptz[],
     $8::timestamptz[]) AS given (key, kind, shown, account_id, proven_at, last_proven_at, held_since)
   ORDER BY given.key ON CONFLICT (publisher_id, credential_key) DO NOTHING RETURNING credential_key`,
);

const changeCredentials = sql(
  'credentials.changeCarried',
  `UPDATE credentials SET account_id = given.account_id, proven_at = coalesce(credentials.proven_at,
     given.proven_at), last_proven_at = given.last_proven_at
   FROM unnest($2::bytea[], $3::bigint[], $4::timestamptz[], $5::timestamptz[])
     AS given (key, account_id, proven_at, last_proven_at)
   WHERE credentials.publisher_id = $1 AND credentials.credential_key = given.key`,
);

/**
 * Writes what was decided under the locks of `findStandingAccounts`; answers the id of each. Throws
 * `ChangedMeanwhile` where somebody was quicker, so that the transaction begins anew.
 */
export async function writeCarriedAccounts(
  transaction: Queryable,
  publisherId: number,
  planned: readonly PlannedAccount[],
): Promise<number[]> {
  const ids = await writeAccounts(transaction, publisherId, planned);
  const credentials = planned.flatMap(({ plan }, index) =>
    plan.credentials.map((one): Placed => ({ ...one, accountId: ids[index] ?? 0 })),
  );
  await writeCredentials(transaction, publisherId, credentials);
  return ids;
}

async function writeAccounts(
  transaction: Queryable,
  publisherId: number,
  planned: readonly PlannedAccount[],
): Promise<number[]> {
  const given = planned.map(({ carried, plan }) => {
    return { ...carried, ...plan, uniqueUserId: carried.uniqueUserId ?? newUniqueUserId() };
  });
  const added = given.filter(({ accountId }) => accountId === undefined);
  const rows = await transaction.query<{ account_id: number; unique_user_id: string }>(insertAccounts, [
    publisherId,
    added.map(({ uniqueUserId }) => uniqueUserId),
    added.map(({ state }) => state),
    added.map(({ customerNumber }) => customerNumber ?? null),
    added.map(({ passwordHash }) => passwordHash ?? null),
    added.map(({ createdAt }) => createdAt?.toISOString() ?? null),
  ]);
  if (rows.length !== added.length) throw new ChangedMeanwhile('an account was made meanwhile');
  const changed = given.filter(({ isChanged }) => isChanged);
  if (changed.length > 0) {
    await transaction.query(changeAccounts, [
      publisherId,
      changed.map(({ accountId }) => accountId ?? null),
      changed.map(({ state }) => state),
      changed.map(({ customerNumber }) => customerNumber ?? null),
      changed.map(({ passwordHash }) => passwordHash ?? null),
    ]);
  }
  const made = new Map(rows.map((row) => [row.unique_user_id, row.account_id]));
  return given.map(({ accountId, uniqueUserId }) => accountId ?? made.get(uniqueUserId) ?? 0);
}

type Placed = CredentialPlan & { accountId: number };

async function writeCredentials(
  transaction: Queryable,
  publisherId: number,
  placed: readonly Placed[],
): Promise<void> {
  const moment = (date: Date | undefined) => date?.toISOString() ?? null;
  const added = placed.filter(({ does }) => does === 'add');
  const others = placed.filter(({ does }) => does !== 'add');
  const written = await transaction.query(insertCredentials, [
    publisherId,
    added.map(({ credential }) => credential.key),
    added.map(({ credential }) => credential.kind),
    added.map(({ credential }) => credential.shown),
    added.map(({ accountId }) => accountId),
    added.map(({ credential }) => moment(credential.provenAt)),
    added.map(({ credential }) => moment(credential.lastProvenAt)),
    added.map(({ credential }) => moment(credential.heldSince)),
  ]);
  if (written.length !== added.length) throw new ChangedMeanwhile('a credential was taken meanwhile');
  if (others.length === 0) return;
  await transaction.query(changeCredentials, [
    publisherId,
    others.map(({ credential }) => credential.key),
    others.map(({ accountId }) => accountId),
    others.map(({ credential }) => moment(credential.provenAt)),
    others.map(({ credential }) => moment(credential.lastProvenAt)),
  ]);
}
