import { type Queryable, sql } from '../database/statement.ts';
import { credentialKey, parseCredential } from '../kit/credential.ts';
import type { ErasedGrant, ErasedPerson } from './customer.ts';
import { isTheirs, type Key, type NamedKey, nameKey, type OrderFacts, type Person } from './decide-person.ts';
import { bytesOf, findProvers, keyOf } from './find-person-orders.ts';

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

type Whose = { publisherId: number; credentialHash: Buffer };
type Rows = Omit<ErasedPerson, 'accountIds' | 'customerNumbers' | 'orderIds' | 'givenOrderIds'>;

/** A row that may be theirs: what it hangs on, whom it names, and when it was written. */
type Candidate = { orderId: number | undefined; keys: readonly Key[]; at: Date };

/**
 * Every row of every room that is a person's, by its id: rooms forget these, and an export tells them. `shared`
 * are orders they paid for on which somebody else is named.
 */
export async function findPersonRows(
  database: Queryable,
  whose: Whose,
  known: Known,
): Promise<Rows & { shared: ReadonlySet<number> }> {
  const found = await findCandidates(database, whose, known);
  const { receivers, links, messages, withdrawals, completions, grants, tied } = found;
  const named = [receivers, links, messages, withdrawals, completions, grants].flat();
  const typed = known.own.flatMap(({ payerKeys }) => payerKeys);
  const provers = await findProvers(database, whose.publisherId, [
    ...named.flatMap(({ keys }) => keys),
    ...typed,
    ...[...tied.values()].flat(),
  ]);
  const nameAll = ({ keys, at }: Candidate): NamedKey[] => keys.map((key) => nameKey(provers, key, at));
  const accountIds = new Set(known.accountIds);
  const theirs = new Set([...typed, ...known.vouched]);
  const isAnothersKey = (key: Key, at: Date) => {
    const { provenBy } = nameKey(provers, key, at);
    return provenBy === undefined ? !theirs.has(key) : !accountIds.has(provenBy);
  };
  const received = Map.groupBy(receivers, ({ orderId }) => orderId);
  const orders = new Map(
    known.own.map((order) => {
      const others = [
        ...(order.namedKey !== undefined && !order.isCorrected ? [order.namedKey] : []),
        ...(received.get(order.orderId) ?? []).flatMap(({ keys }) => keys),
        ...(tied.get(order.orderId) ?? []),
      ].filter((key) => isAnothersKey(key, order.registeredAt));
      return [order.orderId, { others: new Set(others) }] as const;
    }),
  );
  const person: Person = { accountIds, vouched: known.vouched, orders };
  const isOfThem = (row: Candidate) => isTheirs({ orderId: row.orderId, keys: nameAll(row) }, person);
  const linkIds = new Set(links.filter(isOfThem).map(({ linkId }) => linkId));
  const isMessageOfThem = (row: (typeof messages)[number]) =>
    row.linkId === undefined ? isOfThem(row) : linkIds.has(row.linkId);
  const isUnproven = (key: Key) => provers.get(key) === undefined;
  return {
    linkIds: [...linkIds],
    messageIds: messages.filter(isMessageOfThem).map(({ messageId }) => messageId),
    withdrawalIds: withdrawals.filter(isOfThem).map(({ withdrawalId }) => withdrawalId),
    completionOrderIds: completions.filter(isOfThem).flatMap(({ orderId }) => orderId ?? []),
    parties: [
      ...known.own.map(({ orderId }) => ({ orderId, lineNumber: 0 })),
      ...receivers.filter(isOfThem).flatMap(({ orderId, lineNumber }) =>
        orderId === undefined ? [] : { orderId, lineNumber },
      ),
    ],
    grants: grants.flatMap((grant) => forgottenOf(grant, person, isOfThem)),
    keys: [...new Set([...known.sure, ...typed.filter(isUnproven)])].map(bytesOf),
    shared: new Set(
      [...orders]
        .filter(([orderId, { others }]) => others.size > 0 || (tied.get(orderId) ?? []).length > 0)
        .map(([orderId]) => orderId),
    ),
  };
}

type Grant = Candidate & Pick<ErasedGrant, 'lineNumber' | 'kind' | 'periodNumber'> & {
    accountId: number | undefined;
    mobileKey: Key | undefined;
    emailKey: Key | undefined;
  };

/** A grant of an account is that account's; one that waits at addresses is of whoever has each of them. */
function forgottenOf(
  grant: Grant,
  { accountIds }: Person,
  isOfThem: (row: Candidate) => boolean,
): ErasedGrant[] {
  const { orderId, lineNumber, kind, periodNumber, accountId, at } = grant;
  if (orderId === undefined) return [];
  const place = { orderId, lineNumber, kind, periodNumber };
  if (accountId !== undefined)
    return accountIds.has(accountId) ? [{ ...place, ofMobile: true, ofEmail: true }] : [];
  const isOf = (key: Key | undefined) => key !== undefined && isOfThem({ orderId, keys: [key], at });
  const [ofMobile, ofEmail] = [isOf(grant.mobileKey), isOf(grant.emailKey)];
  return ofMobile || ofEmail ? [{ ...place, ofMobile, ofEmail }] : [];
}

const keysIn = (...keys: readonly (Buffer | null)[]) => keys.flatMap((key) => (key ? keyOf(key) : []));

