import { type Queryable, sql } from '../database/statement.ts';
import { credentialKey, parseCredential } from '../kit/credential.ts';
import type { ErasedGrant } from './customer.ts';
import type { Key, OrderFacts } from './decide-person.ts';
import { bytesOf, keyOf } from './find-person-orders.ts';

export type Known = {
  accountIds: readonly number[];
  vouched: ReadonlySet<Key>;
  /** Orders that the person paid for, and those of others that are tied to their account. */
  own: readonly OrderFacts[];
  given: readonly OrderFacts[];
  /** What the person has proven, and what the publisher was shown; as keys and as they are written. */
  sure: readonly Key[];
  contacts: readonly string[];
};

export type Whose = { publisherId: number; credentialHash: Buffer };

/** A row that may be theirs: what it hangs on, whom it names, and when it was written. */
export type Candidate = { orderId: number | undefined; keys: readonly Key[]; at: Date };

export type CandidateGrant = Pick<ErasedGrant, 'orderId' | 'lineNumber' | 'kind' | 'periodNumber'> & {
  accountId: number | undefined;
  mobileKey: Key | undefined;
  emailKey: Key | undefined;
  at: Date;
};

/** Every row that hangs on a person's orders, or names an address of theirs; each found by an index. */
export async function findCandidates(database: Queryable, whose: Whose, known: Known) {
  const { publisherId } = whose;
  const own = known.own.map(({ orderId }) => orderId);
  const both = [...own, ...known.given.map(({ orderId }) => orderId)];
  const byKeys = [publisherId, own, known.sure.map(bytesOf)];
  const links = await readLinks(database, byKeys);
  const linked = links.flatMap(({ orderId }) => orderId ?? []);
  const linkIds = links.map(({ linkId }) => linkId);
  return {
    receivers: await readReceivers(database, byKeys),
    links,
    messages: await readMessages(database, whose, [publisherId, own, known.contacts, linkIds]),
    withdrawals: await readWithdrawals(database, whose, [publisherId, both, known.contacts]),
    completions: await readCompletions(database, [publisherId, [...both, ...linked]]),
    grants: await readGrants(database, [...byKeys, known.accountIds]),
    tied: await readTied(database, publisherId, known),
  };
}

type Values = readonly unknown[];
const keysIn = (...keys: readonly (Buffer | null)[]) => keys.flatMap((key) => (key ? keyOf(key) : []));

function keysOfText({ publisherId, credentialHash }: Whose, text: string | null): Key[] {
  const credential = text === null ? undefined : parseCredential(text);
  return credential ? [keyOf(credentialKey(credentialHash, publisherId, credential))] : [];
}

type ReceiverRow = {
  order_id: number;
  line_number: number;
  mobile_key: Buffer | null;
  email_key: Buffer | null;
  registered_at: Date;
};
const findReceivers = sql(
  'orderParties.findReceiversOfPerson',
  `SELECT orders.order_id, line_number, mobile_key, email_key, registered_at FROM (
     SELECT order_id, line_number FROM order_parties WHERE order_id = ANY ($2::bigint[])
     UNION SELECT order_id, line_number FROM order_parties
       WHERE publisher_id = $1 AND mobile_key = ANY ($3::bytea[])
     UNION SELECT order_id, line_number FROM order_parties
       WHERE publisher_id = $1 AND email_key = ANY ($3::bytea[])) AS found
   JOIN order_parties USING (order_id, line_number) JOIN orders USING (order_id)
   WHERE orders.publisher_id = $1 AND line_number > 0 ORDER BY 1, 2`,
);

async function readReceivers(database: Queryable, values: Values) {
  const rows = await database.query<ReceiverRow>(findReceivers, values);
  return rows.map((row) => ({
    orderId: row.order_id,
    lineNumber: row.line_number,
    keys: keysIn(row.mobile_key, row.email_key),
    at: row.registered_at,
  }));
}

type LinkRow = { link_id: number; order_id: number | null; credential_key: Buffer; created_at: Date };
const findLinks = sql(
  'loginLinks.findOfPerson',
  `SELECT link_id, order_id, credential_key, created_at FROM (
     SELECT link_id FROM login_links WHERE order_id = ANY ($2::bigint[])
     UNION SELECT link_id FROM login_links
       WHERE publisher_id = $1 AND credential_key = ANY ($3::bytea[])) AS found
   JOIN login_links USING (link_id) WHERE publisher_id = $1 ORDER BY link_id`,
);

async function readLinks(database: Queryable, values: Values) {
  const rows = await database.query<LinkRow>(findLinks, values);
  return rows.map((row) => ({
    linkId: row.link_id,
    orderId: row.order_id ?? undefined,
    keys: keysIn(row.credential_key),
    at: row.created_at,
  }));
}

type MessageRow = {
  message_id: number;
  link_id: number | null;
  order_id: number | null;
  destination: string;
  created_at: Date;
};
const findMessages = sql(
  'messages.findOfPerson',
  `SELECT message_id, link_id, order_id, destination, created_at FROM (
     SELECT message_id FROM messages WHERE order_id = ANY ($2::bigint[])
     UNION SELECT message_id FROM messages WHERE publisher_id = $1 AND destination = ANY ($3::text[])
     UNION SELECT message_id FROM messages WHERE link_id = ANY ($4::bigint[])) AS found
   JOIN messages USING (message_id) WHERE publisher_id = $1 ORDER BY message_id`,
);