async function findCandidates(database: Queryable, whose: Whose, known: Known) {
  const { publisherId } = whose;
  const own = known.own.map(({ orderId }) => orderId);
  const both = [...own, ...known.given.map(({ orderId }) => orderId)];
  const sure = known.sure.map(bytesOf);
  const accounts = known.accountIds;
  const tiedTo = known.own.flatMap(({ accountId }) =>
    accountId === undefined || accounts.includes(accountId) ? [] : accountId,
  );
  const keyWritten = (text: string | null) => keyOfText(whose, text);
  const byKeys = [publisherId, own, sure] as const;
  const receivers = await database.query<ReceiverRow>(findReceivers, byKeys);
  const links = await database.query<LinkRow>(findLinks, byKeys);
  const linkIds = links.map((row) => row.link_id);
  const values = [publisherId, own, known.contacts, linkIds];
  const messages = await database.query<MessageRow>(findMessages, values);
  const withdrawals = await database.query<WithdrawalRow>(findWithdrawals, [publisherId, both, known.contacts]);
  const completions = await database.query<CompletionRow>(findCompletions, [publisherId, both]);
  const grants = await database.query<GrantRow>(findGrants, [...byKeys, accounts]);
  const tied = await database.query<TiedRow>(findTied, [publisherId, tiedTo]);
  const keysOfTied = Map.groupBy(tied, (row) => row.account_id);
  return {
    receivers: receivers.map((row) => ({
      orderId: row.order_id,
      lineNumber: row.line_number,
      keys: keysIn(row.mobile_key, row.email_key),
      at: row.registered_at,
    })),
    links: links.map((row) => ({
      linkId: row.link_id,
      orderId: row.order_id ?? undefined,
      keys: keysIn(row.credential_key),
      at: row.created_at,
    })),
    messages: messages.map((row) => ({
      messageId: row.message_id,
      linkId: row.link_id ?? undefined,
      orderId: row.order_id ?? undefined,
      keys: keyWritten(row.destination),
      at: row.created_at,
    })),
    withdrawals: withdrawals.map((row) => ({
      withdrawalId: row.withdrawal_id,
      orderId: row.order_id ?? undefined,
      keys: keyWritten(row.receipt_to),
      at: row.recorded_at,
    })),
    completions: completions.map((row) => ({
      orderId: row.order_id,
      keys: keysIn(row.credential_key),
      at: row.asked_at,
    })),
    grants: grants.map(
      (row): Grant => ({
        orderId: row.order_id,
        lineNumber: row.line_number,
        kind: row.kind,
        periodNumber: row.period_number,
        accountId: row.account_id ?? undefined,
        mobileKey: keysIn(row.mobile_key)[0],
        emailKey: keysIn(row.email_key)[0],
        keys: keysIn(row.mobile_key, row.email_key),
        at: row.registered_at,
      }),
    ),
    /** The addresses of another's account that an order they paid for is tied to. */
    tied: new Map(
      known.own.flatMap(({ orderId, accountId }) => {
        const rows = accountId === undefined ? undefined : keysOfTied.get(accountId);
        return rows ? [[orderId, rows.map((row) => keyOf(row.credential_key))] as const] : [];
      }),
    ),
  };
}

function keyOfText({ publisherId, credentialHash }: Whose, text: string | null): Key[] {
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

type LinkRow = { link_id: number; order_id: number | null; credential_key: Buffer; created_at: Date };
const findLinks = sql(
  'loginLinks.findOfPerson',
  `SELECT link_id, order_id, credential_key, created_at FROM (
     SELECT link_id FROM login_links WHERE order_id = ANY ($2::bigint[])
     UNION SELECT link_id FROM login_links
       WHERE publisher_id = $1 AND credential_key = ANY ($3::bytea[])) AS found
   JOIN login_links USING (link_id) WHERE publisher_id = $1 ORDER BY link_id`,
);

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

type CompletionRow = { order_id: number; credential_key: Buffer | null; asked_at: Date };
const findCompletions = sql(
  'orderCompletions.findOfPerson',
  `SELECT order_id, credential_key, asked_at FROM order_completions
   WHERE publisher_id = $1 AND order_id = ANY ($2::bigint[]) ORDER BY order_id`,
);

type GrantRow = {
  order_id: number;
  line_number: number;
  kind: string;
  period_number: number;
  account_id: number | null;
  mobile_key: Buffer | null;
  email_key: Buffer | null;
  registered_at: Date;
};
const grantKey = 'order_id, line_number, kind, period_number';
const findGrants = sql(
  'grants.findOfPerson',
  `SELECT ${grantKey}, grants.account_id, mobile_key, email_key, registered_at FROM (
     SELECT ${grantKey} FROM grants WHERE order_id = ANY ($2::bigint[])
     UNION SELECT ${grantKey} FROM grants WHERE account_id = ANY ($4::bigint[])
     UNION SELECT ${grantKey} FROM grants WHERE publisher_id = $1 AND mobile_key = ANY ($3::bytea[])
     UNION SELECT ${grantKey} FROM grants WHERE publisher_id = $1 AND email_key = ANY ($3::bytea[])) AS found
   JOIN grants USING (${grantKey}) JOIN orders USING (order_id)
   WHERE grants.publisher_id = $1 ORDER BY 1, 2, 3, 4`,
);

type TiedRow = { account_id: number; credential_key: Buffer };
const findTied = sql(
  'credentials.findOfTied',
  `SELECT account_id, credential_key FROM credentials
   WHERE publisher_id = $1 AND account_id = ANY ($2::bigint[])`,
);