async function readMessages(database: Queryable, whose: Whose, values: Values) {
  const rows = await database.query<MessageRow>(findMessages, values);
  return rows.map((row) => ({
    messageId: row.message_id,
    linkId: row.link_id ?? undefined,
    orderId: row.order_id ?? undefined,
    keys: keysOfText(whose, row.destination),
    at: row.created_at,
  }));
}

type WithdrawalRow = {
  withdrawal_id: number;
  order_id: number | null;
  receipt_to: string | null;
  recorded_at: Date;
};
const findWithdrawals = sql(
  'withdrawals.findOfPerson',
  `SELECT withdrawal_id, order_id, receipt_to, recorded_at FROM (
     SELECT withdrawal_id FROM withdrawals WHERE order_id = ANY ($2::bigint[])
     UNION SELECT withdrawal_id FROM withdrawals
       WHERE publisher_id = $1 AND order_id IS NULL AND receipt_to = ANY ($3::text[])) AS found
   JOIN withdrawals USING (withdrawal_id) WHERE publisher_id = $1 ORDER BY withdrawal_id`,
);

async function readWithdrawals(database: Queryable, whose: Whose, values: Values) {
  const rows = await database.query<WithdrawalRow>(findWithdrawals, values);
  return rows.map((row) => ({
    withdrawalId: row.withdrawal_id,
    orderId: row.order_id ?? undefined,
    keys: keysOfText(whose, row.receipt_to),
    at: row.recorded_at,
  }));
}

type CompletionRow = { order_id: number; credential_key: Buffer | null; asked_at: Date };
const findCompletions = sql(
  'orderCompletions.findOfPerson',
  `SELECT order_id, credential_key, asked_at FROM order_completions
   WHERE publisher_id = $1 AND order_id = ANY ($2::bigint[]) ORDER BY order_id`,
);

async function readCompletions(database: Queryable, values: Values) {
  const rows = await database.query<CompletionRow>(findCompletions, values);
  return rows.map((row) => ({ orderId: row.order_id, keys: keysIn(row.credential_key), at: row.asked_at }));
}

type GrantRow = {
  order_id: number;
  line_number: number;
  kind: string;
  period_number: number;
  account_id: number | null;
  mobile_key: Buffer | null;
  email_key: Buffer | null;
  /** With its order; of one that was carried from elsewhere when it begins. */
  given_at: Date;
};
const grantKey = 'order_id, line_number, kind, period_number';
const findGrants = sql(
  'grants.findOfPerson',
  `SELECT ${grantKey}, grants.account_id, mobile_key, email_key,
     coalesce(registered_at, starts_at) AS given_at FROM (
     SELECT ${grantKey} FROM grants WHERE order_id = ANY ($2::bigint[])
     UNION SELECT ${grantKey} FROM grants WHERE account_id = ANY ($4::bigint[])
     UNION SELECT ${grantKey} FROM grants WHERE publisher_id = $1 AND mobile_key = ANY ($3::bytea[])
     UNION SELECT ${grantKey} FROM grants WHERE publisher_id = $1 AND email_key = ANY ($3::bytea[])) AS found
   JOIN grants USING (${grantKey}) LEFT JOIN orders USING (order_id)
   WHERE grants.publisher_id = $1 ORDER BY 1, 2, 3, 4`,
);

async function readGrants(database: Queryable, values: Values) {
  const rows = await database.query<GrantRow>(findGrants, values);
  return rows.map(
    (row): CandidateGrant => ({
      orderId: row.order_id,
      lineNumber: row.line_number,
      kind: row.kind,
      periodNumber: row.period_number,
      accountId: row.account_id ?? undefined,
      mobileKey: keysIn(row.mobile_key)[0],
      emailKey: keysIn(row.email_key)[0],
      at: row.given_at,
    }),
  );
}

type TiedRow = { account_id: number; credential_key: Buffer };
const findTied = sql(
  'credentials.findOfTied',
  `SELECT account_id, credential_key FROM credentials
   WHERE publisher_id = $1 AND account_id = ANY ($2::bigint[])`,
);

/** By order, the addresses of somebody else's account that an order they paid for is tied to. */
async function readTied(
  database: Queryable,
  publisherId: number,
  { own, accountIds }: Known,
): Promise<ReadonlyMap<number, readonly Key[]>> {
  const tiedTo = own.flatMap(({ accountId }) => accountId ?? []).filter((id) => !accountIds.includes(id));
  const rows = await database.query<TiedRow>(findTied, [publisherId, [...new Set(tiedTo)]]);
  const byAccount = Map.groupBy(rows, (row) => row.account_id);
  return new Map(
    own.flatMap(({ orderId, accountId }) => {
      const tied = accountId === undefined ? undefined : byAccount.get(accountId);
      return tied ? [[orderId, tied.map((row) => keyOf(row.credential_key))] as const] : [];
    }),
  );
}
